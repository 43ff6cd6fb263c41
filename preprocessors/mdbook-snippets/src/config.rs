//! `[preprocessor.snippets]` of book.toml.

use anyhow::{Context, Result};
use mdbook_preprocessor::config::Config as BookConfig;
use qabook_support::one_of;
use serde::{Deserialize, Deserializer};
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
    #[serde(deserialize_with = "edition")]
    pub edition: String,
    /// Release channel: `stable`, `beta` or `nightly`.
    #[serde(deserialize_with = "channel")]
    pub channel: String,
    /// `debug` or `release`.
    #[serde(deserialize_with = "mode")]
    pub mode: String,
    /// After how many seconds the page gives a run up. The Playground itself allows 10 for compiling and running, and needs a
    /// few more to start.
    pub timeout: u32,
    /// Whether the site gets a page of outputs to guess, `outputs.html`.
    pub outputs_page: bool,
    /// Whether a Python fence that neither names its program nor says why it is kept is an error. Without it, that is what
    /// `strict` of `[preprocessor.questions]` says.
    pub replace_python: Option<bool>,
    /// Whether fences that no program replaces are highlighted, too. Where mdBook's highlight.js does that, it would find
    /// them painted: leave it out, or set this to `false`.
    pub highlight: bool,
    // mdBook's own keys for a preprocessor.
    command: Option<String>,
    before: Vec<String>,
    after: Vec<String>,
    renderers: Option<Vec<String>>,
    optional: bool,
}

fn edition<'de, D: Deserializer<'de>>(value: D) -> Result<String, D::Error> {
    one_of(value, &["2015", "2018", "2021", "2024"])
}

fn channel<'de, D: Deserializer<'de>>(value: D) -> Result<String, D::Error> {
    one_of(value, &["stable", "beta", "nightly"])
}

fn mode<'de, D: Deserializer<'de>>(value: D) -> Result<String, D::Error> {
    one_of(value, &["debug", "release"])
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
            replace_python: None,
            highlight: true,
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
        let mut config: Self = config.unwrap_or_default();
        // What is wrong with that table, its preprocessor says.
        let strict = || book.get("preprocessor.questions.strict").unwrap_or_default().unwrap_or_default();
        config.replace_python = Some(config.replace_python.unwrap_or_else(strict));
        Ok(config)
    }

    /// Whether every Python example is replaced, or says why not.
    #[must_use]
    pub fn replaces_python(&self) -> bool {
        self.replace_python.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_is_replaced_in_strict_books_unless_a_setting_says_otherwise() {
        for (toml, replaces) in [
            ("", false),
            ("[preprocessor.questions]\nstrict = true\n", true),
            ("[preprocessor.questions]\nstrict = true\n[preprocessor.snippets]\nreplace-python = false\n", false),
            ("[preprocessor.snippets]\nreplace-python = true\n", true),
            ("[preprocessor.questions]\nstrict = \"very\"\n", false),
        ] {
            let config = Config::from_book(&toml.parse().unwrap()).unwrap();
            assert_eq!(config.replaces_python(), replaces, "{toml}");
        }
    }
}
