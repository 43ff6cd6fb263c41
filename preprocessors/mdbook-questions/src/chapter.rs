//! A chapter as its author wrote it, parsed once.

use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{Book, Chapter};
use pulldown_cmark::{Event, HeadingLevel, Tag};
use qabook_support::markdown::Parsed;
use qabook_support::{ChapterFile, Diagnostic};
use std::borrow::Cow;
use std::path::Path;

use crate::address::is_outputs;
use crate::catalog::{Catalog, Entry};
use crate::front_matter::body_start;

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
    /// Where its body begins: after a question's front matter.
    start: usize,
    /// Its body.
    pub(crate) body: Parsed<'a>,
}

impl<'a> ParsedChapter<'a> {
    /// The written chapters of `book`, in its order.
    pub(crate) fn all_of(ctx: &PreprocessorContext, book: &'a Book, catalog: &'a Catalog) -> Vec<Self> {
        book.chapters().filter_map(|chapter| Self::new(ctx, chapter, catalog)).collect()
    }

    /// `None` for a draft.
    fn new(ctx: &PreprocessorContext, chapter: &'a Chapter, catalog: &'a Catalog) -> Option<Self> {
        let path = chapter.path.as_deref()?;
        let entry = catalog.entry(path);
        let file = match entry {
            Some(entry) => Cow::Borrowed(&entry.file),
            None => Cow::Owned(ChapterFile::of(ctx, chapter)),
        };
        let content = chapter.content.as_str();
        let start = entry.map_or(0, |_| body_start(content));
        Some(Self {
            entry,
            path,
            is_outputs: is_outputs(chapter),
            file,
            content,
            start,
            body: Parsed::new(&content[start..]),
        })
    }

    /// Its front matter; empty when it has none.
    pub(crate) fn front_matter(&self) -> &'a str {
        &self.content[..self.start]
    }

    /// The end of the line of its first H1, without the line break.
    pub(crate) fn end_of_title(&self) -> Option<usize> {
        let is_title = |event: &Event<'_>| matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }));
        let (_, span) = self.body.events().iter().find(|(event, _)| is_title(event))?;
        Some(span.start + self.body.text()[span.clone()].trim_end().len())
    }

    /// `problem` at byte `offset` of its body.
    pub(crate) fn locate(&self, offset: usize, problem: Diagnostic) -> Diagnostic {
        self.file.locate(self.content, self.start + offset, problem)
    }
}
