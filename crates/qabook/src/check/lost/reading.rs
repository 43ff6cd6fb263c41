//! How the settings of a book let its text be read.

use mdbook_driver::config::Config;
use qabook_support::maths::Dollars;
use std::collections::HashMap;

/// What of the settings says how a chapter is read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) dollars: Dollars,
    /// By language what hidden lines of its code begin with.
    pub(super) hidden_lines: HashMap<String, String>,
    /// Whether diagrams are drawn: their texts are compared when that is done.
    pub(super) draws: bool,
}

impl Reading {
    /// Reads them of `config`.
    pub(super) fn of_book(config: &Config) -> Self {
        Self {
            dollars: Dollars::of(config),
            hidden_lines: config.html_config().map(|html| html.code.hidelines).unwrap_or_default(),
            draws: qabook_document::is_on(config, "mermaid-svg"),
        }
    }
}
