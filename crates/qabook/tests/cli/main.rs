//! The `qabook` command, run on small books in temporary folders.

mod bad_input;
mod build;
#[cfg(feature = "og-images")]
mod cards;
mod check;
mod downloads;
mod metadata;
mod nothing_lost;
mod offline;
mod pdf;
mod playground;
#[cfg(unix)]
mod reads;
mod scripts;
mod serve;
mod site;
#[path = "../common/small_book.rs"]
mod small_book;
