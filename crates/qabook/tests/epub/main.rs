//! `qabook epub`: what becomes of each construct, and of mistakes.

#[path = "../common/archive.rs"]
mod archive;
#[path = "../common/epubcheck.rs"]
mod epubcheck;
mod foreign;
#[path = "../common/foreign.rs"]
mod foreign_book;
mod golden;
mod mistakes;
#[path = "../common/small_book.rs"]
mod small_book;

use std::process::ExitCode;

fn main() -> ExitCode {
    qabook_support::testing::run(&[foreign::TESTS, golden::TESTS, mistakes::TESTS].concat())
}
