//! What can run the programs.

use anyhow::Result;
use mdbook_snippets::Config;

use super::drift::{Answer, LiveCrate};

/// A Playground.
pub trait Service {
    /// Its crates.
    /// Errors: It can't be asked, or its answer isn't understood.
    fn crates(&self) -> Result<Vec<LiveCrate>>;

    /// Runs a program.
    /// Errors: It can't be asked, or its answer isn't understood. A program that fails is an answer.
    fn run(&self, program: &str, settings: &Config) -> Result<Answer>;
}
