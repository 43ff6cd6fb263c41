//! Titles for alerts in the book's language (`> [!NOTE]`).
//!
//! mdBook 0.5 writes the English titles into the page and offers no setting. So for HTML the quote becomes what mdBook
//! would have made of it, `<blockquote class="blockquote-tag blockquote-tag-note">` with its title, as raw HTML around
//! its content, which stays Markdown without the quote marks. Other renderers get the quote as it is: it is plain
//! Markdown to those that don't know alerts.
//!
//! The tags come after a comment: a block of HTML that begins with one ends on the same line (CommonMark 0.31 §4.6),
//! so that no blank lines are needed and the lines keep their numbers.

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};
use qabook_support::splice::{self, Splice};
use qabook_support::{Diagnostics, Templates};
use qabook_words::Words;
use serde::Serialize;
use std::ops::Range;

use crate::check::{Intent, outline};
use crate::document::Document;

/// The template of an alert's head.
pub(crate) const TEMPLATE: (&str, &str) = ("alert.html", include_str!("../templates/alert.html"));

const CLOSE: &str = "<!-- --></blockquote>";

/// What the template sees.
#[derive(Serialize)]
struct Model<'a> {
    kind: &'static str,
    title: &'a str,
}

/// What alerts become.
pub(crate) struct Alerts {
    pub(crate) templates: Templates,
    pub(crate) words: Words,
}

impl Alerts {
    /// The head of an alert of the `kind`, on one line.
    fn head(&self, kind: BlockQuoteKind) -> Result<String, Diagnostics> {
        let kind = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let title = self.words.text(&format!("alerts.{kind}"));
        self.templates.render(TEMPLATE.0, &Model { kind, title })
    }
}

/// An alert in a parsed chapter.
struct Alert {
    kind: BlockQuoteKind,
    event: usize,
    span: Range<usize>,
    /// How many quotes it is in.
    depth: usize,
}

/// The chapter `original` with its alerts replaced by HTML; one whose content would change its meaning without the quote
/// stays. `None` when nothing changes.
///
/// # Errors
/// A template of the user's that can't be rendered.
pub(crate) fn replace(original: &Document<'_>, alerts: &Alerts) -> Result<Option<Document<'static>>, Diagnostics> {
    let mut done: Option<Document<'static>> = None;
    let mut kept = 0;
    // From the last to the first, so that those inside others come first.
    loop {
        let document = done.as_ref().unwrap_or(original);
        let Some(alert) = alerts_of(document).into_iter().rev().nth(kept) else { return Ok(done) };
        let open = alerts.head(alert.kind)?;
        let open = splice::html_block(&format!("<!-- -->{open}"), "");
        let expected = [true, false].map(|paragraphs| expected(document, &alert, &open, paragraphs));
        let candidates = [true, false]
            .into_iter()
            .filter_map(|in_blank_line| converted(document.source(), &alert, &open, in_blank_line));
        match candidates
            .map(|text| Document::parse(text, document.dollars))
            .find(|candidate| expected.contains(&whole(candidate)))
        {
            Some(converted) => done = Some(converted),
            None => kept += 1,
        }
    }
}

fn alerts_of(document: &Document<'_>) -> Vec<Alert> {
    let mut depth = 0_usize;
    let mut found = Vec::new();
    for (index, (event, span)) in document.events().iter().enumerate() {
        match event {
            Event::Start(Tag::BlockQuote(kind)) => {
                found.extend(kind.map(|kind| Alert { kind, event: index, span: span.clone(), depth }));
                depth += 1;
            }
            Event::End(TagEnd::BlockQuote(_)) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}

/// The chapter with `alert` replaced; the closing tag takes the place of the blank line below, or gets a line of its own.
fn converted(text: &str, alert: &Alert, open: &str, in_blank_line: bool) -> Option<String> {
    let prefix = splice::indentation(text, alert.span.start);
    let body_end = alert.span.start + text[alert.span.clone()].trim_end().len();
    let line_end = |at: usize| text[at..].find('\n').map_or(text.len(), |newline| at + newline);

    let first_end = line_end(alert.span.start);
    let ending = if text[..first_end].ends_with('\r') { "\r" } else { "" };
    let mut splices = vec![Splice { span: alert.span.start..first_end, text: format!("{open}{ending}") }];
    let mut at = first_end + 1;
    while at < body_end {
        splices.extend(quote_mark(text, at, alert.depth).map(|span| Splice { span, text: String::new() }));
        at = line_end(at) + 1;
    }
    let last = line_end(body_end);
    if in_blank_line {
        let blank = text.get(last + 1..).map(|_| last + 1..line_end(last + 1))?;
        let is_blank = text[blank.clone()].chars().all(|c| c.is_whitespace() || c == '>');
        // At the end of the text nothing follows that the line could be taken from.
        (is_blank && blank.end < text.len()).then_some(())?;
        let ending = if text[blank.clone()].ends_with('\r') { "\r" } else { "" };
        splices.push(Splice { span: blank, text: format!("{prefix}{CLOSE}{ending}") });
    } else {
        let carriage = text[..last].ends_with('\r');
        let (at, newline) = if carriage { (last - 1, "\r\n") } else { (last, "\n") };
        // With an empty body the head's line is the last.
        let at = if at < first_end { first_end } else { at };
        splices.push(Splice { span: at..at, text: format!("{newline}{prefix}{CLOSE}") });
    }
    Some(splice::apply(text, splices))
}

/// The mark of the quote at `depth` on the line that begins at `start`, with the space that belongs to it.
fn quote_mark(text: &str, start: usize, depth: usize) -> Option<Range<usize>> {
    let mut marks = 0;
    for (index, c) in text[start..].char_indices() {
        match c {
            '>' if marks == depth => {
                let end = start + index + 1;
                return Some(start + index..end + usize::from(text[end..].starts_with(' ')));
            }
            '>' => marks += 1,
            ' ' | '\t' => {}
            _ => return None,
        }
    }
    None
}

/// What the whole chapter should say once `alert` is HTML.
///
/// Without a quote around it, a paragraph of an item in a tight list is no paragraph any more; `paragraphs` tells whether
/// the alert's own paragraphs still are.
fn expected(document: &Document<'_>, alert: &Alert, open: &str, paragraphs: bool) -> String {
    let html = |html: &str| {
        let html = Event::Html(html.to_string().into());
        [Event::Start(Tag::HtmlBlock), html, Event::End(TagEnd::HtmlBlock)].map(|event| (event, 0..0))
    };
    let mut events = document.events()[..alert.event].to_vec();
    events.extend(html(open));
    let mut rest = document.events()[alert.event + 1..].iter().cloned();
    let mut depth = 0_usize;
    for (event, span) in rest.by_ref() {
        let own = match &event {
            Event::Start(_) => {
                depth += 1;
                depth == 1
            }
            Event::End(_) if depth == 0 => break,
            Event::End(_) => {
                depth -= 1;
                depth == 0
            }
            _ => false,
        };
        let is_paragraph = matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph));
        if paragraphs || !own || !is_paragraph {
            events.push((event, span));
        }
    }
    events.extend(html(CLOSE));
    events.extend(rest);
    whole(&document.with_events(events))
}

fn whole(document: &Document<'_>) -> String {
    comparable(&outline(document, &Intent::default()))
}

/// Line endings around HTML mean nothing, nor does it matter where one block of HTML ends and the next begins.
fn comparable(outline: &[String]) -> String {
    let text = outline.concat().split(['\n', '\r']).collect::<Vec<_>>().join("\n").replace("\n\u{1}", "\u{1}");
    text.replace("\u{1}/HtmlBlock\u{1}HtmlBlock \u{1}", "\n")
}
