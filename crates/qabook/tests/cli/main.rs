//! The `qabook` command, run on small books in temporary folders.

mod bad_input;
mod build;
mod check;
mod downloads;
#[cfg(unix)]
mod full_disk;
mod metadata;
mod nothing_lost;
mod offline;
mod pdf;
mod playground;
#[cfg(unix)]
mod reads;
mod scripts;
mod serve;
#[cfg(feature = "share-images")]
mod share_images;
mod site;
mod small_book;
