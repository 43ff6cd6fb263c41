//! Proof that a rewritten chapter says what was meant, no more and no less.
//!
//! Markdown has many corners: a joined line may complete the name of a link, a blank line may loosen a list. Instead of
//! knowing them all, what the change should lead to is written down, the result is parsed again, and the two are compared
//! per top-level block.

use pulldown_cmark::{CodeBlockKind, Event, Tag};
use std::collections::HashMap;

use crate::document::{Document, is_emphasis, is_emphasis_end};
use crate::emphasis::{self, Repair};

/// What the changes should lead to.
#[derive(Default)]
pub(crate) struct Intent<'a> {
    /// By the event of a soft break: what takes its place.
    pub(crate) joins: HashMap<usize, &'static str>,
    /// By the event of a heading: its id.
    pub(crate) ids: HashMap<usize, String>,
    /// The emphasis.
    pub(crate) repair: Option<&'a Repair>,
}

/// What each top-level block of `document` says after the changes of `intent`.
pub(crate) fn outline(document: &Document<'_>, intent: &Intent<'_>) -> Vec<String> {
    let mut outline = vec![String::new(); document.blocks.len()];
    let mut open = Vec::new();
    for (index, (event, span)) in document.events().iter().enumerate() {
        let Some(out) = outline.get_mut(document.block_at(span.start)) else { continue };
        let changed = intent.repair.filter(|repair| repair.events.contains(&index));
        match event {
            Event::Start(tag) if is_emphasis(tag) => {
                let ends = emphasis::ends_of(tag, span, document.source().as_bytes());
                match (changed, &ends) {
                    (Some(repair), Some((start, _))) => {
                        push_delimited(out, &document.source()[start.clone()], start.start, repair);
                    }
                    _ => out.push_str(emphasis::tags_of(tag).0),
                }
                open.push((ends.map(|(_, end)| end), emphasis::tags_of(tag).1));
            }
            Event::End(tag) if is_emphasis_end(*tag) => {
                let Some((end, closing)) = open.pop() else { continue };
                match (changed, end) {
                    (Some(repair), Some(end)) => {
                        push_delimited(out, &document.source()[end.clone()], end.start, repair);
                    }
                    _ => out.push_str(closing),
                }
            }
            Event::Text(text) => match (changed, document.verbatim(index)) {
                (Some(repair), Some(_)) => push_delimited(out, text, span.start, repair),
                _ => out.push_str(text),
            },
            Event::SoftBreak => out.push_str(intent.joins.get(&index).unwrap_or(&"\n")),
            Event::Start(tag) => push_start(out, tag, intent.ids.get(&index)),
            Event::End(tag) => out.push_str(&format!("\u{1}/{tag:?}")),
            Event::Html(html) => out.push_str(html),
            other => out.push_str(&format!("\u{1}{}", describe(other))),
        }
    }
    outline
}

/// Writes `text` with tags in the place of its delimiters.
fn push_delimited(out: &mut String, text: &str, start: usize, repair: &Repair) {
    for (index, c) in text.char_indices() {
        match repair.delimiters.get(&(start + index)) {
            Some(tag) => out.push_str(tag),
            None => out.push(c),
        }
    }
}

fn push_start(out: &mut String, tag: &Tag<'_>, given: Option<&String>) {
    let detail = match tag {
        Tag::Heading { id, classes, attrs, .. } => {
            let id = given.map(String::as_str).or(id.as_deref()).unwrap_or_default();
            let attributes =
                attrs.iter().map(|(name, value)| format!("{name}={}", value.as_deref().unwrap_or_default()));
            format!("{id} {} {}", classes.join(" "), attributes.collect::<Vec<_>>().join(" "))
        }
        Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. } => format!("{dest_url} {title}"),
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => info.to_string(),
        Tag::FootnoteDefinition(name) => name.to_string(),
        Tag::List(start) => format!("{start:?}"),
        _ => String::new(),
    };
    out.push_str(&format!("\u{1}{:?} {detail}\u{1}", tag.to_end()));
}

fn describe(event: &Event<'_>) -> String {
    match event {
        Event::Code(text) => format!("code {text}"),
        Event::InlineHtml(html) => format!("html {html}"),
        Event::FootnoteReference(name) => format!("footnote {name}"),
        Event::TaskListMarker(done) => format!("task {done}"),
        Event::HardBreak => "br".into(),
        _ => "other".into(),
    }
}
