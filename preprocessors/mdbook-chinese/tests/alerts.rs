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
