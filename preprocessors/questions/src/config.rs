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
    /// The sections of the page of sources, in order; sources of other hosts come last.
    pub source_groups: Vec<SourceGroup>,
    // mdBook's own keys for a preprocessor.
    command: Option<String>,
    before: Vec<String>,
    after: Vec<String>,
    renderers: Option<Vec<String>>,
    optional: bool,
}

/// Sources that stand together on the page of sources.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceGroup {
    /// The section's title.
    pub title: String,
    /// Ends of host names, such as `rfc-editor.org`.
    pub hosts: Vec<String>,
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
