//! How often Markdown is parsed: a chapter once, and what it becomes once, to prove that it says what was meant.

use mdbook_chinese::ChinesePreprocessor;
use qabook_support::testing::{TestBook, count_parses};

#[test]
fn a_chapter_is_parsed_once_on_each_side() {
    let book = TestBook::new("nowhere", "[output.html]\nsmart-punctuation = false\n")
        .chapter("nothing-to-do.md", "甲\n")
        .chapter("joined.md", "甲，\n乙\n")
        .chapter("formula.md", "甲 $x$，\n乙\n")
        .chapter("alert.md", "> [!NOTE]\n> 甲\n");
    let parses = count_parses(|| drop(book.run(&ChinesePreprocessor).expect("good chapters")));
    assert_eq!(parses, 1 + 2 + 2 + 2);
}
