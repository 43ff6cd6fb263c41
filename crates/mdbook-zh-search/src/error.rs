//! What can go wrong.

use std::io;
use std::path::{Path, PathBuf};

/// Why a site could not be indexed; then its pages and its last index are as they were, or name each other.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder isn't there, or holds no page.
    #[error("{}: no page of an mdBook site is here\n    hint: run `mdbook build` first and name its output folder", .0.display())]
    NoSite(PathBuf),
    /// A file could not be read or written.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
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
    #[error("{}: {source:#}", .path.display())]
    Book {
        /// The book.toml.
        path: PathBuf,
        /// What mdBook says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The book's synonyms are not what they should be.
    #[error("{}: {source}\n    hint: it knows the lists of groups `same` and `near`, and a table `means`", .path.display())]
    Synonyms {
        /// The synonyms.toml.
        path: PathBuf,
        /// What is wrong, and in which line.
        source: Box<toml::de::Error>,
    },
    /// Its table for the search is not what it should be.
    #[error("{}: {source}\n    hint: [output.zh-search] and [preprocessor.zh-search] know `synonyms` and `overview`", .path.display())]
    Config {
        /// The book.toml.
        path: PathBuf,
        /// What is wrong, and in which line.
        source: Box<toml::de::Error>,
    },
}

impl Error {
    pub(crate) fn io(path: &Path, source: io::Error) -> Self {
        Self::Io { path: path.to_path_buf(), source }
    }
}
