//! A parsed chapter, with what several features ask about it.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use qabook_support::markdown::Parsed;
use std::borrow::Cow;
use std::ops::Range;

use crate::maths::Masked;

/// The events of a chapter and where they stand.
pub(crate) struct Document<'a> {
    pub(crate) masked: &'a Masked<'a>,
    pub(crate) events: Vec<(Event<'a>, Range<usize>)>,
    /// The spans of the top-level blocks, in order.
    pub(crate) blocks: Vec<Range<usize>>,
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
    /// Takes the events of a chapter, which is only parsed again when formulas were blotted out.
    pub(crate) fn parse(masked: &'a Masked<'a>) -> Self {
        let events = match &masked.text {
            Cow::Borrowed(_) => masked.as_written.events().to_vec(),
            Cow::Owned(text) => Parsed::new(text).events().to_vec(),
        };
        let mut blocks = Vec::new();
        let mut depth = 0_usize;
        for (event, span) in &events {
            match event {
                Event::End(_) => depth = depth.saturating_sub(1),
                _ if depth == 0 => {
                    blocks.push(span.clone());
                    depth += usize::from(matches!(event, Event::Start(_)));
                }
                Event::Start(_) => depth += 1,
                _ => {}
            }
        }
        Self { masked, events, blocks }
    }

    /// The chapter's text.
    pub(crate) fn source(&self) -> &'a str {
        self.masked.source
    }

    /// The index of the top-level block that byte `at` is in.
    pub(crate) fn block_at(&self, at: usize) -> usize {
        self.blocks.partition_point(|block| block.start <= at).saturating_sub(1)
    }

    /// The event's text when it stands in the source as it is: no character reference, nothing replaced.
    pub(crate) fn verbatim(&self, event: usize) -> Option<&str> {
        let (Event::Text(text), span) = self.events.get(event)? else { return None };
        (self.masked.text.get(span.clone()) == Some(text)).then(|| &self.source()[span.clone()])
    }

    /// The texts in which emphasis is looked for.
    pub(crate) fn scopes(&self) -> Vec<Scope> {
        let mut done = Vec::new();
        let mut open = vec![Scope::default()];
        let mut skip: Option<TagEnd> = None;
        for (index, (event, _)) in self.events.iter().enumerate() {
            if let Some(end) = &skip {
                if matches!(event, Event::End(tag) if tag == end) {
                    skip = None;
                }
                continue;
            }
            match event {
                // The alternative text of an image is plain text, and nobody emphasises in code or HTML.
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
