//! Titles of alerts in the language of the book.

use mdbook_chinese::ChinesePreprocessor;
use qabook_support::testing::{TestBook, contents};

#[test]
fn an_alert_has_its_title_in_the_language_of_the_book() {
    for (language, title) in [("zh-CN", "提示"), ("en", "Tip"), ("ja", "Tip")] {
        let toml = format!("[book]\nlanguage = \"{language}\"\n[output.html]\nsmart-punctuation = false\n");
        let book = TestBook::new("nowhere", &toml).chapter("a.md", "# A {#a}\n\n> [!TIP]\n> B\n");
        let page = contents(&book.run(&ChinesePreprocessor).unwrap())[0].1.clone();
        assert!(page.contains(&format!("</svg>{title}</p>")), "{language}: {page}");
    }
}

#[test]
fn an_alert_that_ends_with_html_has_its_title_too() {
    for inside in [
        "先说。\n>\n> <table><tr><td>格</td></tr></table>",
        "<div>只有它</div>",
        "<p>一</p>\n>\n> <p>二</p>",
        "- 一\n>\n> <!-- 注释 -->",
    ] {
        for after in ["", "\n后文。\n", "\n<p>后文</p>\n"] {
            let chapter = format!("# A {{#a}}\n\n> [!TIP]\n> {inside}\n{after}");
            let toml = "[book]\nlanguage = \"zh-CN\"\n[output.html]\nsmart-punctuation = false\n";
            let book = TestBook::new("nowhere", toml).chapter("a.md", &chapter);
            let page = contents(&book.run(&ChinesePreprocessor).unwrap())[0].1.clone();
            assert!(page.contains("</svg>提示</p>") && page.contains("</blockquote>"), "{chapter}{page}");
            assert_eq!(page.contains("后文"), !after.is_empty(), "{page}");
        }
    }
}
