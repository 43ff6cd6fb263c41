//! The book's other forms, which are next to its pages: `downloads` in book.toml.

use crate::small_book::SmallBook;
use std::io::Cursor;

fn offering() -> SmallBook {
    let book = SmallBook::new();
    book.replace("book.toml", "[preprocessor.questions]\n", "[preprocessor.questions]\ndownloads = [\"small.epub\"]\n");
    book.write("src/README.md", "# 前言\n\n{{#downloads}}\n");
    book
}

#[test]
fn a_download_is_linked_offered_and_kept_by_the_next_build() {
    let book = offering();
    let first = book.build();
    assert!(
        String::from_utf8_lossy(&first.stderr).contains("note: the book offers small.epub for download"),
        "{first:?}"
    );
    assert!(book.read("book/index.html").contains("<a href=\"small.epub\">EPUB</a>"));
    let check = book.qabook(&["check"]).output().unwrap();
    assert!(!String::from_utf8_lossy(&check.stdout).contains("small.epub"), "what may come is no dead link: {check:?}");

    let epub = book.qabook(&["epub"]).env("SOURCE_DATE_EPOCH", "1767225600").output().unwrap();
    assert!(epub.status.success(), "{epub:?}");
    let bytes = std::fs::read(book.root().join("book/small.epub")).unwrap();
    let second = book.qabook(&["build", "--zip", "small.zip"]).output().unwrap();
    assert!(!String::from_utf8_lossy(&second.stderr).contains("small.epub"), "{second:?}");
    assert!(std::fs::read(book.root().join("book/small.epub")).unwrap() == bytes, "the file is kept as it is");
    let archive = std::fs::read(book.root().join("small.zip")).unwrap();
    assert!(zip::ZipArchive::new(Cursor::new(archive)).unwrap().by_name("small/small.epub").is_ok());
}

#[test]
fn browsers_do_not_keep_downloads_for_reading_offline() {
    let book = offering();
    book.write("src/small.epub", "shipped with the sources");
    book.build();
    assert_eq!(book.read("book/small.epub"), "shipped with the sources");
    let worker = book.read("book/sw.js");
    let (_, files) = worker.split_once("const FILES").unwrap();
    let (files, rest) = files.split_once(';').unwrap();
    assert!(files.contains("\"index.html\"") && !files.contains("small.epub"));
    // It knows them, to say why they don't open.
    assert!(rest.contains("const DOWNLOADS = [\"small.epub\"];"));
}
