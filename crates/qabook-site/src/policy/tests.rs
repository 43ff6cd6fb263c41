//! The policy of small pages.

use super::*;

fn needs_of<'g>(page: &str, grants: &'g BookGrants) -> Needs<'g> {
    let mut rewriting = Rewriting::default();
    let needs = Needs::gather("a/b.html", page, grants, &mut rewriting);
    assert_eq!(rewriting.run(page).unwrap(), page);
    Rc::into_inner(needs).unwrap().into_inner()
}

fn directive_in(toml: &str, exemptions: &str, page: &str, name: &str) -> String {
    let policy = needs_of(page, &BookGrants::of_texts(toml, exemptions).unwrap()).policy();
    let found = policy.split("; ").find_map(|directive| directive.strip_prefix(&format!("{name} ")));
    found.unwrap_or_else(|| panic!("{name} is not in {policy}")).to_string()
}

fn directive(page: &str, name: &str) -> String {
    directive_in("", "", page, name)
}

#[test]
fn scripts_of_the_template_are_named_by_hash() {
    // printf 'let a = 1 < 2;\n' | openssl dgst -sha256 -binary | base64
    let hash = "'self' 'sha256-ittdVKm3ObeDhin4huNcmyz3lnTwKtOGek/4gq0irPU='";
    assert_eq!(directive("<script>let a = 1 < 2;\n</script>", "script-src"), hash);
    assert_eq!(directive("<script>let a = 1 < 2;\r\n</script>", "script-src"), hash, "as a parser sees it");
    assert_eq!(directive("<script src=\"a.js\"></script>", "script-src"), "'self'");
}

#[test]
fn scripts_of_the_text_are_named_only_where_the_settings_say_so() {
    let script = "<script>let a = 1 < 2;\n</script>";
    for text in [script.to_string(), format!("</main>{script}"), format!("<main>{script}</main>")] {
        let page = format!("<main>{text}</main>");
        assert_eq!(directive(&page, "script-src"), "'self'", "{page}");
        let allowed = "[[text-script]]\npage = \"a/*\"\nreason = \"x\"\n";
        assert!(directive_in("", allowed, &page, "script-src").contains("sha256-ittdVKm3"), "{page}");
    }
}

#[test]
fn data_is_not_a_script() {
    let page = "<script type=\"application/ld+json\">{}</script>";
    assert_eq!(directive(page, "script-src"), "'self'");
}

#[test]
fn only_the_service_of_the_settings_can_be_connected_to() {
    assert_eq!(directive("<p></p>", "connect-src"), "'self'");
    for endpoint in ["https://play.rust-lang.org/execute", "https://a; script-src-elem * data:", "/execute"] {
        let card = format!("<main><figure data-endpoint=\"{endpoint}\"></figure></main>");
        assert_eq!(directive(&card, "connect-src"), "'self' https://play.rust-lang.org");
    }
    let here = "[preprocessor.snippets]\nendpoint = \"/execute\"\n";
    assert_eq!(directive_in(here, "", "<figure data-endpoint=\"/execute\"></figure>", "connect-src"), "'self'");
    let wrong =
        BookGrants::of_texts("[preprocessor.snippets]\nendpoint = \"https://a; script-src *\"\n", "").unwrap_err();
    assert!(wrong.message.contains("is no URL"), "{wrong}");
}

#[test]
fn the_stock_buttons_work_where_the_settings_ask_for_them() {
    let block = "<main><pre class=\"playground\"><code></code></pre></main>";
    assert_eq!(directive(block, "connect-src"), "'self' https://play.rust-lang.org");
    let editor = "[output.html.playground]\neditable = true\n";
    assert_eq!(directive_in(editor, "", "<style>p{}</style>", "style-src-elem"), "'self' 'unsafe-inline'");
    assert!(directive("<style>p{}</style>", "style-src-elem").starts_with("'self' 'sha256-"));
}

#[test]
fn hosts_of_the_settings_are_named() {
    let hosts = "[[other-host]]\nurl = \"https://img.example/*\"\nreason = \"x\"\n\
                 [[other-host]]\nurl = \"https://stats.example/count.js\"\nscripts = true\nreason = \"x\"\n";
    let of = |name| directive_in("", hosts, "<p></p>", name);
    assert_eq!(of("img-src"), "'self' data: https://img.example https://stats.example");
    assert_eq!(of("script-src"), "'self' https://stats.example");
    assert_eq!(of("connect-src"), "'self' https://stats.example");
    assert_eq!(of("frame-src"), "'self' https://img.example https://stats.example");
    let wrong = BookGrants::of_texts("", "[[other-host]]\nurl = \"*; script-src *\"\nreason = \"x\"\n").unwrap_err();
    assert!(wrong.message.contains("names no host"), "{wrong}");
}

#[test]
fn only_a_template_has_a_base_and_the_place_of_the_policy() {
    assert_eq!(directive("<p></p>", "base-uri"), "'none'");
    assert_eq!(directive("<base href=\"/a/\">", "base-uri"), "'self'");
    assert_eq!(directive("<main><base href=\"/a/\"></main>", "base-uri"), "'none'");
    let page = "<meta charset=\"utf-8\"><main><meta charset=\"utf-8\"></main>";
    assert_eq!(needs_of(page, &BookGrants::of_texts("", "").unwrap()).place(), Some("<meta charset=\"utf-8\">".len()));
}

#[test]
fn what_would_be_refused_in_a_template_is_named() {
    let page = "<a href=\"https://a.example/\"></a><a href=\"JavaScript:x\"></a><p onclick=\"y\"></p>\
                <img src=\"//a.example/b.png\"><link rel=\"stylesheet\" href=\"https://a.example/c.css\">\
                <link rel=\"canonical\" href=\"https://a.example/\">";
    let grants = BookGrants::of_texts("", "").unwrap();
    let needs = needs_of(page, &grants);
    let refused: Vec<&str> = needs.refused().iter().map(|refused| refused.message.as_str()).collect();
    assert_eq!(
        refused,
        [
            "`<a href=\"JavaScript:x\">` is a script or a page of its own in a link",
            "`<img src=\"//a.example/b.png\">` loads from another host",
            "`<link href=\"https://a.example/c.css\">` loads from another host",
            "`<p onclick=\"y\">` is a script in an attribute",
        ]
    );
}
