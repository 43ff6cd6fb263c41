//! The text of a chapter as its author wrote it, parsed at most once.

use mdbook_preprocessor::book::{Book, Chapter};
use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use qabook_support::markdown::Parsed;
use qabook_support::{ChapterFile, Diagnostic, Rule};
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use crate::front_matter::body_start;
use crate::plain::Plain;
use crate::summary;

/// A question whose chapter has no title.
pub const TITLE: Rule = Rule::error("question-title");

/// The text of a written chapter below its front matter.
pub(crate) struct Body<'a> {
    /// The whole chapter.
    pub(crate) content: &'a str,
    /// Where it begins.
    pub(crate) start: usize,
    parsed: OnceCell<Parsed<'a>>,
}

impl<'a> Body<'a> {
    fn new(chapter: &'a Chapter) -> Self {
        let content = chapter.content.as_str();
        // A page that is made begins as it likes.
        let start = if chapter.source_path.is_some() { body_start(content) } else { 0 };
        Self { content, start, parsed: OnceCell::new() }
    }

    /// What the parser finds in it.
    pub(crate) fn parsed(&self) -> &Parsed<'a> {
        self.parsed.get_or_init(|| Parsed::new(&self.content[self.start..]))
    }

    /// Its title as plain text; `None` when it has no H1.
    pub(crate) fn title(&self) -> Option<String> {
        let events = self.parsed().events();
        let start = events.iter().position(|(event, _)| is_title(event))?;
        let length = events[start..].iter().position(|(event, _)| matches!(event, Event::End(TagEnd::Heading(_))))?;
        Some(Plain::of(self.parsed().text(), &events[start..start + length]).text)
    }

    /// The first sentence of its first paragraph; `None` when it has none.
    pub(crate) fn first_sentence(&self, abbreviations: &str) -> Option<String> {
        summary::of_chapter(self.parsed().text(), self.parsed().events(), abbreviations)
    }

    /// The problem of a question that has no title.
    pub(crate) fn without_title(&self, file: &ChapterFile) -> Diagnostic {
        let heading = |event: &Event<'_>| matches!(event, Event::Start(Tag::Heading { .. }));
        let first = self.parsed().events().iter().find(|(event, _)| heading(event)).map(|(_, span)| span.start);
        let text = &self.content[self.start..];
        let at = self.start + first.unwrap_or(text.len() - text.trim_start().len());
        let hint = "write `# ` and the question above the text, as a heading of level 1";
        file.locate(self.content, at.min(self.content.len()), TITLE.broken("the chapter has no title", hint))
    }
}

/// The written chapters of a book by their paths.
pub(crate) type Bodies<'a> = HashMap<&'a Path, Body<'a>>;

/// Those of `book`.
pub(crate) fn bodies(book: &Book) -> Bodies<'_> {
    book.chapters().filter_map(|chapter| Some((chapter.path.as_deref()?, Body::new(chapter)))).collect()
}

/// Where the title of a text ends that has these `events`, without the line break: that of its first H1, or of another heading
/// that begins it.
pub(crate) fn end_of_title(text: &str, events: &[(Event<'_>, Range<usize>)]) -> Option<usize> {
    let is_heading = |event: &Event<'_>| matches!(event, Event::Start(Tag::Heading { .. }));
    // Anchors and remarks may stand before it.
    let is_html = |event: &Event<'_>| {
        matches!(
            event,
            Event::Html(_)
                | Event::InlineHtml(_)
                | Event::SoftBreak
                | Event::Start(Tag::HtmlBlock | Tag::Paragraph)
                | Event::End(TagEnd::HtmlBlock | TagEnd::Paragraph)
        )
    };
    let first = events.iter().find(|(event, _)| !is_html(event)).filter(|(event, _)| is_heading(event));
    let (_, span) = events.iter().find(|(event, _)| is_title(event)).or(first)?;
    Some(span.start + text[span.clone()].trim_end().len())
}

/// Whether a heading of level 1 begins.
pub(crate) fn is_title(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }))
}
