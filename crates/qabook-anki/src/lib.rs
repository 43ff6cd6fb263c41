//! A deck for Anki of a book of questions: an `.apkg` package that works without a network.
//!
//! ```text
//! Document (qabook-document) ─ cards ─> Notes ─ collection (SQLite) ─┐
//!                               └ media (drawings, pictures) ────────┴─ package (zip) ─> book/wenxiu.apkg
//! ```
//!
//! - [`package`] is the whole way: each question, follow-up, erratum and recorded output becomes a note.
//! - A second import updates: the ids of notes, note types and decks depend on the book's title and the card alone, and a
//!   note is as old as the commit that last changed it ([`Ages`]). Anki takes a note that is newer than its own.
//! - The same commit gives the same bytes.
//! - Formulas are left to the MathJax of Anki; code is coloured by classes, for which each note type has a style sheet.
//!
//! The package is of the old form, a collection of schema 11, which new versions of Anki read as well as old ones.

// A reader who closes the pipe early, as `| head` does, is no reason to stop.
#[macro_use(eprintln)]
extern crate qabook_support;

mod ages;
mod cards;
pub mod cli;
mod collection;
mod html;
mod ids;
mod media;
mod note;
mod note_type;
mod rule;
mod sections;
mod zip;

pub use ages::Ages;
pub use rule::ANKI;

use anyhow::Result;
use qabook_document::{Document, Edition};

use cards::Cards;
use collection::Collection;

/// A deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deck {
    /// The bytes of the `.apkg` file.
    pub bytes: Vec<u8>,
    /// How many notes it holds.
    pub notes: usize,
}

/// Makes the deck of `document`; `ages` says when each note last changed.
///
/// # Errors
/// A book without a title or without questions, pictures that can't be read: all of these at once. Otherwise only what
/// SQLite reports, such as too little memory.
pub fn package(document: &Document, edition: &Edition, ages: &Ages) -> Result<Deck> {
    let Cards { notes, media } = Cards::of(document)?;
    let collection = Collection { document, words: &document.words, edition, ages };
    Ok(Deck { bytes: zip::package(&collection.bytes(&notes)?, media.into_files())?, notes: notes.len() })
}
