//! `qabook build` on small books.

use crate::small_book::SmallBook;
use std::fs;
use std::path::Path;

fn stderr(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_book_becomes_a_site() {
    let book = SmallBook::new();
    let output = book.build();
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(output.stdout, b"", "stdout is for data");
    let page = book.read("book/maths/sum.html");
    assert!(page.contains("<figure class=\"snippet\""), "the program is there");
    assert!(page.contains("<header class=\"question-header\""), "the header is there");
    assert!(!page.contains("+++"), "the front matter is gone");
    assert!(Path::new(&book.root().join("book/maths/index.html")).is_file());
    assert!(book.read("book/tags.html").contains("算术"));
}

#[test]
fn every_stage_is_printed_with_its_time_unless_quiet() {
    let book = SmallBook::new();
    let printed = stderr(&book.build());
    for stage in [
        "check sources",
        "load",
        "snippets",
        "questions",
        "katex",
        "lay out theme",
        "render pages",
        "finish site",
        "swap",
    ] {
        assert!(
            printed.lines().any(|line| line.trim().starts_with(stage) && line.ends_with(" ms")),
            "{stage}: {printed}"
        );
    }
    assert!(printed.lines().last().unwrap().starts_with("built 6 pages in "), "{printed}");
    let quiet = book.qabook(&["build", "--quiet"]).output().unwrap();
    assert_eq!((stderr(&quiet).as_str(), quiet.status.success()), ("", true));
}

#[test]
fn python_shows_only_behind_a_switch() {
    let book = SmallBook::new();
    book.build();
    let page = book.read("book/maths/sum.html");
    let (before, python) = page.split_once("<div class=\"snippet-python\">").unwrap();
    assert!(before.contains("data-do=\"python\""), "the switch");
    let (python, _) = python.split_once("<div class=\"snippet-output\">").unwrap();
    assert!(python.contains("print"));
    assert_eq!(page.matches("language-python").count(), 0);
}

#[test]
fn two_builds_give_the_same_bytes() {
    let book = SmallBook::new();
    book.build();
    let first = files(&book.root().join("book"));
    book.build();
    assert_eq!(files(&book.root().join("book")), first);
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}
