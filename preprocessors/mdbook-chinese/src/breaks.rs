//! Soft line breaks: a browser draws a space for each, which Chinese doesn't have between 汉字.

use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

use crate::chars::{Class, class};
use crate::document::{Document, is_emphasis, is_emphasis_end, is_found_by_text};

/// A soft or hard line break.
#[derive(Debug, Clone)]
pub(crate) struct LineBreak {
    /// The index of its event.
    pub(crate) event: usize,
    /// From the last character of the line, without white space, to the first of the next, without `> ` or indentation.
    pub(crate) span: Range<usize>,
    /// What takes its place; `None` when it stays.
    pub(crate) join: Option<&'static str>,
}

/// How far to look for a character that tells whether `“` is Chinese.
const LOOK_AHEAD: usize = 4;

/// What is on one side of a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Neighbour {
    Char(char),
    /// Inline code or a formula within the line: set off by a space as a Latin word is.
    Inserted,
}

/// Every line break of `document`, and what becomes of it.
pub(crate) fn find(document: &Document<'_>) -> Vec<LineBreak> {
    let mut found = Vec::new();
    let mut fixed_depth = 0_usize;
    let mut open = Vec::new();
    for (index, (event, span)) in document.events().iter().enumerate() {
        match event {
            Event::Start(tag) => {
                // The text that finds a link must not change, and that of an image is only read aloud.
                let fixed = is_found_by_text(tag) || matches!(tag, Tag::Image { .. });
                fixed_depth += usize::from(fixed);
                open.push(fixed);
            }
            Event::End(_) => fixed_depth -= usize::from(open.pop().unwrap_or_default()),
            Event::SoftBreak | Event::HardBreak => {
                let Some(span) = removable(document, index, span) else { continue };
                let movable = matches!(event, Event::SoftBreak) && fixed_depth == 0;
                let join = if movable { replacement(document, index, &span) } else { None };
                found.push(LineBreak { event: index, span, join });
            }
            _ => {}
        }
    }
    found
}

/// What of the source lies between the two lines, when it is nothing but one line ending, white space and quote marks.
fn removable(document: &Document<'_>, index: usize, ending: &Range<usize>) -> Option<Range<usize>> {
    let source = document.source();
    let line = source.get(..ending.start)?.trim_end_matches([' ', '\t', '\n', '\r']);
    let (next, next_span) = document.events().get(index + 1)?;
    let mut end = if matches!(next, Event::End(_)) { return None } else { next_span.start };
    // The text of an escaped character begins after its backslash.
    if matches!(next, Event::Text(_)) && source.get(..end)?.ends_with('\\') {
        end -= 1;
    }
    let start = if matches!(document.events()[index].0, Event::SoftBreak) { line.len() } else { ending.start };
    let between = source.get(start..end)?;
    let breaks = between.replace("\r\n", "\n").matches(['\n', '\r']).count();
    let only_prefixes = between.chars().all(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '>' | '\\'));
    (breaks == 1 && only_prefixes).then_some(start..end)
}

/// What the soft break `index` becomes.
fn replacement(document: &Document<'_>, index: usize, span: &Range<usize>) -> Option<&'static str> {
    let source = document.source();
    // Between 汉字 `_` and a single `~` are no delimiters: only the break makes them emphasis.
    let (before, after) = (source.get(..span.start)?, source.get(span.end..)?);
    if before.ends_with('_')
        || after.starts_with('_')
        || before.ends_with('~') && !before.ends_with("~~")
        || after.starts_with('~') && !after.starts_with("~~")
        || document.is_frozen(span)
    {
        return None;
    }
    let left = neighbours(document, index, false);
    let right = neighbours(document, index, true);
    join(side(&left)?, side(&right)?)
}

/// The rule: 汉字 and full-width punctuation meet without a space, 汉字 and Latin with one.
fn join(left: Class, right: Class) -> Option<&'static str> {
    use Class::{FullWidth, Ideograph, Shared, Western};
    match (left, right) {
        (Ideograph | FullWidth, Ideograph | FullWidth | Shared)
        | (Shared, Ideograph | FullWidth)
        | (FullWidth, Western)
        | (Western, FullWidth) => Some(""),
        (Ideograph, Western) | (Western, Ideograph) => Some(" "),
        _ => None,
    }
}

/// The class of the nearest neighbour; `Shared` only when nothing tells whether it is Chinese.
fn side(neighbours: &[Neighbour]) -> Option<Class> {
    let class_of = |neighbour: &Neighbour| match neighbour {
        Neighbour::Char(c) => class(*c),
        Neighbour::Inserted => Class::Western,
    };
    let nearest = class_of(neighbours.first()?);
    if nearest != Class::Shared {
        return Some(nearest);
    }
    let inner = neighbours.iter().map(class_of).find(|class| *class != Class::Shared);
    Some(if matches!(inner, Some(Class::Ideograph | Class::FullWidth)) { Class::FullWidth } else { Class::Shared })
}

/// What is next to the break `index`, nearest first, through emphasis, links, footnote marks and tags that are part
/// of the text.
fn neighbours(document: &Document<'_>, index: usize, forward: bool) -> Vec<Neighbour> {
    // Delimiters that CommonMark refuses are text, but will be emphasis.
    let seen = |c: &char| !matches!(c, '*' | '~');
    let mut found = Vec::with_capacity(LOOK_AHEAD);
    let mut at = index;
    while found.len() < LOOK_AHEAD {
        let next = if forward { at.checked_add(1) } else { at.checked_sub(1) };
        let Some((event, span)) = next.and_then(|next| document.events().get(next)) else { break };
        at = next.unwrap_or(at);
        match event {
            Event::Start(tag) if is_emphasis(tag) || matches!(tag, Tag::Link { .. }) => {}
            Event::End(tag) if is_emphasis_end(*tag) || matches!(tag, TagEnd::Link) => {}
            Event::FootnoteReference(_) => {}
            Event::InlineHtml(html) if is_within_text(html) => {}
            // `“` is told by what follows it on the next line, which will be joined.
            Event::SoftBreak if !found.is_empty() => {}
            Event::Code(_) => found.push(Neighbour::Inserted),
            Event::Text(text) => {
                let edge = if forward { span.start } else { span.end.saturating_sub(1) };
                match document.formula_at(edge) {
                    // A display formula is a line of its own.
                    Some(formula) if formula.starts_with("$$") => break,
                    Some(_) => found.push(Neighbour::Inserted),
                    None if forward => found.extend(text.chars().filter(seen).take(LOOK_AHEAD).map(Neighbour::Char)),
                    None => found.extend(text.chars().rev().filter(seen).take(LOOK_AHEAD).map(Neighbour::Char)),
                }
            }
            _ => break,
        }
    }
    found
}

/// Whether `html` is the tag of an element that only marks text, or a remark: what is behind it is what a reader sees next.
fn is_within_text(html: &str) -> bool {
    const ELEMENTS: [&str; 26] = [
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark",
        "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var",
    ];
    let name = html.trim_start_matches('<').trim_start_matches('/');
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    html.starts_with("<!--") || ELEMENTS.iter().any(|element| name.eq_ignore_ascii_case(element))
}
