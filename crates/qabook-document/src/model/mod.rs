//! The types of a document.

mod block;
mod inline;
mod table;

pub use block::*;
pub use inline::*;
pub use table::*;

use mdbook_questions::{Erratum, FollowUp, PageKind};
use qabook_words::Words;
use std::path::PathBuf;

/// A whole book.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// `book.title`, or the empty string.
    pub title: String,
    /// `book.description`.
    pub description: Option<String>,
    /// `book.authors`.
    pub authors: Vec<String>,
    /// `book.language`, such as `zh-CN`.
    pub language: String,
    /// `book.text-direction`, or that of the language.
    pub direction: Direction,
    /// What the book says besides its author's words, in its language.
    pub words: Words,
    /// `output.html.site-url`: where the book is on the web.
    pub site_url: Option<String>,
    /// What its files are called, without extension: `wenxiu` for wenxiu.epub.
    pub file_stem: String,
    /// The parts in order; never an empty one.
    pub parts: Vec<Part>,
}

/// Which way lines are read, and pages turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// As in English.
    LeftToRight,
    /// As in Arabic.
    RightToLeft,
}

impl Direction {
    /// As HTML (`dir`) and EPUB (`page-progression-direction`) write it.
    #[must_use]
    pub fn attribute(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

impl Document {
    /// Every chapter in reading order, sub-chapters after their parents.
    pub fn chapters(&self) -> impl Iterator<Item = &Chapter> {
        self.parts.iter().flat_map(|part| part.chapters.iter().flat_map(Chapter::with_children))
    }
}

/// The chapters between two part titles or separators of `SUMMARY.md`.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// `None` before the first part title and after a separator.
    pub title: Option<String>,
    /// The written chapters; drafts are left out.
    pub chapters: Vec<Chapter>,
}

/// A written chapter.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    /// Its title in `SUMMARY.md`.
    pub title: String,
    /// Its number, such as `4` or `1.2`; in a book of questions the question's.
    pub number: Option<String>,
    /// Its path in the book, such as `network/arp.md`, with forward slashes: what [`Target::Chapter`] names.
    pub path: String,
    /// What it is.
    pub kind: PageKind,
    /// The claims that it corrects.
    pub errata: Vec<Erratum>,
    /// What its section of further questions asks.
    pub follow_ups: Vec<FollowUp>,
    /// The author's file as messages show it; a made page's path in the book.
    pub file: PathBuf,
    /// Its text. The first block is usually its H1.
    pub blocks: Vec<Block>,
    /// The footnotes that are referred to, in the order of their numbers.
    pub footnotes: Vec<Footnote>,
    /// The chapters below it in `SUMMARY.md`.
    pub children: Vec<Chapter>,
}

impl Chapter {
    /// This chapter and those below it, in reading order.
    pub fn with_children(&self) -> Box<dyn Iterator<Item = &Chapter> + '_> {
        Box::new(std::iter::once(self).chain(self.children.iter().flat_map(Chapter::with_children)))
    }
}

/// A footnote's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Footnote {
    /// From 1, in the order of the first references.
    pub number: usize,
    /// The name between `[^` and `]`.
    pub label: String,
    /// How many references lead to it.
    pub references: usize,
    /// Its text.
    pub blocks: Vec<Block>,
}
