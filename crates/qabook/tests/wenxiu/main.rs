//! 问锈, the book in the root of the repository, as this tool makes it: what only holds for that book.
//!
//! Its pages are tested in a browser by the target `browser`, whose `wenxiu.rs` names those that it visits; its PDF by
//! `cargo test -p qabook-pdf --test wenxiu`, its programs by `cargo test -p snippets`.

#[path = "../common/archive.rs"]
mod archive;
mod document;
mod epub;
#[path = "../common/epubcheck.rs"]
mod epubcheck;
mod structured_data;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The book's folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn main() -> ExitCode {
    qabook_support::testing::run(&[document::TESTS, epub::TESTS, structured_data::TESTS].concat())
}
