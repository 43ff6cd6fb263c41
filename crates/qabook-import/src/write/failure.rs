//! What keeps a book from being written.

use qabook_support::{Diagnostics, shown};
use std::path::Path;

use crate::book::WRITE;

/// What is wrong with writing into `book`.
pub(super) fn failed(book: &Path, error: &str) -> Diagnostics {
    let hint = "nothing was changed; is there room on the disk, and may you write there?";
    WRITE.broken(format!("the book can't be written: {error}"), hint).in_file(shown(book)).into()
}
