//! Templates of mdBook's pages that the author has written, and that make no page.

use crate::small_book::SmallBook;

/// What `build` and `check` say of a book whose theme has a `file` with this `text`.
fn failures(file: &str, text: &[u8]) -> [String; 2] {
    let book = SmallBook::new();
    book.replace("book.toml", "site-url", "redirect.\"/old.html\" = \"maths/sum.html\"\nsite-url");
    book.write(&format!("theme/{file}"), text);
    let [built, checked] = ["build", "check"].map(|command| book.qabook(&[command]).output().unwrap());
    assert_eq!([built.status.code(), checked.status.code()], [Some(1), Some(1)]);
    [built.stderr, checked.stdout].map(|said| String::from_utf8(said).unwrap().replace('\\', "/"))
}

#[test]
fn a_template_that_cannot_be_used_is_named() {
    let files = ["index.hbs", "head.hbs", "header.hbs", "redirect.hbs", "toc.js.hbs", "toc.html.hbs"];
    let texts: [(&[u8], usize, &str); 5] = [
        (b"<p>\n{{#if a}}\n</p>", 3, "the template can't be used: invalid handlebars syntax"),
        (b"<p>\n{{> nothing}}", 2, "the template can't be used: Partial not found nothing"),
        (b"\n\n{{nothing 1}}", 3, "the template can't be used: Helper not found nothing"),
        (b"{{#if a}}{{/each}}", 1, "the template can't be used: helper \"if\" was opened"),
        (b"a\n\xff", 2, "it is not UTF-8 text (byte 2)"),
    ];
    for (file, (text, line, message)) in files.iter().flat_map(|file| texts.map(|text| (file, text))) {
        for said in failures(file, text) {
            let place = format!("theme/{file}:{line}: ");
            assert!(said.lines().any(|one| one.contains(&place) && one.contains(message)), "{place}{message}\n{said}");
            assert!(said.contains("hint: fix the template") || said.contains("hint: save the file"), "{said}");
        }
    }
}

#[test]
fn a_template_that_makes_other_pages_than_mdbook_is_the_suspect() {
    for (text, message) in [
        ("<html>{{foo}}</html>", "theme/index.hbs: "),
        ("", "theme/index.hbs: "),
        (
            "<html><head></head><body><main>{{{ content }}}</main></body></html>",
            "mdBook 0.5.4, and this one is made by theme/index.hbs: begin with",
        ),
    ] {
        for said in failures("index.hbs", text.as_bytes()) {
            assert!(
                said.contains(message) && !said.contains(".qabook-") && !said.contains("name its output"),
                "{said}"
            );
        }
    }
}
