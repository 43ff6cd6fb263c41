//! What is planned, and what an author may say about it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::read::LeftOut;
use crate::told::Note;

/// What an author may say instead of what would be guessed.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The level of the headings that are questions.
    pub question_level: Option<u8>,
    /// The level of the headings that are parts.
    pub part_level: Option<u8>,
    /// The book's language.
    pub language: Option<String>,
    /// The book's title.
    pub title: Option<String>,
}

/// A chapter of the new book.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// Its file, relative to `src/`, with forward slashes.
    pub path: String,
    /// The question as plain text.
    pub question: String,
    /// The part that it is in.
    pub part: Option<String>,
    /// The whole file.
    pub text: String,
    /// The list's file, as messages show it.
    pub file: PathBuf,
    /// The question's line in it.
    pub line: usize,
    /// How many Python examples wait for a program.
    pub waiting: usize,
}

/// What would be written.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The book's title.
    pub title: String,
    /// The book's language.
    pub language: String,
    /// The chapters, in order; those of a part follow one another.
    pub chapters: Vec<Chapter>,
    /// The home page, `src/README.md`.
    pub home: String,
    /// Pictures on disk, and their names below `src/`.
    pub pictures: BTreeMap<PathBuf, String>,
    /// What was understood, in words.
    pub shape: Shape,
    /// What was done to the author's text, by file and line.
    pub notes: Vec<Note>,
    /// What was left out by rule, as it was written: for the test that nothing else was.
    pub left_out: Vec<String>,
    /// What of folders is no part of the list.
    pub files_left_out: Vec<LeftOut>,
}

/// A title, and where it is from.
pub(crate) struct Title {
    pub(super) text: String,
    pub(super) from: String,
    /// The line of the H1 that is the list's title, whether it is the book's or not.
    pub(super) line: Option<usize>,
}

/// What was understood.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    /// What the questions are, such as “headings of level 4 (####), numbered”.
    pub questions: String,
    /// What the parts are.
    pub parts: String,
    /// Where the title is from.
    pub title: String,
}
