//! The `qabook` command, run on small books in temporary folders.

mod bad_input;
mod build;
#[cfg(feature = "og-images")]
mod cards;
mod check;
mod downloads;
mod metadata;
mod offline;
mod pdf;
mod playground;
#[cfg(unix)]
mod scripts;
mod serve;
mod site;
mod small_book;
