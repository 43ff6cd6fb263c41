//! The `qabook` command, run on small books in temporary folders.

mod bad_input;
mod build;
mod serve;
mod site;
mod small_book;
