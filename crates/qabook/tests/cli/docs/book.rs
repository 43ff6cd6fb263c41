//! An English book with title, description and language alone.

use super::repository;
use crate::small_book::SmallBook;
use regex::Regex;
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

/// The docs in a temporary folder, where nothing of the repository is at hand.
fn docs() -> SmallBook {
    let book = SmallBook::of(&[]);
    let from = repository().join("docs");
    for entry in WalkDir::new(&from).into_iter().filter_entry(|entry| entry.file_name() != "book") {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&from).unwrap();
            book.write(path.to_str().unwrap(), fs::read(entry.path()).unwrap());
        }
    }
    book
}

/// The files below `folder` that hold a 汉字.
fn with_han(folder: &Path) -> Vec<String> {
    let han = Regex::new(r"\p{Han}").unwrap();
    let files = WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let texts =
        files.filter_map(|entry| Some((entry.path().display().to_string(), fs::read_to_string(entry.path()).ok()?)));
    texts.filter_map(|(file, text)| han.find(&text).map(|found| format!("{file}: {}", found.as_str()))).collect()
}

#[test]
fn the_docs_are_built_and_nothing_is_wrong_with_them() {
    let book = docs();
    let built = book.build();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    assert_eq!(with_han(&book.root().join("book")), [""; 0], "the docs are in English");
    let check = book.qabook(&["check", "--quiet", "--format", "human"]).output().unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}
