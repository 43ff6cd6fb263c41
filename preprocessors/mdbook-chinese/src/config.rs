//! `[preprocessor.chinese]` of book.toml.

use anyhow::{Context, Result};
use mdbook_preprocessor::config::Config as BookConfig;
use qabook_support::maths::Dollars;
use serde::Deserialize;

/// What the preprocessor does; all of it unless switched off, but for `heading_ids`.
// Independent switches, as they are in book.toml.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Features {
    /// Soft line breaks between 汉字 are joined.
    pub join_lines: bool,
    /// Emphasis next to full-width punctuation works.
    pub emphasis: bool,
    /// Headings get ids made of pinyin; those that mdBook gives are above them.
    pub heading_ids: bool,
    /// Headings that have no letter, to which mdBook gives an empty id, get one; the others keep mdBook's.
    pub nameless_ids: bool,
    /// Alerts get Chinese titles, in HTML.
    pub alerts: bool,
    /// What dollars mean: formulas, which stay as they are, or text. No key of its own: `[preprocessor.katex]` says it.
    pub dollars: Dollars,
}

impl Default for Features {
    fn default() -> Self {
        Self {
            join_lines: true,
            emphasis: true,
            heading_ids: false,
            nameless_ids: true,
            alerts: true,
            dollars: Dollars::default(),
        }
    }
}

/// The settings; unknown keys are refused.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Table {
    join_lines: bool,
    emphasis: bool,
    heading_ids: bool,
    nameless_ids: bool,
    alerts: bool,
    // mdBook's own keys for a preprocessor.
    command: Option<String>,
    before: Vec<String>,
    after: Vec<String>,
    renderers: Option<Vec<String>>,
    optional: bool,
}

impl Default for Table {
    fn default() -> Self {
        let Features { join_lines, emphasis, heading_ids, nameless_ids, alerts, .. } = Features::default();
        Self {
            join_lines,
            emphasis,
            heading_ids,
            nameless_ids,
            alerts,
            command: None,
            before: Vec::new(),
            after: Vec::new(),
            renderers: None,
            optional: false,
        }
    }
}

impl Features {
    /// Reads the settings from the book's configuration; without any, the defaults.
    ///
    /// # Errors
    /// An unknown key or a value of the wrong type.
    pub fn from_book(book: &BookConfig) -> Result<Self> {
        let table: Option<Table> = book.get("preprocessor.chinese").context("book.toml: [preprocessor.chinese]")?;
        let Table { join_lines, emphasis, heading_ids, nameless_ids, alerts, .. } = table.unwrap_or_default();
        let dollars = Dollars::of(book);
        Ok(Self { join_lines, emphasis, heading_ids, nameless_ids, alerts, dollars })
    }
}
