//! What may be a question or a part in one list: marks with their places, found in one pass.

mod blocks;
mod details;
mod inline;
mod lines;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use qabook_support::markdown;
use std::collections::HashMap;
use std::ops::Range;

use crate::number;
use crate::plain::plain;
pub(crate) use lines::LineCounter;

/// How a question is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A heading of this level.
    Heading(u8),
    /// A heading of this level that begins an item of a list: `1.  ### …`.
    ItemHeading(u8),
    /// A paragraph that begins in bold: `**1. …**`.
    Bold,
    /// A paragraph that begins with a number that makes no list in Markdown: `1、…`, `Q: …`.
    Numbered,
    /// An item of a list.
    Item,
    /// `<details><summary>`.
    Details,
}

/// A place that may be a question or a part.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub(crate) kind: Kind,
    /// Where its line begins.
    pub(crate) start: usize,
    /// Where what follows the title begins.
    pub(crate) body: usize,
    /// Where its own block ends: for items and `<details>`.
    pub(crate) end: Option<usize>,
    /// Where the item ends that it is the first heading of: what belongs to it may go on behind that, indented less.
    pub(crate) item_end: Option<usize>,
    /// The title as it is written.
    pub(crate) raw: String,
    /// The title as a reader sees it.
    pub(crate) title: String,
    /// Its line, from 1.
    pub(crate) line: usize,
    /// How far its body is indented at least.
    pub(crate) indent: usize,
    /// The number of its item in a numbered list.
    pub(crate) ordinal: Option<u32>,
}

/// Somewhere a link of GitHub's can lead to.
#[derive(Debug, Clone)]
pub(crate) struct Anchor {
    pub(crate) name: String,
    pub(crate) at: usize,
    /// The text of its heading; empty for `<a name>`.
    pub(crate) heading: String,
}

/// What was found in a list.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// By place.
    pub(crate) marks: Vec<Mark>,
    pub(crate) anchors: Vec<Anchor>,
    /// Reference definitions: label in lower case, address.
    pub(crate) definitions: HashMap<String, String>,
    /// Footnotes: label, place.
    pub(crate) footnotes: HashMap<String, Range<usize>>,
    /// Fences that hold lines like headings with numbers: the fence's place, the place of the first such line.
    pub(crate) swallowing: Vec<(usize, usize)>,
    /// Where a fence begins that nothing closes.
    pub(crate) unclosed: Option<usize>,
}

enum Container {
    List,
    Item { span: Range<usize>, blocks: usize },
    Other,
}

struct Scanner<'a> {
    text: &'a str,
    lines: LineCounter<'a>,
    outline: Outline,
    containers: Vec<Container>,
    details: details::Details,
    slugs: HashMap<String, usize>,
}

/// Reads the structure of `text`, a list in Markdown.
pub(crate) fn scan(text: &str) -> Outline {
    let mut scanner = Scanner {
        text,
        lines: LineCounter::new(text),
        outline: Outline::default(),
        containers: Vec::new(),
        details: details::Details::default(),
        slugs: HashMap::new(),
    };
    let parser = markdown::parse(text);
    for (label, definition) in parser.reference_definitions().iter() {
        scanner.outline.definitions.insert(label.to_lowercase(), definition.dest.to_string());
    }
    for (event, span) in parser {
        scanner.event(&event, span);
    }
    let mut outline = scanner.outline;
    outline.marks.sort_by_key(|mark| mark.start);
    outline
}

impl Scanner<'_> {
    fn event(&mut self, event: &Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(
                TagEnd::List(_)
                | TagEnd::Item
                | TagEnd::BlockQuote(_)
                | TagEnd::FootnoteDefinition
                | TagEnd::DefinitionList
                | TagEnd::Table,
            ) => drop(self.containers.pop()),
            Event::Html(html) | Event::InlineHtml(html) => self.html(html, span),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Range<usize>) {
        let is_first_in_item = self.enter_block();
        match tag {
            Tag::Heading { level, .. } => self.heading(*level as u8, &span, is_first_in_item),
            Tag::Paragraph if self.containers.is_empty() => self.paragraph(&span),
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => self.fence(&span),
            Tag::List(_) => self.containers.push(Container::List),
            Tag::Item => {
                if matches!(self.containers[..], [Container::List]) {
                    self.item(&span);
                }
                self.containers.push(Container::Item { span, blocks: 0 });
            }
            Tag::FootnoteDefinition(label) => {
                self.outline.footnotes.insert(label.to_string(), span);
                self.containers.push(Container::Other);
            }
            Tag::BlockQuote(_) | Tag::DefinitionList | Tag::Table(_) => self.containers.push(Container::Other),
            _ => {}
        }
    }

    /// Counts a block of the item that is open; the item if it is the first block of an item of a list of its own.
    fn enter_block(&mut self) -> Option<Range<usize>> {
        let is_outermost = self.containers.len() == 2;
        match self.containers.last_mut() {
            Some(Container::Item { span, blocks }) => {
                *blocks += 1;
                (*blocks == 1 && is_outermost).then(|| span.clone())
            }
            _ => None,
        }
    }

    fn heading(&mut self, level: u8, span: &Range<usize>, item: Option<Range<usize>>) {
        let raw = blocks::heading_text(&self.text[span.clone()]);
        let title = plain(&raw);
        self.anchor(&title, span.start);
        if !self.containers.is_empty() && item.is_none() {
            return;
        }
        let kind = if item.is_some() { Kind::ItemHeading(level) } else { Kind::Heading(level) };
        let start = self.line_start(item.as_ref().map_or(span.start, |item| item.start));
        let indent = item.as_ref().map_or(0, |_| blocks::width(&self.text[start..span.start]));
        let ordinal = item.as_ref().and_then(|item| blocks::ordinal(&self.text[item.start..span.start]));
        let item_end = item.map(|item| item.end);
        self.push(Mark { kind, start, body: span.end, end: None, item_end, raw, title, line: 0, indent, ordinal });
    }

    fn paragraph(&mut self, span: &Range<usize>) {
        let text = &self.text[span.clone()];
        let found = if let Some(bold) = blocks::bold(text) {
            Some((Kind::Bold, bold))
        } else {
            let line = blocks::first_line(text);
            // Words that begin with another letter begin with no number.
            let may_be = text.starts_with(|c: char| !c.is_ascii_alphabetic() || matches!(c, 'Q' | 'q'));
            let is_numbered = may_be && number::strip(&plain(&text[line.clone()])).is_some();
            is_numbered.then_some((Kind::Numbered, line))
        };
        if let Some((kind, title)) = found {
            let raw = text[title.clone()].to_string();
            let body = span.start + blocks::after_title(text, title.end);
            let start = self.line_start(span.start);
            let title = plain(&raw);
            self.push(Mark {
                kind,
                start,
                body,
                end: None,
                item_end: None,
                title,
                raw,
                line: 0,
                indent: 0,
                ordinal: None,
            });
        }
    }

    fn item(&mut self, span: &Range<usize>) {
        let text = &self.text[span.clone()];
        let Some((title, marker)) = blocks::item_title(text) else { return };
        let raw = text[title.clone()].to_string();
        let start = self.line_start(span.start);
        let indent = blocks::width(&self.text[start..span.start]) + marker;
        let body = span.start + blocks::after_title(text, title.end);
        let (end, ordinal, title) = (Some(span.end), blocks::ordinal(text), plain(&raw));
        self.push(Mark { kind: Kind::Item, start, body, end, item_end: end, title, raw, line: 0, indent, ordinal });
    }

    fn fence(&mut self, span: &Range<usize>) {
        let block = &self.text[span.clone()];
        let heading_at = block.match_indices("\n#").map(|(at, _)| at + 1).find(|at| {
            let line = blocks::first_line(&block[*at..]);
            let line = &block[*at..][line];
            let rest = line.trim_start_matches('#');
            let level = line.len() - rest.len();
            (2..=6).contains(&level) && rest.starts_with(' ') && number::strip(rest).is_some()
        });
        if let Some(at) = heading_at {
            self.outline.swallowing.push((span.start, span.start + at));
        }
        if !blocks::is_closed(block) {
            self.outline.unclosed = Some(span.start);
        }
    }

    fn html(&mut self, html: &str, span: Range<usize>) {
        for name in inline::names(html) {
            self.outline.anchors.push(Anchor { name, at: span.start, heading: String::new() });
        }
        if let Some(found) = self.details.read(html, span.start) {
            let raw = self.text.get(found.summary.clone()).unwrap_or_default().to_string();
            let title = plain(&raw);
            let (start, body, end) = (found.start, found.summary_end, Some(found.end));
            self.push(Mark {
                kind: Kind::Details,
                start,
                body,
                end,
                item_end: None,
                raw,
                title,
                line: 0,
                indent: 0,
                ordinal: None,
            });
        }
    }

    /// Where GitHub's link to a heading leads: the second of one name ends with `-1`.
    fn anchor(&mut self, title: &str, at: usize) {
        let slug = inline::github_slug(title);
        let count = self.slugs.entry(slug.clone()).or_default();
        let name = if *count == 0 { slug } else { format!("{slug}-{count}") };
        *count += 1;
        self.outline.anchors.push(Anchor { name, at, heading: title.to_string() });
    }

    fn push(&mut self, mut mark: Mark) {
        if !mark.title.is_empty() {
            mark.line = self.lines.line(mark.start);
            self.outline.marks.push(mark);
        }
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }
}

#[cfg(test)]
mod tests;
