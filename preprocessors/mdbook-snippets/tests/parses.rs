//! How often a chapter is parsed.

use mdbook_snippets::SnippetPreprocessor;
use qabook_support::testing::{TestBook, count_parses};
use std::path::Path;

#[test]
fn each_chapter_is_parsed_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let book = TestBook::new(root, "[preprocessor.snippets]\npackage = \"package\"\n")
        .chapter("a.md", "```python,snippet=echo\nx\n```\n\n{{#snippet parts:client}}\n")
        .chapter("b.md", "# 没有程序\n");
    let parses = count_parses(|| drop(book.run(&SnippetPreprocessor).unwrap()));
    assert_eq!(parses, 2);
}
