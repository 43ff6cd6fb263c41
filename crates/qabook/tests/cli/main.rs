//! The `qabook` command, run on small books in temporary folders.

#[path = "../common/archive.rs"]
mod archive;
mod assets;
mod bad_input;
mod build;
mod cache;
mod check;
mod defaults;
mod docs;
mod downloads;
mod foreign;
#[path = "../common/foreign.rs"]
mod foreign_book;
mod hidden;
mod import;
mod import_folders;
mod includes;
mod kept;
mod metadata;
mod new;
mod nothing_lost;
mod offline;
mod pages;
mod playground;
mod practice;
mod programs;
#[cfg(unix)]
mod reads;
mod record;
mod run;
mod run_here;
mod scripts;
mod serve;
mod serve_files;
mod serve_watch;
mod server;
#[cfg(feature = "share-images")]
mod share_images;
mod site;
#[path = "../common/small_book.rs"]
mod small_book;
mod summary;
mod taken;
mod theme;
mod words;
