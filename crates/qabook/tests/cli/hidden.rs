//! Files beside the sources that no reader is to have.

use crate::small_book::SmallBook;

#[test]
fn hidden_files_and_copies_of_editors_are_not_published() {
    let book = SmallBook::new();
    for file in [".env", ".a.md.swp", "maths/sum.md~", "#sum#", "maths/.cache/deep/x.txt", "draft.bak"] {
        book.write(&format!("src/{file}"), "secret");
    }
    book.write("src/.well-known/security.txt", "Contact: mailto:a@books.test\n");
    book.write("src/kept.txt", "for readers");
    let built = book.build();
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{said}");
    let site = book.root().join("book");
    for file in [".env", ".a.md.swp", "maths/sum.md~", "#sum#", "maths/.cache", "draft.bak"] {
        assert!(!site.join(file).exists(), "{file}");
        assert!(said.contains(file), "{file} is not told: {said}");
    }
    for file in [".well-known/security.txt", ".nojekyll", "kept.txt", "maths/sum.html"] {
        assert!(site.join(file).is_file(), "{file}");
    }
    let worker = book.read("book/sw.js");
    assert!(worker.contains("\"kept.txt\"") && !worker.contains("secret") && !worker.contains("\"."), "{worker}");
}

#[cfg(unix)]
#[test]
fn a_linked_folder_outside_the_book_is_not_published() {
    use std::os::unix::fs::symlink;
    let (book, other) = (SmallBook::new(), SmallBook::new());
    other.write("private/deep/notes.txt", "secret");
    symlink(other.root().join("private"), book.root().join("src/other")).unwrap();
    book.write("pictures/a.txt", "ours");
    symlink(book.root().join("pictures"), book.root().join("src/pictures")).unwrap();
    let built = book.build();
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success() && said.contains("linked from outside the book: other"), "{said}");
    assert!(!book.root().join("book/other").exists());
    assert_eq!(book.read("book/pictures/a.txt"), "ours", "a link inside the book is followed");
}

#[cfg(unix)]
#[test]
fn a_reader_of_the_output_may_go() {
    use std::process::Stdio;
    let book = SmallBook::new();
    for arguments in [&["build"][..], &["config", "--explicit"], &["check"]] {
        let mut child = book.qabook(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // As `| head -1` does when it has its line: before the next one is written.
        drop((child.stdout.take(), child.stderr.take()));
        let code = child.wait().unwrap().code();
        assert!(matches!(code, Some(0 | 1)), "{arguments:?}: {code:?}");
    }
    assert!(book.root().join("book/index.html").is_file(), "the build went on");
}

/// Whether `command` finds nothing wrong with `book`, and what it says.
#[cfg(unix)]
fn run(book: &SmallBook, command: &str) -> (bool, String) {
    let output = book.qabook(&[command]).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[cfg(unix)]
#[test]
fn locks_of_emacs_are_no_files() {
    let book = SmallBook::new();
    let places = ["src", "src/maths", "theme", "theme/templates", "theme/words", "theme/icons", "snippets", "."];
    let names = [".#sum.md", ".#a.css", ".#zh.toml", ".#a.png", ".#head.hbs"];
    for place in places.map(|place| book.root().join(place)) {
        std::fs::create_dir_all(&place).unwrap();
        for name in names {
            std::os::unix::fs::symlink("me@host.1:2", place.join(name)).unwrap();
        }
    }
    for command in ["build", "check", "epub"] {
        let (is_good, said) = run(&book, command);
        assert!(is_good, "{command}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_are_told() {
    use std::os::unix::fs::symlink;
    let book = SmallBook::new();
    for (to, link) in [("gone.png", "maths/sum.png"), ("../gone.md", "old.md"), ("..", "maths/itself")] {
        symlink(to, book.root().join("src").join(link)).unwrap();
    }
    for command in ["build", "check"] {
        let (is_good, said) = run(&book, command);
        assert!(!is_good);
        for (file, message) in [
            ("src/maths/sum.png", "it is a link to `gone.png`, which does not exist"),
            ("src/old.md", "it is a link to `../gone.md`, which does not exist"),
            ("src/maths/itself", "links lead in a circle"),
        ] {
            assert!(said.lines().any(|line| line.contains(file) && line.contains(message)), "{command}: {said}");
        }
    }
}
