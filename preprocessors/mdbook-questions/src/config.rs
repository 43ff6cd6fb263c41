//! `[preprocessor.questions]` of book.toml.

use anyhow::{Context, Result, ensure};
use mdbook_preprocessor::config::Config as BookConfig;
use serde::Deserialize;
use std::path::{Component, Path, PathBuf};

use crate::storage;

/// The settings; unknown keys are refused.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// Whether every question must say all of itself in front matter; otherwise what is missing is taken from the chapter.
    pub strict: bool,
    /// The highest question number; without it any number is accepted.
    pub last_number: Option<u32>,
    /// How the questions are numbered, in a sentence or two: said where a reader may wonder about it.
    pub numbering: String,
    /// The sections of the page of sources, in order; sources of other hosts come last.
    pub source_groups: Vec<SourceGroup>,
    /// The files next to the pages that are the whole book in other forms, such as `book.pdf`: `{{#downloads}}` links
    /// them.
    pub downloads: Vec<String>,
    /// The chapter whose tables explain terms, in `src`: an index is made of them.
    pub glossary: PathBuf,
    /// See [`Config::storage`].
    storage: Option<String>,
    // mdBook's own keys for a preprocessor.
    command: Option<String>,
    before: Vec<String>,
    after: Vec<String>,
    renderers: Option<Vec<String>>,
    optional: bool,
}

/// Sources that are together on the page of sources.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceGroup {
    /// The section's title.
    pub title: String,
    /// Ends of host names, such as `rfc-editor.org`.
    pub hosts: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            strict: false,
            last_number: None,
            numbering: String::new(),
            source_groups: Vec::new(),
            downloads: Vec::new(),
            glossary: "glossary.md".into(),
            storage: None,
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
    /// An unknown key, a value of the wrong type, a download with a folder.
    pub fn from_book(book: &BookConfig) -> Result<Self> {
        let config = book.get("preprocessor.questions").context("book.toml: [preprocessor.questions]")?;
        let config: Self = config.unwrap_or_default();
        for name in &config.downloads {
            let is_file_name = Path::new(name).components().eq([Component::Normal(name.as_ref())]);
            ensure!(
                is_file_name,
                "book.toml: [preprocessor.questions]: `{name}` in `downloads` is no file name\n    hint: the files are \
                 next to the home page, so write one without folders, such as \"book.pdf\""
            );
        }
        if let Some(name) = &config.storage {
            ensure!(
                storage::is_name(name),
                "book.toml: [preprocessor.questions]: `{name}` in `storage` is no name\n    hint: write letters, digits, \
                 hyphens and underscores, such as \"my-book\""
            );
        }
        Ok(config)
    }

    /// The name under which browsers keep what readers of `book` mark: `storage`, or one made from the title.
    #[must_use]
    pub fn storage(&self, book: &BookConfig) -> String {
        let made = || storage::name_of(book.book.title.as_deref().unwrap_or_default());
        self.storage.clone().unwrap_or_else(made)
    }
}
