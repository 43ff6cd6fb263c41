//! How often Markdown is parsed: as it is written only where a formula looks as if it held code or HTML.

use mdbook_driver::config::Config;
use mdbook_preprocessor::book::{Book, Chapter};
use qabook_document::{Options, from_book};
use qabook_support::testing::count_parses;
use std::path::Path;

#[test]
fn a_chapter_is_parsed_once() {
    let mut book = Book::new();
    for (path, text) in [("plain.md", "甲\n"), ("formula.md", "甲 $x < y$，`乙`\n\n$$z$$\n")] {
        book.push_item(Chapter::new(path, text.into(), path, Vec::new()));
    }
    let options = Options { renderer: "epub".into(), diagram_font: "serif".into() };
    let build = || drop(from_book(Path::new("nowhere"), &Config::default(), &book, &options).expect("good chapters"));
    assert_eq!(count_parses(build), 2);
}
