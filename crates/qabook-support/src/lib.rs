//! What the book's mdBook preprocessors share.
//!
//! - [`Diagnostics`]: errors with file and line, collected over the whole book and shown together.
//! - [`splice`]: replacing byte spans of a chapter while every other byte stays as it was.
//! - [`Templates`]: Tera templates with embedded defaults that a file under `theme/templates/` overrides.
//! - [`facts`]: typed values that travel inside a chapter, for renderers other than HTML.
//! - [`within()`]: work on an author's input that must end.
//! - [`cache`]: what is expensive to make, kept between builds.
//! - [`shell`]: paths in commands for readers to paste.
//! - [`write_whole`]: files that are written whole or not at all.
//! - [`command::run`]: the `main` of a preprocessor binary.

pub mod cache;
mod chapters;
pub mod command;
pub mod day;
mod diagnostic;
pub mod facts;
mod limit;
mod location;
pub mod markdown;
pub mod maths;
mod nearest;
pub mod path;
#[doc(hidden)]
pub mod printing;
mod settings;
pub mod shell;
pub mod splice;
mod templates;
#[cfg(feature = "testing")]
pub mod testing;
mod whole_file;

pub use chapters::rewrite_chapters;
pub use diagnostic::{Diagnostic, Diagnostics, Place, Rule, Severity, column};
pub use limit::{Stopped, within};
pub use location::{ChapterFile, shown};
pub use nearest::nearest;
pub use settings::{SettingsText, WrongSetting, one_of};
pub use templates::{TEMPLATE, Templates, escape_attribute, escape_html};
pub use whole_file::write_whole;

/// The example of README.md is compiled and run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
