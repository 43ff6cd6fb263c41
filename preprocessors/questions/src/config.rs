//! `[preprocessor.questions]` of book.toml.

use anyhow::{Context, Result};
use mdbook_preprocessor::config::Config as BookConfig;
use serde::Deserialize;

/// The settings; unknown keys are refused.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The highest question number; without it any number is accepted.
    pub last_number: Option<u32>,
    // mdBook's own keys for a preprocessor.
    command: Option<String>,
    before: Vec<String>,
    after: Vec<String>,
    renderers: Option<Vec<String>>,
    optional: bool,
}

impl Config {
    /// Reads the settings from the book's configuration; without any, the defaults.
    ///
    /// # Errors
    /// An unknown key or a value of the wrong type.
    pub fn from_book(book: &BookConfig) -> Result<Self> {
        let config = book.get("preprocessor.questions").context("book.toml: [preprocessor.questions]")?;
        Ok(config.unwrap_or_default())
    }
}
