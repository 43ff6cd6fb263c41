//! How often Markdown is parsed: once as the chapter comes, once to prove the result; with formulas twice each, since
//! code and HTML are found in the text as it is, everything else with the formulas blotted out.

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
    // The alert: as it comes, to find it, with it replaced, and to rewrite that.
    assert_eq!(parses, 1 + 2 + 4 + 4);
}
