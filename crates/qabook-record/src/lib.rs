//! Runs the programs of a book, and keeps or compares what they print.
//!
//! [`Programs::list`] finds them, [`Programs::build`] compiles them, and each [`Program`] is then compared with its record
//! or recorded. The rules: two runs print the same, byte for byte; a run takes no longer than the Playground allows; a
//! program that must not compile is refused with its error code alone.

mod compile_fail;
mod examples;
mod limited;
mod manifest;
mod program;
mod programs;
mod python;
mod record;
mod recordings;
mod rule;

pub use program::{Program, Recorded};
pub use programs::Programs;
pub use rule::RECORD;

/// The example of README.md is compiled as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
