//! `qabook run` on a small book.

use crate::small_book::SmallBook;
use std::process::{Command, Output};

/// The small book with a snippet package that cargo takes, and a program that must not compile.
fn book() -> SmallBook {
    let book = SmallBook::new();
    book.write(
        "snippets/Cargo.toml",
        "[package]\nname = \"programs\"\nedition = \"2024\"\n\n[dependencies]\n\n[workspace]\n",
    );
    book.write("snippets/src/lib.rs", "");
    book.write("snippets/compile-fail/moved/main.rs", "//! 移动\nfn main() {\n    let a: u8 = \"\";\n}\n");
    book.write("snippets/compile-fail/moved/error.txt", "error[E0308]: mismatched types\n");
    book
}

fn run(command: &mut Command) -> (Output, String) {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output, said)
}

#[test]
fn a_program_prints_what_it_prints_and_is_compared_with_its_record() {
    let book = book();
    let (output, said) = run(&mut book.qabook(&["run", "sum"]));
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), b"2\n".as_slice()), "{said}");
    assert!(said.contains("the output is that of the record"), "{said}");
    book.write("snippets/examples/sum/output.txt", "3\n");
    let (output, said) = run(&mut book.qabook(&["run", "sum"]));
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), b"2\n".as_slice()), "{said}");
    assert!(said.contains("the output differs from the record at line 1"), "{said}");
}

#[test]
fn a_program_that_must_not_compile_does_well_when_it_is_refused() {
    let book = book();
    let (output, said) = run(&mut book.qabook(&["run", "moved"]));
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("src/main.rs:2:17") && said.contains("it is refused with the recorded error"), "{said}");
}

#[test]
fn an_unknown_program_is_told_with_its_likes() {
    let (output, said) = run(&mut book().qabook(&["run", "sun"]));
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("no snippet is called `sun`\n    hint: create snippets/examples/sun/main.rs"), "{said}");
}

#[test]
fn a_file_may_use_what_the_book_uses() {
    let book = book();
    book.write(
        "mine.rs",
        "fn main() {\n    println!(\"{}\", std::env::var(\"SECRET\").is_ok());\n    std::process::exit(3);\n}\n",
    );
    let (output, said) = run(book.qabook(&["run", "mine.rs"]).env("SECRET", "1"));
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), b"false\n".as_slice()), "{said}");
    assert!(said.contains("Exited with status 3"), "{said}");
    book.write("mine.txt", "");
    let (output, said) = run(&mut book.qabook(&["run", "mine.txt"]));
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("only .rs and .py files can be run"), "{said}");
}

#[test]
#[cfg(unix)]
fn an_edited_copy_runs_and_is_kept() {
    let book = book();
    let (output, said) =
        run(book.qabook(&["run", "sum", "--edit"]).env_remove("VISUAL").env("EDITOR", "sed -i.bak s/1.+.1/40+2/"));
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), b"42\n".as_slice()), "{said}");
    let kept = said.lines().find_map(|line| line.strip_prefix("your version is kept: ")).expect(&said);
    assert!(std::fs::read_to_string(kept).unwrap().contains("40+2"));
    std::fs::remove_dir_all(std::path::Path::new(kept).parent().unwrap()).unwrap();
    assert!(book.read("snippets/examples/sum/main.rs").contains("1 + 1"), "the book's own stays");
}

#[test]
fn without_an_editor_it_says_what_to_set() {
    let (output, said) = run(book().qabook(&["run", "sum", "--edit"]).env_remove("VISUAL").env_remove("EDITOR"));
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("no editor is set\n    hint: set VISUAL or EDITOR"), "{said}");
}

#[test]
fn a_python_twin_is_compared_with_its_own_record() {
    let book = book();
    book.write("snippets/examples/sum/python.txt", "2\n");
    let (output, said) = run(&mut book.qabook(&["run", "sum", "--python"]));
    if said.contains("no CPython 3.11 or later") {
        eprintln!("skipped: {said}");
        return;
    }
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), b"2\n".as_slice()), "{said}");
    assert!(said.contains("CPython 3.") && said.contains("the output is that of the record"), "{said}");
}

#[test]
fn without_rust_it_says_what_is_missing() {
    let (output, said) = run(book().qabook(&["run", "sum"]).env("PATH", ""));
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("cargo or rustc is not on the PATH"), "{said}");
}
