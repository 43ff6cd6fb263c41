//! Dollars: those of formulas stay, others are escaped.
//!
//! mdbook-katex takes whatever is between two dollars for a formula, also across paragraphs and also a price.

use pulldown_cmark::{Event, Tag};
use qabook_support::markdown::Parsed;
use qabook_support::splice::Splice;
use std::ops::Range;

use super::{Pass, excerpt};
use crate::lined::Lined;
use crate::told::Told;

/// `text` with every dollar escaped that is no delimiter of a formula.
pub(super) fn escape(text: &Lined, pass: &mut Pass<'_>) -> Lined {
    if !text.text.contains('$') {
        return text.clone();
    }
    let Foreign { code, html } = foreign(&text.text);
    let dollars: Vec<usize> = text.text.match_indices('$').map(|(at, _)| at).filter(|at| !is_in(&code, *at)).collect();
    let mut splices = Vec::new();
    let mut next = 0;
    for at in dollars {
        if at < next || is_escaped(&text.text, at) {
            continue;
        }
        if let Some(end) = formula(&text.text, at, &code, pass) {
            next = end;
            continue;
        }
        pass.notes.add(Told::Dollar, text.line(at), excerpt(text.text[at..].lines().next().unwrap_or_default()));
        let escaped = if is_in(&html, at) { "&#36;" } else { "\\$" };
        splices.push(Splice { span: at..at + 1, text: escaped.into() });
    }
    text.spliced(splices)
}

/// Where the formula ends that begins at `at`.
fn formula(text: &str, at: usize, code: &[Range<usize>], pass: &Pass<'_>) -> Option<usize> {
    let is_display = text[at..].starts_with("$$");
    let delimiter = if is_display { "$$" } else { "$" };
    let start = at + delimiter.len();
    let length = text[start..]
        .match_indices(delimiter)
        .map(|(length, _)| length)
        .find(|length| !is_escaped(text, start + length))?;
    let end = start + length + delimiter.len();
    let tex = &text[start..start + length];
    let crosses_code = code.iter().any(|span| span.start < end && at < span.end);
    if crosses_code || tex.trim().is_empty() || tex.contains("\n\n") {
        return None;
    }
    let has_marks = tex.contains(['\\', '^', '_', '=', '+', '<', '>', '/'])
        || tex.chars().filter(|c| c.is_alphanumeric()).count() <= 3;
    // As in pandoc: a price has a space behind the second dollar's left, or a digit on its right; and what begins with the second
    // is a variable: `$_GET,$_POST`, `${A}/${B}`.
    let is_tight = !tex.starts_with(char::is_whitespace) && !tex.ends_with(char::is_whitespace);
    let follows = text[end..].chars().next();
    let is_inline = is_tight && has_marks && !tex.contains('\n') && !follows.is_some_and(begins_a_name);
    ((is_display || is_inline) && pass.context.drawing.formula(tex.trim(), is_display)).then_some(end)
}

fn begins_a_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '{' | '(')
}

/// Whether an odd number of backslashes is in front of `at`.
fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

struct Foreign {
    /// Code between backticks, which KaTeX leaves alone.
    code: Vec<Range<usize>>,
    /// HTML, in which a backslash escapes nothing.
    html: Vec<Range<usize>>,
}

fn foreign(text: &str) -> Foreign {
    let mut found = Foreign { code: Vec::new(), html: Vec::new() };
    for (event, span) in Parsed::new(text).into_events() {
        match event {
            Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => found.code.push(span),
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => found.html.push(span),
            _ => {}
        }
    }
    found
}

/// Whether `at` is in one of `spans`, which are in order.
fn is_in(spans: &[Range<usize>], at: usize) -> bool {
    let index = spans.partition_point(|span| span.end <= at);
    spans.get(index).is_some_and(|span| span.contains(&at))
}
