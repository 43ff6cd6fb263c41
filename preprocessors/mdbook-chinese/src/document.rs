//! A parsed chapter, with what several features ask about it.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use qabook_support::markdown;
use qabook_support::maths::{Dollars, Masked};
use std::borrow::Cow;
use std::ops::Range;

/// The events of a chapter and where they are.
#[derive(Clone)]
pub(crate) struct Document<'a> {
    chapter: Masked<'a>,
    /// The spans of the top-level blocks, in order.
    pub(crate) blocks: Vec<Range<usize>>,
    /// The formulas with their dollars, those in code included.
    formulas: Vec<Range<usize>>,
    /// What must not change whatever the parser says: formulas, and with them all code and HTML, because a stray dollar in
    /// front of a fence makes mdbook-katex and CommonMark disagree about what is code.
    frozen: Vec<Range<usize>>,
    /// What dollars mean in it.
    pub(crate) dollars: Dollars,
}

/// Text that CommonMark looks for emphasis in as a whole: of a paragraph, heading, table cell or link.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    /// Indices of its events, those of links and images inside left out.
    pub(crate) events: Vec<usize>,
    /// Whether it is a table cell, which ends at `|`.
    pub(crate) table: bool,
}

impl<'a> Document<'a> {
    /// Parses a chapter.
    pub(crate) fn parse(source: impl Into<Cow<'a, str>>, dollars: Dollars) -> Self {
        let chapter = Masked::new(source, dollars);
        let mut blocks: Vec<Range<usize>> = Vec::new();
        let mut depth = 0_usize;
        for (event, span) in &chapter.events {
            match event {
                Event::End(_) => depth = depth.saturating_sub(1),
                _ if depth == 0 => {
                    // The parser's span of a definition list goes on in lines below that it tried to read as a table.
                    if let Some(above) = blocks.last_mut() {
                        above.end = above.end.min(span.start);
                    }
                    blocks.push(span.clone());
                    depth += usize::from(matches!(event, Event::Start(_)));
                }
                Event::Start(_) => depth += 1,
                _ => {}
            }
        }
        let formulas: Vec<_> = sorted(chapter.formulas.iter().chain(&chapter.refused));
        let frozen = merged(sorted(formulas.iter().chain(&chapter.foreign)));
        Self { chapter, blocks, formulas, frozen, dollars }
    }

    /// The same chapter with other events, all in one block.
    pub(crate) fn with_events(&self, events: Vec<(Event<'static>, Range<usize>)>) -> Self {
        let mut other = Self { blocks: std::iter::once(0..0).collect(), ..self.clone() };
        other.chapter.events = events;
        other
    }

    /// The parser's events, in order.
    pub(crate) fn events(&self) -> &[(Event<'static>, Range<usize>)] {
        &self.chapter.events
    }

    /// The chapter's text with its formulas blotted out.
    pub(crate) fn text(&self) -> &str {
        self.chapter.text()
    }

    /// Takes the chapter's text out.
    pub(crate) fn into_source(self) -> String {
        self.chapter.source.into_owned()
    }

    /// Whether code and HTML are the same as in `other`, where formulas may hide some.
    pub(crate) fn has_fixed_parts_of(&self, other: &Document<'_>) -> bool {
        !self.chapter.is_doubtful && !other.chapter.is_doubtful
            || markdown::fixed_parts(self.source()) == markdown::fixed_parts(other.source())
    }

    /// Whether a replacement of `span` would change something frozen; an insertion does when it is inside.
    pub(crate) fn is_frozen(&self, span: &Range<usize>) -> bool {
        let next = self.frozen.partition_point(|range| range.end <= span.start);
        self.frozen.get(next).is_some_and(|range| range.start < span.end)
    }

    /// The formula that byte `at` belongs to.
    pub(crate) fn formula_at(&self, at: usize) -> Option<&str> {
        let found = self.formulas.partition_point(|formula| formula.end <= at);
        let formula = self.formulas.get(found).filter(|formula| formula.start <= at)?;
        Some(&self.source()[formula.clone()])
    }

    /// The chapter's text.
    pub(crate) fn source(&self) -> &str {
        &self.chapter.source
    }

    /// The index of the top-level block that byte `at` is in.
    pub(crate) fn block_at(&self, at: usize) -> usize {
        self.blocks.partition_point(|block| block.start <= at).saturating_sub(1)
    }

    /// The event's text when it is in the source as it is: no character reference, nothing replaced.
    pub(crate) fn verbatim(&self, event: usize) -> Option<&str> {
        let (Event::Text(text), span) = self.events().get(event)? else { return None };
        (self.text().get(span.clone()) == Some(text)).then(|| &self.source()[span.clone()])
    }

    /// The texts in which emphasis is looked for.
    pub(crate) fn scopes(&self) -> Vec<Scope> {
        let mut done = Vec::new();
        let mut open = vec![Scope::default()];
        let mut skip: Option<TagEnd> = None;
        for (index, (event, _)) in self.events().iter().enumerate() {
            if let Some(end) = &skip {
                if matches!(event, Event::End(tag) if tag == end) {
                    skip = None;
                }
                continue;
            }
            match event {
                // The alternative text of an image is plain text, and code and HTML have no emphasis.
                Event::Start(tag @ (Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock)) => {
                    skip = Some(tag.to_end());
                }
                Event::Start(tag) if is_emphasis(tag) => push(&mut open, index),
                Event::End(tag) if is_emphasis_end(*tag) => push(&mut open, index),
                Event::Start(tag) => {
                    if !matches!(tag, Tag::Link { .. }) {
                        flush(&mut open, &mut done);
                    }
                    open.push(Scope { events: Vec::new(), table: matches!(tag, Tag::TableCell) });
                }
                Event::End(_) => done.extend(open.pop()),
                Event::Rule | Event::Html(_) => flush(&mut open, &mut done),
                _ => push(&mut open, index),
            }
        }
        done.extend(open);
        done.retain(|scope| !scope.events.is_empty());
        done
    }
}

fn sorted<'a>(ranges: impl Iterator<Item = &'a Range<usize>>) -> Vec<Range<usize>> {
    let mut sorted: Vec<_> = ranges.cloned().collect();
    sorted.sort_by_key(|range| range.start);
    sorted
}

/// `sorted` ranges without overlaps.
fn merged(sorted: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(sorted.len());
    for range in sorted {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

fn push(open: &mut [Scope], event: usize) {
    if let Some(scope) = open.last_mut() {
        scope.events.push(event);
    }
}

/// A block inside a tight list item ends the text before it.
fn flush(open: &mut [Scope], done: &mut Vec<Scope>) {
    if let Some(scope) = open.last_mut() {
        let table = scope.table;
        done.push(std::mem::replace(scope, Scope { events: Vec::new(), table }));
    }
}

/// Whether `tag` is written with delimiters.
pub(crate) fn is_emphasis(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
}

/// Whether `tag` is written with delimiters.
pub(crate) fn is_emphasis_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
}

/// Whether a link or image is found by its text, which then must not change.
pub(crate) fn is_found_by_text(tag: &Tag<'_>) -> bool {
    let (Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) = tag else { return false };
    matches!(
        link_type,
        LinkType::Collapsed | LinkType::CollapsedUnknown | LinkType::Shortcut | LinkType::ShortcutUnknown
    )
}
