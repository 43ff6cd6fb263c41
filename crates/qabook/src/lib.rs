//! qabook makes a book of questions and answers with mdBook.
//!
//! - [`build`]: sources to a finished site; a failed build leaves the last good site in place.
//! - [`check`]: everything that is wrong with the sources and the built site, at once.
//! - [`config`]: the book's settings with all defaults.
//! - [`epub`]: the book for e-readers.
//! - [`import`]: a book made of lists of questions.
//! - [`playground`]: what has changed on the live Playground since the programs were recorded.
//! - [`programs`]: the PDF and the deck for Anki, by `qabook-pdf` and `qabook-anki`.
//! - [`record`]: what the programs of the book print.
//! - [`run`]: a program of the book, in a terminal.
//! - [`scaffold`]: a new book.
//! - [`serve`]: the site on a local port, rebuilt and reloaded on every change.
//! - [`site`]: the pass over rendered pages.
//! - [`theme`]: files of the embedded theme, copied into the book's own.
//!
//! The preprocessors are linked in and registered in process, so that a newcomer installs nothing but Rust; the same
//! book builds with the stock `mdbook` command and the preprocessors' own binaries.

// A reader who closes the pipe early, as `| head` does, is no reason to stop.
#[macro_use(eprint, eprintln, print, println)]
extern crate qabook_support;

pub mod build;
pub mod check;
pub mod cli;
pub mod config;
pub mod epub;
pub mod import;
mod interrupt;
pub mod playground;
pub mod programs;
pub mod record;
pub mod run;
pub mod scaffold;
pub mod serve;
pub mod theme;

#[cfg(feature = "share-images")]
use qabook_site::drawing;
use qabook_site::{exemptions, lines};

pub use qabook_site as site;

/// The first argument with which this program runs itself to put another into a sandbox; no command for people.
pub const SANDBOXED: &str = "sandboxed";
