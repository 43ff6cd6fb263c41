//! A question as the other pages see it.

use mdbook_preprocessor::book::Chapter;
use qabook_support::ChapterFile;
use std::path::{Path, PathBuf};

use crate::question::Question;

/// A written question.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What its chapter says.
    pub question: Question,
    /// The chapter's title in `SUMMARY.md`.
    pub title: String,
    /// The chapter's path in the book, such as `network/arp.md`.
    pub path: PathBuf,
    /// The title of its part.
    pub part: Option<String>,
    /// Whether front matter says what the question is, and what its summary: otherwise the chapter's own text does.
    pub(crate) says: [bool; 2],
    pub(crate) file: ChapterFile,
    pub(crate) slug: String,
    /// The lines of `number` and `related` in its front matter.
    pub(crate) keys: [usize; 2],
}

impl Entry {
    /// The chapter's file.
    #[must_use]
    pub fn file(&self) -> &ChapterFile {
        &self.file
    }

    /// The file name without its extension, by which `related` names it and browsers keep its marks; of a chapter whose file
    /// has the name of an earlier one, the whole path without its extension.
    #[must_use]
    pub fn slug(&self) -> String {
        self.slug.clone()
    }
}

/// Where a chapter is in the book.
pub(crate) fn path_of(chapter: &Chapter) -> PathBuf {
    chapter.path.clone().unwrap_or_default()
}

/// The file name of `path` without its extension.
pub(crate) fn slug_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
