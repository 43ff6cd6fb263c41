//! From where a chapter may include a file.

use crate::small_book::SmallBook;
use std::fs;

/// A book in the folder `docs`, with a chapter that includes the file at `path`.
fn book_with(path: &str) -> SmallBook {
    SmallBook::of(&[
        ("a.txt", "shared"),
        ("docs/b.txt", "shared"),
        ("docs/book.toml", "[book]\ntitle = \"A\"\n"),
        ("docs/src/SUMMARY.md", "- [A](a.md)\n"),
        ("docs/src/a.md", &format!("# A\n\n{{{{#include {path}}}}}\n")),
    ])
}

/// What is said of the book; nothing when it can be built.
fn refused(book: &SmallBook) -> String {
    let output = book.qabook(&["build", "--quiet", "--root", "docs"]).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stderr).replace('\\', "/");
    if output.status.success() { String::new() } else { printed }
}

#[test]
fn what_is_outside_the_book_is_refused() {
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("secret.txt"), "secret").unwrap();
    for path in ["../../a.txt", &elsewhere.path().join("secret.txt").display().to_string()] {
        let said = refused(&book_with(path));
        let what = ".txt is outside the book's folder\n    hint: copy the file";
        assert!(said.contains("docs/src/a.md:3: the included file ") && said.contains(what), "{said}");
    }
    assert_eq!(refused(&book_with("../b.txt")), "");
}

#[test]
fn what_is_in_the_repository_of_the_book_is_included() {
    let book = book_with("../../a.txt");
    fs::create_dir(book.root().join(".git")).unwrap();
    assert_eq!(refused(&book), "");
    assert!(book.read("docs/book/a.html").contains("shared"));
}

#[cfg(unix)]
#[test]
fn a_link_to_elsewhere_is_refused() {
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("secret.txt"), "secret").unwrap();
    let book = book_with("link.txt");
    std::os::unix::fs::symlink(elsewhere.path().join("secret.txt"), book.root().join("docs/src/link.txt")).unwrap();
    assert!(refused(&book).contains("is outside the book's folder"));
}
