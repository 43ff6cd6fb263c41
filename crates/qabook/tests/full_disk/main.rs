//! What `qabook build` does when the disk is full.

#[cfg(unix)]
mod full_disk;
#[path = "../common/small_book.rs"]
mod small_book;

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(unix)]
    let tests = full_disk::TESTS;
    #[cfg(not(unix))]
    let tests = &[];
    qabook_support::testing::run(tests)
}
