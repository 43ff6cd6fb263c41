//! What no deck can be made of is named, with what to do.

mod common;

use common::{Book, made};
use std::fs;

const QUESTION: &str = "+++\nnumber = 1\nquestion = \"Why?\"\nsummary = \"So.\"\nlevel = \"basic\"\ntags = [\"a\"]\n\
                        verified = 2026-11-23\n+++\n\n# Why\n";

#[test]
fn a_book_without_questions_is_an_error() {
    let book = Book::new("en", "", &[("a.md", QUESTION)]);
    book.write("src/SUMMARY.md", "# Summary\n\n[Preface](a.md)\n");
    book.write("src/a.md", "# Preface\n");
    let message = book.refusal();
    assert!(message.starts_with("error: the book has no questions\n    hint: a deck is made of numbered"), "{message}");
}

#[test]
fn a_book_without_title_is_an_error() {
    let book = Book::new("en", "", &[("a.md", QUESTION)]);
    book.replace("book.toml", "title = \"Small\"\n", "");
    let message = book.refusal();
    assert!(message.contains("the book has no title\n    hint: write one under [book]: `title = "), "{message}");
}

#[test]
fn a_folder_without_book_is_an_error() {
    let book = Book::new("en", "", &[]);
    fs::remove_file(book.root().join("book.toml")).unwrap();
    assert!(book.refusal().contains("book.toml does not exist\n    hint: name the book's folder by --root"));
}

#[test]
fn mistakes_in_chapters_are_named_with_their_line() {
    let book = Book::new("en", "", &[("a.md", &format!("{QUESTION}\n[b](b.md)\n\n![c](c.png)\n"))]);
    let message = book.refusal();
    assert!(message.contains("a.md:12: ") && message.contains("a.md:14: "), "{message}");
}

#[test]
fn a_failure_leaves_the_last_deck_as_it_was() {
    let book = Book::new("en", "", &[("a.md", QUESTION)]);
    book.write("book/book.apkg", "the last one");
    book.replace("src/a.md", "level = \"basic\"", "level = \"none\"");
    let output = book.command(&[]).output().unwrap();
    assert!(!output.status.success());
    assert_eq!(fs::read_to_string(book.root().join("book/book.apkg")).unwrap(), "the last one");
}

#[test]
fn the_deck_is_called_like_the_site_unless_told_otherwise() {
    let book = Book::new("en", "[output.html]\nsite-url = \"/small/\"\n", &[("a.md", QUESTION)]);
    let output = book.command(&[]).output().unwrap();
    made(&output);
    assert!(String::from_utf8_lossy(&output.stderr).contains("small.apkg: 1 notes, "), "{output:?}");
    assert!(book.root().join("book/small.apkg").is_file());
    let output = book.command(&["--output", "other/deck.apkg", "-q"]).output().unwrap();
    made(&output);
    assert!(output.stderr.is_empty() && output.stdout.is_empty());
    assert!(book.root().join("other/deck.apkg").is_file());
}
