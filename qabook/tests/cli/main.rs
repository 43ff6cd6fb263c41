//! The `qabook` command, run on small books in temporary folders.

mod bad_input;
mod build;
mod pdf;
mod serve;
mod small_book;
