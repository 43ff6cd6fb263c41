//! `[preprocessor.snippets]` of book.toml.

use anyhow::{Context, Result};
use mdbook_preprocessor::config::Config as BookConfig;
use serde::Deserialize;
use std::path::PathBuf;

/// The settings; unknown keys are refused, so that a misspelt one can't pass silently.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// Folder of the snippet package, relative to the book's root.
    pub package: PathBuf,
    /// Where "open in the Playground" links lead.
    pub playground: String,
    /// The address a run is posted to; a mirror or a local server can serve it.
    pub endpoint: String,
    /// Rust edition of the programs.
    pub edition: String,
    /// Release channel: `stable`, `beta` or `nightly`.
    pub channel: String,
    /// `debug` or `release`.
    pub mode: String,
    /// After how many seconds the page gives a run up. The Playground itself allows 10 for compiling and running, and needs a
    /// few more to start.
    pub timeout: u32,
    /// Whether the site gets a page of outputs to guess, `outputs.html`.
    pub outputs_page: bool,
    // mdBook's own keys for a preprocessor.
    command: Option<String>,
    before: Vec<String>,
    after: Vec<String>,
    renderers: Option<Vec<String>>,
    optional: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            package: "snippets".into(),
            playground: "https://play.rust-lang.org/".into(),
            endpoint: "https://play.rust-lang.org/execute".into(),
            edition: "2024".into(),
            channel: "stable".into(),
            mode: "debug".into(),
            timeout: 20,
            outputs_page: false,
            command: None,
            before: Vec::new(),
            after: Vec::new(),
            renderers: None,
            optional: false,
        }
    }
}

impl Config {
    /// Reads the settings from the book's configuration; without any, the defaults.
    ///
    /// # Errors
    /// An unknown key or a value of the wrong type.
    pub fn from_book(book: &BookConfig) -> Result<Self> {
        let config = book.get("preprocessor.snippets").context("book.toml: [preprocessor.snippets]")?;
        Ok(config.unwrap_or_default())
    }
}
