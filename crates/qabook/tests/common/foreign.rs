//! The book in `tests/foreign`: what books hold that were written for stock mdBook.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};

use crate::small_book::SmallBook;

/// A copy of it, which is removed when dropped.
pub(crate) fn foreign_book() -> SmallBook {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/foreign");
    let book = SmallBook::of(&[]);
    for file in files(&folder) {
        book.write(file.strip_prefix(&folder).unwrap().to_str().unwrap(), fs::read(&file).unwrap());
    }
    book
}

/// Every file below `folder`.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
