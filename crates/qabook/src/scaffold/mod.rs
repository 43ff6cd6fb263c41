//! A new book: its settings, and three questions that show what a book can hold.

mod book;
mod command;
mod files;
mod folder;
mod language;
mod rule;

pub use book::{Book, write, write_package};
pub use command::{Settings, run};
pub use rule::NEW_BOOK;
