//! Golden pairs: what the preprocessor makes of a chapter, for HTML and for other renderers.

mod common;

use mdbook_snippets::SnippetPreprocessor;
use qabook_support::testing::{TestBook, contents, golden};
use std::path::Path;

const CONFIG: &str =
    "[book]\nlanguage = \"zh-CN\"\n[preprocessor.snippets]\npackage = \"package\"\nafter = [\"links\"]\n";

fn transform(chapter: &str, renderer: &str) -> String {
    let book = TestBook::new(common::root(), CONFIG).for_renderer(renderer).chapter("a.md", chapter);
    contents(&book.run(&SnippetPreprocessor).expect("a good chapter"))[0].1.clone()
}

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

#[test]
fn html_gets_cards() {
    golden(&folder("golden"), |chapter| transform(chapter, "html"));
}

#[test]
fn other_renderers_get_markdown() {
    golden(&folder("golden-markdown"), |chapter| transform(chapter, "pdf"));
}

#[test]
fn a_card_keeps_the_lines_of_what_it_replaces() {
    let chapter = "one\n\n```python,snippet=echo\nx\ny\n```\n\nlast\n";
    let html = transform(chapter, "html");
    assert_eq!(html.lines().position(|line| line == "last"), chapter.lines().position(|line| line == "last"));
}
