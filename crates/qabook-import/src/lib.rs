//! Makes the chapters of a book of questions and answers from lists as people keep them: in Markdown, CSV or TSV.
//!
//! ```no_run
//! use qabook_import::{Drawing, Options, plan, read};
//!
//! struct Trusting;
//! impl Drawing for Trusting {
//!     fn formula(&self, _: &str, _: bool) -> bool { true }
//!     fn diagram(&self, _: &str) -> bool { true }
//! }
//!
//! let lists = read(&["questions.md".into()])?;
//! let plan = plan(&lists, &Options::default(), &Trusting)?;
//! println!("{} questions", plan.chapters.len());
//! # Ok::<(), qabook_support::Diagnostics>(())
//! ```

mod anchors;
mod body;
mod book;
mod cells;
mod code;
mod guess;
mod lined;
mod number;
mod parts;
mod plain;
mod plan;
mod read;
mod report;
mod scan;
mod sections;
mod slug;
mod table;
mod told;
mod words;
mod write;

pub use body::Drawing;
pub use book::WRITE;
pub use plan::{Chapter, Options, Plan, Shape, plan};
pub use read::{Format, LIST, LeftOut, Lists, Source, Why, read, read_for};
pub use report::{next_steps, report};
pub use told::{Note, Told};
pub use write::{Outcome, Settings, write};

/// The example of README.md is compiled as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
