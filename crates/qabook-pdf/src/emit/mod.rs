//! Chapters to Typst code.
//!
//! Every text of a chapter is a string literal ([`crate::literal()`]), so only this module and its children decide what is
//! markup. Each chapter becomes a Typst file of its own, in which the lines of the Markdown file are noted: what Typst
//! reports about the code names the author's line.

mod blocks;
mod code;
mod figures;
mod inlines;
mod links;
mod program;
mod question;
mod sources;
mod tables;
mod text;
mod writer;

use qabook_document::{Chapter, Document};
use qabook_support::Diagnostics;
use std::sync::Arc;

use crate::settings::Settings;
pub(crate) use code::{ChapterCode, Place, file_of, label_of};
pub(crate) use question::Entry;
use sources::External;
pub(crate) use writer::Emitter;
use writer::Writer;

impl<'a> Emitter<'a> {
    /// An emitter for `document`.
    pub(crate) fn new(document: &'a Document, settings: &Settings) -> Self {
        Self {
            site: settings.site.clone(),
            layout: settings.layout,
            fonts: Arc::clone(&settings.fonts),
            words: &document.words,
            external: External::of(document),
        }
    }

    /// The code of `chapter`, the `index`th of the book.
    ///
    /// # Errors
    /// Characters that no font has, images that can't be read.
    pub(crate) fn chapter(
        &'a self,
        chapter: &'a Chapter,
        index: usize,
        place: Place,
    ) -> Result<ChapterCode, Diagnostics> {
        let mut writer = Writer::new(self, chapter, index, place);
        writer.whole_chapter();
        writer.finish()
    }
}
