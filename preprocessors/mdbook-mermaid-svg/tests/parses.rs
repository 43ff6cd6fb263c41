//! How often Markdown is parsed.

use mdbook_mermaid_svg::MermaidSvgPreprocessor;
use qabook_support::testing::{TestBook, count_parses};

#[test]
fn a_chapter_is_parsed_once() {
    let fence = "```mermaid\n%% 图\nflowchart LR\n  A --> B\n```\n\n";
    let book = TestBook::new("nowhere", "").chapter("a.md", &fence.repeat(3)).chapter("b.md", "甲\n");
    let parses = count_parses(|| drop(book.run(&MermaidSvgPreprocessor).expect("good diagrams")));
    assert_eq!(parses, 2);
}
