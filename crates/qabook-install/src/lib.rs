//! Installs one of the tool's parts into an mdBook: its table of book.toml, and the style sheets and scripts that its pages
//! load. The commands `mdbook-snippets`, `mdbook-questions`, `mdbook-mermaid-svg`, `mdbook-chinese` and `mdbook-zh-search`
//! call it for `install BOOK` and `uninstall BOOK`.
//!
//! book.toml is changed as text: comments, order and every byte of the author's stay. What is added has a comment, each file a
//! first line with its version and a hash, so that a second [`install`] replaces what nobody changed, and [`uninstall`] leaves
//! the book as it was before. Parts share files; one stays as long as a part of the book needs it.

// A reader who closes the pipe early, as `| head` does, is no reason to stop.
#[macro_use(eprint, eprintln, print, println)]
extern crate qabook_support;

mod command;
mod files;
mod install;
mod parts;
mod settings;

/// The example of README.md is compiled and run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use command::{About, answer, run};
pub use install::{install, uninstall};
pub use parts::{PARTS, Part, Setting};
