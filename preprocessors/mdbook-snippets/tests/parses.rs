//! How often a chapter is parsed.

mod common;

use mdbook_snippets::SnippetPreprocessor;
use qabook_support::testing::{TestBook, count_parses};

#[test]
fn each_chapter_is_parsed_once() {
    let book = TestBook::new(common::root(), "[preprocessor.snippets]\npackage = \"package\"\n")
        .chapter("a.md", "```python,snippet=echo\nx\n```\n\n{{#snippet parts:client}}\n")
        .chapter("b.md", "# 没有程序\n");
    let parses = count_parses(|| drop(book.run(&SnippetPreprocessor).unwrap()));
    assert_eq!(parses, 2);
}
