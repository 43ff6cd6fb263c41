//! What pages say about themselves, and the files about the site.

use crate::small_book::{SmallBook, built};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

const HOME: &str = "https://books.test/small/";

/// The structured data of a page.
fn json_ld(page: &str) -> Value {
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">").expect("a page has structured data");
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

/// The texts of all scripts of a page, as a parser finds them.
fn scripts(page: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let text = lol_html::text!("script", |text| {
        found.last_mut().unwrap().push_str(text.as_str());
        if text.last_in_text_node() {
            found.push(String::new());
        }
        Ok(())
    });
    lol_html::rewrite_str(page, lol_html::RewriteStrSettings::new().append_element_content_handler(text)).unwrap();
    found
}

fn meta<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("{name}\" content=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

#[test]
fn a_question_describes_itself_by_its_summary() {
    let book = built(|_| {});
    let page = book.read("book/maths/sum.html");
    assert!(page.contains("<title>一加一 - 小书</title>"), "{page}");
    assert_eq!(page.matches("name=\"description\"").count(), 1);
    assert_eq!(meta(&page, "name=\"description"), Some("等于二。"));
    assert_eq!(meta(&page, "property=\"og:title"), Some("一加一"));
    assert_eq!(meta(&page, "property=\"og:url"), Some("https://books.test/small/maths/sum.html"));
    assert_eq!(meta(&page, "property=\"og:locale"), Some("zh_CN"));
    assert!(page.contains("<link rel=\"canonical\" href=\"https://books.test/small/maths/sum.html\">"), "{page}");
    assert!(page.contains("hreflang=\"zh-CN\" href=\"https://books.test/small/maths/sum.html\""), "{page}");
    assert_eq!(page.matches("<meta name=\"theme-color\"").count(), 2);
}

#[test]
fn a_question_carries_its_structured_data() {
    let book = built(|_| {});
    let data = json_ld(&book.read("book/maths/sum.html"));
    assert_eq!(data["@context"], "https://schema.org");
    let (page, path) = (&data["@graph"][0], &data["@graph"][1]);
    assert_eq!(page["@type"], "QAPage");
    let question = &page["mainEntity"];
    assert_eq!((&question["@type"], &question["answerCount"]), (&"Question".into(), &1.into()));
    assert_eq!((question["name"].as_str(), question["text"].as_str()), (Some("一加一"), Some("一加一？")));
    assert_eq!(question["acceptedAnswer"]["@type"], "Answer");
    assert_eq!(question["acceptedAnswer"]["text"], "等于二。");
    assert_eq!(path["@type"], "BreadcrumbList");
    let steps = path["itemListElement"].as_array().unwrap();
    let steps: Vec<_> =
        steps.iter().map(|step| (step["name"].as_str().unwrap(), step["item"].as_str().unwrap())).collect();
    let part = "https://books.test/small/maths/";
    let chapter = "https://books.test/small/maths/sum.html";
    assert_eq!(steps, [("小书", HOME), ("算术", part), ("一加一", chapter)]);
}

#[test]
fn the_home_page_is_the_book() {
    let book = built(|book| book.replace("book.toml", "title =", "description = \"算术问答\"\ntitle ="));
    let page = book.read("book/index.html");
    assert!(page.contains("<title>小书：算术问答</title>"), "{page}");
    assert!(page.contains(&format!("<link rel=\"canonical\" href=\"{HOME}\">")), "{page}");
    let data = json_ld(&page);
    let itself = &data["@graph"][0];
    assert_eq!((&itself["@type"], &itself["name"], &itself["url"]), (&"Book".into(), &"小书".into(), &HOME.into()));
    assert_eq!(data["@graph"].as_array().unwrap().len(), 1, "no breadcrumbs lead home");
}

#[test]
fn every_page_has_a_description_of_its_own() {
    let book = built(|_| {});
    let mut seen = std::collections::HashSet::new();
    for page in ["index.html", "maths/index.html", "maths/sum.html", "tags.html"] {
        let html = book.read(&format!("book/{page}"));
        let description = meta(&html, "name=\"description").unwrap().to_string();
        assert!(!description.is_empty() && seen.insert(description.clone()), "{page}: {description}");
    }
}

#[test]
fn markup_in_a_title_stays_text() {
    let evil = r#"一</script><script>alert(1)</script> & "二" <!-- {{ x }} $y"#;
    let book = built(|book| {
        book.replace("book.toml", "title = \"小书\"", &format!("title = '{evil}'"));
        book.replace("src/maths/sum.md", "question = \"一加一？\"", &format!("question = '{evil}'"));
        book.replace("src/maths/sum.md", "summary = \"等于二。\"", "summary = '\"二\" & </script> --> y'");
        book.replace("src/SUMMARY.md", "[一加一]", &format!("[{}]", evil.replace('<', "\\<")));
    });
    for page in ["book/maths/sum.html", "book/index.html", "book/404.html"] {
        let scripts = scripts(&book.read(page));
        assert!(scripts.len() > 5 && !scripts.iter().any(|script| script.starts_with("alert")), "{page}: {scripts:?}");
    }
    let page = book.read("book/maths/sum.html");
    let data = json_ld(&page);
    assert_eq!(data["@graph"][0]["mainEntity"]["text"], evil);
    assert_eq!(data["@graph"][1]["itemListElement"][0]["name"], evil);
    let title = page.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0;
    assert!(title.contains("&lt;/script>") || title.contains("&lt;/script&gt;"), "{title}");
    for file in ["book/feed.xml", "book/sitemap.xml"] {
        let xml = book.read(file);
        assert!(!xml.contains("<script") && !xml.contains("<!--"), "{xml}");
    }
}

#[test]
fn the_sitemap_names_every_page_that_readers_should_find() {
    let book = built(|_| {});
    let sitemap = book.read("book/sitemap.xml");
    let pages: Vec<_> = sitemap.split("<loc>").skip(1).map(|rest| rest.split_once("</loc>").unwrap().0).collect();
    let expected = ["", "maths/", "maths/sum.html", "review.html", "outputs.html", "tags.html"]
        .map(|page| format!("{HOME}{page}"));
    assert_eq!(pages, expected);
    assert!(
        sitemap.contains("sum.html</loc><lastmod>2026-11-23T00:00:00Z</lastmod>"),
        "verified on that day: {sitemap}"
    );
    assert!(book.read("book/robots.txt").ends_with("\nSitemap: https://books.test/small/sitemap.xml\n"));
    let feed = book.read("book/feed.xml");
    assert!(feed.contains("<id>https://books.test/small/maths/sum.html</id>"), "{feed}");
    assert!(feed.contains("<updated>2026-11-23T00:00:00Z</updated>\n<summary>等于二。</summary>"), "{feed}");
}

#[test]
fn dates_are_those_of_the_commits() {
    let book = SmallBook::new();
    let git = |arguments: &[&str], date: &str| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=a", "-c", "user.email=a@books.test"]).args(arguments).current_dir(book.root());
        command.env("GIT_COMMITTER_DATE", date).env("GIT_AUTHOR_DATE", date);
        let output = command.output().expect("these tests need git");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    git(&["init", "--quiet"], "");
    git(&["add", "src/SUMMARY.md", "src/maths"], "");
    git(&["commit", "--quiet", "--message", "one"], "2026-11-20T08:00:00+08:00");
    book.replace("src/maths/sum.md", "正文。", "新的正文。");
    git(&["commit", "--quiet", "--all", "--message", "two"], "2026-11-24T20:30:00+08:00");
    let output = book.qabook(&["build"]).env("SOURCE_DATE_EPOCH", "1000000000").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let sitemap = book.read("book/sitemap.xml");
    assert!(sitemap.contains("sum.html</loc><lastmod>2026-11-24T12:30:00Z</lastmod>"), "the newest commit: {sitemap}");
    assert!(sitemap.contains("small/</loc><lastmod>2001-09-09T01:46:40Z</lastmod>"), "not committed yet: {sitemap}");
    assert!(
        sitemap.contains("maths/</loc><lastmod>2026-11-24T12:30:00Z</lastmod>"),
        "as new as its chapters: {sitemap}"
    );
}

#[test]
fn a_path_alone_gives_pages_without_addresses() {
    let book = SmallBook::new();
    book.replace("book.toml", "https://books.test/small/", "/small/");
    let output = book.build();
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(printed.contains("note: site-url in book.toml is a path: pages can't name their address"), "{printed}");
    let page = book.read("book/maths/sum.html");
    assert!(!page.contains("canonical") && !page.contains("og:url"), "{page}");
    assert_eq!(meta(&page, "name=\"description"), Some("等于二。"));
    assert!(!book.root().join("book/sitemap.xml").exists());
    assert!(book.read("book/404.html").contains("<base href=\"/small/\">"));
}

#[test]
fn a_book_without_an_address_says_so_and_has_all_else() {
    let book = SmallBook::new();
    book.replace("book.toml", "site-url = \"https://books.test/small/\"\n", "");
    let output = book.build();
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && printed.contains("note: site-url in book.toml is not set: pages"), "{printed}");
    assert!(!book.read("book/maths/sum.html").contains("canonical"));
    assert!(!book.root().join("book/sitemap.xml").exists() && !book.root().join("book/feed.xml").exists());
    assert!(book.read("book/404.html").contains("<base href=\"/\">"));
}

#[test]
fn a_book_without_a_description_is_described_by_its_title() {
    let book = built(|_| {});
    for page in ["404.html", "print.html", "index.html"] {
        assert_eq!(meta(&book.read(&format!("book/{page}")), "name=\"description"), Some("小书"), "{page}");
    }
}

#[test]
fn the_environment_can_say_where_the_book_stands() {
    let book = SmallBook::new();
    let mut command = book.qabook(&["build"]);
    let output = command.env("MDBOOK_OUTPUT__HTML__SITE_URL", "https://host.test/here").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = book.read("book/maths/sum.html");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://host.test/here/maths/sum.html\">"), "{page}");
    assert!(book.read("book/404.html").contains("<base href=\"/here/\">"));
}

#[test]
fn a_missing_page_leads_on() {
    let book = built(|_| {});
    let page = book.read("book/404.html");
    assert!(
        page.contains("<base href=\"/small/\">"),
        "files are found under the sub-path, whatever was asked for: {page}"
    );
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"), "{page}");
    assert!(
        page.contains("<a href=\"index.html\">小书</a>") && page.contains("<a href=\"maths/index.html\">"),
        "{page}"
    );
    assert!(
        page.contains("没有<wbr>这一页</a>") && page.contains("也许这一页搬走了") && !page.contains("invalid, sorry"),
        "{page}"
    );
    let script = page.split_once("src=\"not-found-").unwrap().1.split_once('"').unwrap().0;
    assert!(book.root().join(format!("book/not-found-{script}")).is_file());
}

#[test]
fn a_moved_chapter_is_announced_in_chinese() {
    let book = built(|book| {
        let text = book.read("book.toml");
        book.write("book.toml", format!("{text}\n[output.html.redirect]\n\"/old/sum.html\" = \"../maths/sum.html\"\n"));
    });
    let page = book.read("book/old/sum.html");
    assert!(page.contains("<html lang=\"zh-CN\">") && page.contains("<title>这一页搬家了</title>"), "{page}");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://books.test/small/maths/sum.html\">"), "{page}");
    assert!(page.contains("<p>这一页搬到了 <a href=\"../maths/sum.html\">../maths/sum.html</a>。</p>"), "{page}");
    assert!(!book.read("book/sitemap.xml").contains("old/"));
}

#[test]
fn two_folders_give_the_same_site() {
    let (one, two) = (built(|_| {}), built(|_| {}));
    let files = site(&one.root().join("book"));
    assert!(files.len() > 20, "{}", files.len());
    for ((name, bytes), (other_name, other_bytes)) in files.iter().zip(site(&two.root().join("book"))) {
        assert_eq!((name, bytes == &other_bytes), (&other_name, true));
    }
}

/// Every file of a site: its path below `folder`, and its bytes.
fn site(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(site(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            found.push((name, std::fs::read(path).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn the_weight_of_the_heaviest_page_is_printed() {
    let book = SmallBook::new();
    let printed = String::from_utf8_lossy(&book.build().stderr).into_owned();
    let line = printed.lines().find(|line| line.starts_with("heaviest page: ")).expect("the weight is printed");
    assert!(line.contains(" KB gzipped on the first visit: ") && line.contains(".html (html "), "{line}");
}
