//! `qabook import` of a folder: what of it is the list, and what is a book.

use crate::small_book::SmallBook;
use std::process::Output;

const LIST: &str = "# My list\n\nHello.\n\n## What is a?\n\na\n\n## What is b?\n\nb\n";

/// What `qabook import` with `arguments` prints and says.
fn import(folder: &SmallBook, arguments: &[&str]) -> (String, String) {
    let output = run(folder, arguments);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\\', "/");
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    (text(&output.stdout), text(&output.stderr))
}

fn run(folder: &SmallBook, arguments: &[&str]) -> Output {
    folder.qabook(&[&["import"], arguments].concat()).output().unwrap()
}

#[test]
fn a_folder_imported_again_is_the_same_book() {
    for (arguments, left_out) in [
        (&["."][..], "-book"),
        (&[".", "--into", "book"], "it is a book: book\n"),
        (&[".", "--into", "."], "it has the book's own chapters: src\n"),
    ] {
        for name in ["q.md", "README.md"] {
            let folder = SmallBook::of(&[(name, LIST)]);
            let (_, said) = import(&folder, arguments);
            assert!(said.contains("2 questions: ") && !said.contains("left out, because"), "{arguments:?}: {said}");
            let (written, said) = import(&folder, arguments);
            assert_eq!(written, "", "{arguments:?}: {said}");
            assert!(said.contains("2 questions: ") && said.contains(left_out), "{arguments:?}: {said}");
            assert!(!said.contains("no longer in the list"), "{arguments:?}: {said}");
        }
    }
}

#[test]
fn a_folder_without_a_list_is_told() {
    for (files, arguments, message) in [
        (
            &[("a/book.toml", ""), ("a/src/q.md", LIST)][..],
            &["."][..],
            "no Markdown in this folder but what is left out: a",
        ),
        (&[("LICENSE.md", "x")], &["."], "no Markdown in this folder but what is left out: LICENSE.md"),
        (&[("book.toml", ""), ("src/q.md", LIST)], &["src"], "src: this folder has the book's own chapters"),
    ] {
        let output = run(&SmallBook::of(files), arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(1) && said.contains(message), "{arguments:?}: {said}");
    }
}
