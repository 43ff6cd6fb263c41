//! The `qabook` command, run on small books in temporary folders.

mod bad_input;
mod build;
mod check;
mod offline;
mod pdf;
mod playground;
#[cfg(unix)]
mod scripts;
mod serve;
mod site;
mod small_book;
