//! qabook makes a book of questions and answers with mdBook.
//!
//! - [`build`]: sources to a finished site; a failed build leaves the last good site in place.
//! - [`pdf`]: the PDF, by the program `qabook-pdf`.
//! - [`serve`]: the site on a local port, rebuilt and reloaded on every change.
//! - [`site`]: the pass over rendered pages.
//!
//! The preprocessors are linked in and registered in process, so that a newcomer installs nothing but Rust; the same
//! book builds with the stock `mdbook` command and the preprocessors' own binaries.

pub mod build;
pub mod cli;
pub mod pdf;
pub mod serve;
pub mod site;
