//! A written chapter and the question that it answers.

use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{Book, Chapter};
use qabook_support::markdown::Parsed;
use qabook_support::{ChapterFile, Diagnostic};
use std::borrow::Cow;
use std::path::Path;

use crate::address::is_outputs;
use crate::body::{self, Bodies};
use crate::catalog::Catalog;
use crate::entry::Entry;

/// A written chapter. Byte spans are those in its body.
pub(crate) struct ParsedChapter<'a> {
    /// The question that it answers.
    pub(crate) entry: Option<&'a Entry>,
    /// Its path in the book.
    pub(crate) path: &'a Path,
    /// Whether it is the page of outputs to guess, which the preprocessor `snippets` makes.
    pub(crate) is_outputs: bool,
    file: Cow<'a, ChapterFile>,
    content: &'a str,
    /// Where its body begins: after its front matter.
    start: usize,
    /// Its body.
    pub(crate) body: &'a Parsed<'a>,
}

impl<'a> ParsedChapter<'a> {
    /// The written chapters of `book`, in its order, whose texts are in `bodies`.
    pub(crate) fn all_of(
        ctx: &PreprocessorContext,
        book: &'a Book,
        bodies: &'a Bodies<'_>,
        catalog: &'a Catalog,
    ) -> Vec<Self> {
        book.chapters().filter_map(|chapter| Self::new(ctx, chapter, bodies, catalog)).collect()
    }

    /// `None` for a draft.
    fn new(
        ctx: &PreprocessorContext,
        chapter: &'a Chapter,
        bodies: &'a Bodies<'_>,
        catalog: &'a Catalog,
    ) -> Option<Self> {
        let path = chapter.path.as_deref()?;
        let body = bodies.get(path)?;
        let (content, start) = (body.content, body.start);
        let entry = catalog.entry(path);
        let file = match entry {
            Some(entry) => Cow::Borrowed(&entry.file),
            None => Cow::Owned(ChapterFile::of(ctx, chapter)),
        };
        let is_outputs = is_outputs(chapter);
        Some(Self { entry, path, is_outputs, file, content, start, body: body.parsed() })
    }

    /// Its front matter; empty when it has none.
    pub(crate) fn front_matter(&self) -> &'a str {
        &self.content[..self.start]
    }

    /// The end of the line of its title, without the line break.
    pub(crate) fn end_of_title(&self) -> Option<usize> {
        body::end_of_title(self.body.text(), self.body.events())
    }

    /// `problem` at byte `offset` of its body.
    pub(crate) fn locate(&self, offset: usize, problem: Diagnostic) -> Diagnostic {
        self.file.locate(self.content, self.start + offset, problem)
    }
}
