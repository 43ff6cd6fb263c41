//! What can go wrong.

use qabook_support::{Diagnostic, Rule, shown};
use std::io;
use std::path::{Path, PathBuf};

/// Why a site could not be indexed; then its pages and its last index are as they were, or name each other.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder isn't there, or holds no page.
    #[error("{}: no page of an mdBook site is here\n    hint: run `mdbook build` first and name its output folder", .0.display())]
    NoSite(PathBuf),
    /// A file could not be read or written.
    #[error("{}: {reason}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// What mdBook sends to a renderer is not what it should be.
    #[error("this is no book from mdBook: {0}\n    hint: let `mdbook build` run it, or name the folder of a site")]
    Context(#[from] serde_json::Error),
    /// The HTML that is to be indexed isn't made.
    #[error("{}: there is no site to index\n    hint: [output.zh-search] indexes what [output.html] makes: add that table to book.toml", .0.display())]
    NoHtml(PathBuf),
    /// The book's own words for the search box are not what they should be.
    #[error("{0}")]
    Words(#[from] qabook_support::Diagnostics),
    /// mdBook can't read book.toml.
    #[error("{}: {reason:#}", .path.display())]
    Book {
        /// The book.toml.
        path: PathBuf,
        /// What mdBook says.
        reason: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The table for the search in book.toml, or the book's synonyms, are not what they should be.
    #[error("{0}")]
    Settings(Box<Diagnostic>),
}

/// Settings that can't be used.
const SETTINGS: Rule = Rule::error("settings");

impl Error {
    pub(crate) fn io(path: &Path, reason: io::Error) -> Self {
        Self::Io { path: path.to_path_buf(), reason }
    }

    /// What is wrong with `text`, the text of the file at `path`, which knows what `hint` says.
    pub(crate) fn settings(path: &Path, text: &str, error: &toml::de::Error, hint: &str) -> Self {
        let problem = SETTINGS.broken(error.message().trim(), hint).in_file(shown(path));
        let line = error.span().map(|span| 1 + text.bytes().take(span.start).filter(|byte| *byte == b'\n').count());
        Self::Settings(Box::new(problem.on_line(line)))
    }
}
