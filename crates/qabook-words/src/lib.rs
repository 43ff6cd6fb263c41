//! The words that a book of questions says besides its author's: labels, buttons, headings of made pages.
//!
//! They are data: one TOML file a language in `words/`, one table for each part of the tool. What a file looks like, with
//! gaps and plural forms, its first lines say.
//!
//! ```
//! use qabook_words::Words;
//!
//! let words = Words::of_language("en-GB");
//! assert_eq!(words.text("questions.tags"), "Tags");
//! assert_eq!(words.filled("questions.question-count", &[("n", "1")]), "1 question");
//! ```
//!
//! A book's own files are in `theme/words/`: `LANGUAGE.toml` changes single words of a built-in language, or adds a
//! language. What no file of the book's language says is said in English: [`Words::untranslated`].
//!
//! One file feeds Rust (this crate), Tera (a table is a map of its texts), scripts ([`ScriptWords`], as JSON) and Typst.

mod file;
mod layers;
mod word;

pub use file::WORDS;
pub use word::{Plural, Table, Word};

use mdbook_preprocessor::config::Config;
use qabook_support::Diagnostics;
use qabook_support::facts::Fact;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The words of a book.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    tables: BTreeMap<String, Table>,
    /// Every built-in language and the book's own: see [`Words::is_any`].
    others: Vec<&'static BTreeMap<String, Table>>,
    untranslated: Vec<String>,
}

/// What the scripts of a page say: a [`Fact`] of every page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ScriptWords(Table);

impl Fact for ScriptWords {
    const NAME: &'static str = "words";
}

/// The built-in files: each language with its text. The first is English, which has every word.
#[must_use]
pub fn files() -> &'static [(&'static str, &'static str)] {
    layers::BUILT_IN
}

/// The folder of the words of the book in `root`.
#[must_use]
pub fn folder(root: &Path, config: &Config) -> PathBuf {
    config.html_config().unwrap_or_default().theme_dir(root).join("words")
}

impl Words {
    /// The words of the book in `root`, in its language.
    ///
    /// # Errors
    /// Everything that is wrong with the book's own files, with file and line: see [`Words::load`].
    pub fn of_book(root: &Path, config: &Config) -> Result<Self, Diagnostics> {
        Self::load(&folder(root, config), config.book.language.as_deref().unwrap_or("en"))
    }

    /// The words for a book in `language`, such as `zh-CN`, whose own files are in `folder`, which need not exist.
    ///
    /// # Errors
    /// A file that can't be read or isn't TOML; a table or key that English doesn't have; a text that lacks a gap or has
    /// one too many; plural forms without `other`.
    pub fn load(folder: &Path, language: &str) -> Result<Self, Diagnostics> {
        Ok(Self::new(layers::read(folder)?, language))
    }

    /// The built-in words for a book in `language`; those of a language that isn't built in are English.
    #[must_use]
    pub fn of_language(language: &str) -> Self {
        Self::new(Vec::new(), language)
    }

    fn new(own: Vec<layers::Layer>, language: &str) -> Self {
        let others = layers::built_in().iter().map(|layer| &layer.tables).collect();
        let (tables, untranslated) = layers::merged(own, language);
        Self { tables, others, untranslated }
    }

    /// The words of the part `table`; none when there is no such part.
    #[must_use]
    pub fn table(&self, table: &str) -> &Table {
        static NONE: Table = Table::new();
        self.tables.get(table).unwrap_or(&NONE)
    }

    /// The text `key`, such as `questions.tags`; the empty string when there is none, which tests of the callers rule out.
    #[must_use]
    pub fn text(&self, key: &str) -> &str {
        self.word(key).map_or("", Word::text)
    }

    /// The text `key` with its gaps filled, each by the name next to the value; the value of `n` chooses the plural form.
    #[must_use]
    pub fn filled(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.word(key).map_or(String::new(), |word| word.filled(values))
    }

    /// Whether `text` is the text `key` in this book or in any built-in language: what chapters may say in any of them.
    #[must_use]
    pub fn is_any(&self, key: &str, text: &str) -> bool {
        self.in_any_language(key).any(|known| known == text)
    }

    /// The text `key` in this book, then in every built-in language.
    pub fn in_any_language(&self, key: &str) -> impl Iterator<Item = &str> {
        let others = self.others.iter().filter_map(move |tables| word(tables, key));
        self.word(key).into_iter().chain(others).map(Word::text)
    }

    /// What the scripts of a page say that need the parts `tables`; their keys differ.
    #[must_use]
    pub fn for_scripts(&self, tables: &[&str]) -> ScriptWords {
        let words = tables.iter().flat_map(|table| self.table(table).clone());
        ScriptWords(words.collect())
    }

    /// The keys that are said in English for want of another file; none in an English book.
    #[must_use]
    pub fn untranslated(&self) -> &[String] {
        &self.untranslated
    }

    fn word(&self, key: &str) -> Option<&Word> {
        word(&self.tables, key)
    }
}

fn word<'a>(tables: &'a BTreeMap<String, Table>, key: &str) -> Option<&'a Word> {
    let (table, key) = key.split_once('.')?;
    tables.get(table)?.get(key)
}

/// The example of README.md is compiled and run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
