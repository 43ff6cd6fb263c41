//! `[preprocessor.questions]` of book.toml.

use anyhow::{Context, Result};
use mdbook_preprocessor::config::Config as BookConfig;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
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
    #[serde(deserialize_with = "file_names")]
    pub downloads: Vec<String>,
    /// The chapter whose tables explain terms, in `src`: an index is made of them.
    pub glossary: PathBuf,
    /// See [`Config::storage`].
    #[serde(deserialize_with = "storage_name")]
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

/// The names of files next to the home page that are no pages. Everything wrong with them is said at once.
fn file_names<'de, D: Deserializer<'de>>(value: D) -> Result<Vec<String>, D::Error> {
    let names = Vec::<String>::deserialize(value)?;
    let listed = |wrong: &dyn Fn(&&String) -> bool| {
        let found: Vec<String> = names.iter().filter(wrong).map(|name| format!("`{name}`")).collect();
        (!found.is_empty()).then(|| found.join(", "))
    };
    if let Some(found) = listed(&|name| !Path::new(name).components().eq([Component::Normal(name.as_ref())])) {
        return Err(D::Error::custom(format!(
            "{found} in `downloads` is no file name\n    hint: the files are next to the home page, so write one without \
             folders, such as \"book.pdf\""
        )));
    }
    if let Some(found) =
        listed(&|name| Path::new(name).extension().is_some_and(|kind| kind.eq_ignore_ascii_case("html")))
    {
        return Err(D::Error::custom(format!(
            "{found} in `downloads` is a page\n    hint: name the book in another form, such as \"book.pdf\""
        )));
    }
    Ok(names)
}

fn storage_name<'de, D: Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    let name = String::deserialize(value)?;
    if storage::is_name(&name) {
        return Ok(Some(name));
    }
    Err(D::Error::custom(format!(
        "`{name}` in `storage` is no name\n    hint: write letters, digits, hyphens and underscores, such as \"my-book\""
    )))
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
    /// An unknown key, a value of the wrong type, a download with a folder or that is a page, a name that can't be one.
    pub fn from_book(book: &BookConfig) -> Result<Self> {
        let config = book.get("preprocessor.questions").context("book.toml: [preprocessor.questions]")?;
        Ok(config.unwrap_or_default())
    }

    /// The name under which browsers keep what readers of `book` mark: `storage`, or one made from the title.
    #[must_use]
    pub fn storage(&self, book: &BookConfig) -> String {
        let made = || storage::name_of(book.book.title.as_deref().unwrap_or_default());
        self.storage.clone().unwrap_or_else(made)
    }
}
