//! Formulas in Markdown: what is between dollars.

use pulldown_cmark::{Event, Tag};
use std::borrow::Cow;
use std::ops::Range;

use crate::markdown::Parsed;

/// A chapter that was parsed with its formulas blotted out by dollars, byte for byte: mdbook-katex replaces them by HTML
/// before Markdown is parsed, so that asterisks, pipes and line breaks inside a formula mean nothing.
#[derive(Debug, Clone)]
pub struct Masked<'a> {
    /// The chapter as it came.
    pub source: Cow<'a, str>,
    /// What was parsed; `None` when it is `source`. All offsets are the same in both.
    blotted: Option<String>,
    /// The parser's events with their byte spans, in order.
    pub events: Vec<(Event<'static>, Range<usize>)>,
    /// The formulas that are blotted out, with their dollars.
    pub formulas: Vec<Range<usize>>,
    /// What looks like a formula and reaches into code or HTML: its dollars are a mistake.
    pub refused: Vec<Range<usize>>,
    /// The code and HTML of a chapter with formulas.
    pub foreign: Vec<Range<usize>>,
    /// Whether formulas may hide code or HTML, so that `source` has others than were found without them.
    pub is_doubtful: bool,
}

impl<'a> Masked<'a> {
    /// Parses `source`: once, unless a formula of it looks as if it held code or HTML.
    #[must_use]
    pub fn new(source: impl Into<Cow<'a, str>>) -> Self {
        let source = source.into();
        let formulas = formulas(&source);
        let (blotted, events) = parsed_without(&source, &formulas);
        let mut masked =
            Self { source, blotted, events, formulas, refused: Vec::new(), foreign: Vec::new(), is_doubtful: false };
        if !masked.formulas.is_empty() {
            masked.settle();
        }
        masked
    }

    /// Tells formulas from dollars that are a mistake.
    fn settle(&mut self) {
        let foreign = foreign(&self.events);
        let is_plain = |formula: &Range<usize>| {
            is_plain(&self.source[formula.clone()]) && !foreign.iter().any(|part| part.overlaps(formula))
        };
        if self.formulas.iter().all(is_plain) {
            self.foreign = foreign.into_iter().map(|part| part.span).collect();
            return;
        }
        self.is_doubtful = true;
        let foreign = self::foreign(Parsed::new(&self.source).events());
        let is_refused = |formula: &Range<usize>| foreign.iter().any(|part| part.touches(formula));
        let (refused, formulas) = std::mem::take(&mut self.formulas).into_iter().partition::<Vec<_>, _>(is_refused);
        if !refused.is_empty() {
            (self.blotted, self.events) = parsed_without(&self.source, &formulas);
        }
        self.foreign = foreign.into_iter().map(|part| part.span).collect();
        (self.refused, self.formulas) = (refused, formulas);
    }

    /// The chapter without its formulas: what `events` were found in.
    #[must_use]
    pub fn text(&self) -> &str {
        self.blotted.as_deref().unwrap_or(&self.source)
    }

    /// The TeX of a formula, without dollars, and whether these are doubled.
    #[must_use]
    pub fn tex(&self, formula: &Range<usize>) -> (&str, bool) {
        let whole = &self.source[formula.clone()];
        match whole.strip_prefix("$$").and_then(|rest| rest.strip_suffix("$$")) {
            Some(tex) => (tex.trim(), true),
            None => (whole.trim_matches('$').trim(), false),
        }
    }

    /// The formulas inside `span`.
    #[must_use]
    pub fn inside(&self, span: &Range<usize>) -> &[Range<usize>] {
        let first = self.formulas.partition_point(|formula| formula.start < span.start);
        let last = self.formulas.partition_point(|formula| formula.end <= span.end);
        &self.formulas[first..last.max(first)]
    }
}

/// `text` with its formulas, dollars included, blotted out by as many dollars: every other byte is where it was.
///
/// A formula that would swallow code stays: its dollars are a mistake.
#[must_use]
pub fn without_formulas(text: &str) -> Cow<'_, str> {
    let blotted = if text.contains('$') { Masked::new(text).blotted } else { None };
    blotted.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// `source` with `formulas` blotted out, if there are any, and its events.
fn parsed_without(source: &str, formulas: &[Range<usize>]) -> (Option<String>, Vec<(Event<'static>, Range<usize>)>) {
    let mut bytes = source.as_bytes().to_vec();
    for formula in formulas {
        bytes[formula.clone()].fill(b'$');
    }
    // Whole characters were replaced, so this is still UTF-8.
    let blotted = String::from_utf8(bytes).ok().filter(|_| !formulas.is_empty());
    let events = Parsed::new(blotted.as_deref().unwrap_or(source)).into_events().into_iter();
    let events = events.map(|(event, span)| (event.into_static(), span)).collect();
    (blotted, events)
}

/// Whether `formula` begins and ends no code, HTML or table cell: Markdown finds the same of these without it.
fn is_plain(formula: &str) -> bool {
    let is_tag = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
    !formula.contains(['`', '>', '|', '\n', '\r']) && !formula.split('<').skip(1).any(is_tag)
}

/// A stretch of code or HTML.
struct Foreign {
    span: Range<usize>,
    is_tag: bool,
}

impl Foreign {
    fn overlaps(&self, formula: &Range<usize>) -> bool {
        formula.start < self.span.end && self.span.start < formula.end
    }

    /// Whether `formula` reaches into it; what looks like a tag inside a formula, such as `Vec<T>`, is none.
    fn touches(&self, formula: &Range<usize>) -> bool {
        let inside = formula.start <= self.span.start && self.span.end <= formula.end;
        self.overlaps(formula) && !(self.is_tag && inside)
    }
}

fn foreign(events: &[(Event<'_>, Range<usize>)]) -> Vec<Foreign> {
    let foreign = |(event, span): &(Event<'_>, Range<usize>)| {
        let is_tag = matches!(event, Event::InlineHtml(_));
        let is_block = matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) | Event::Code(_));
        (is_tag || is_block).then(|| Foreign { span: span.clone(), is_tag })
    };
    events.iter().filter_map(foreign).collect()
}

/// The formulas of `text` as mdbook-katex 0.10 scans for them, dollars included.
///
/// It knows backslashes and runs of backticks, but no other Markdown, and gives up at the first thing that isn't closed.
#[must_use]
pub fn formulas(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b'\\' => at + 2,
            b'`' => match after_code(bytes, at) {
                Some(end) => end,
                None => break,
            },
            b'$' => match after_formula(text, at) {
                Some(end) => {
                    found.push(at..end);
                    end
                }
                None => break,
            },
            _ => at + 1,
        };
    }
    found
}

/// Where the code that opens at `start` ends: after the next run of exactly as many backticks.
fn after_code(bytes: &[u8], start: usize) -> Option<usize> {
    let run = |at: usize| bytes[at..].iter().take_while(|byte| **byte == b'`').count();
    let ticks = run(start);
    let mut at = start + ticks;
    while at < bytes.len() {
        match run(at) {
            0 => at += 1,
            // It looks for the first run that is long enough, and goes on after a longer one.
            closing if closing == ticks => return Some(at + ticks),
            closing => at += closing,
        }
    }
    None
}

/// Where the formula that opens at `start` ends: after the next delimiter without a backslash in front.
fn after_formula(text: &str, start: usize) -> Option<usize> {
    let delimiter = if text[start..].starts_with("$$") { "$$" } else { "$" };
    let mut at = start + delimiter.len();
    loop {
        at += text[at..].find(delimiter)?;
        let backslashes = text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
        at += delimiter.len();
        if backslashes % 2 == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        formulas(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn formulas_are_found_as_mdbook_katex_does() {
        assert_eq!(found("甲 $x$ 乙 $$\ny\n$$ 丙"), ["$x$", "$$\ny\n$$"]);
        assert_eq!(found(r"价 \$5 与 \$6，$a\$b$"), [r"$a\$b$"]);
        assert_eq!(found("`$a$` ``$b`$`` $c$"), ["$c$"]);
        assert_eq!(found("```\n$a$\n```\n$b$"), ["$b$"]);
        assert_eq!(found("$a$ ` $b$"), ["$a$"], "an open backtick ends the scan");
        assert_eq!(found("$a$ $b"), ["$a$"]);
        assert_eq!(found("价格 $5 与 $6"), ["$5 与 $"]);
        assert_eq!(found("\\汉$a$"), ["$a$"]);
    }
    #[test]
    fn a_formula_may_hold_what_looks_like_a_tag() {
        let masked = Masked::new(r"甲 $\texttt{Vec<T>}$ 乙");
        assert_eq!(masked.formulas.len(), 1);
        assert_eq!(masked.tex(&masked.formulas[0]), (r"\texttt{Vec<T>}", false));
    }

    #[test]
    fn a_formula_that_reaches_into_code_is_refused() {
        for text in ["价 $5，`echo $HOME`", "价 $5\n\n```sh\necho $HOME\n```\n", "<div>\n$x$\n</div>\n"] {
            let masked = Masked::new(text);
            assert_eq!((masked.formulas.len(), masked.refused.len()), (0, 1), "{text}");
            assert_eq!(masked.text(), text);
        }
    }

    #[test]
    fn a_text_without_formulas_has_the_same_length() {
        assert_eq!(without_formulas("甲 $汉*$ 乙"), "甲 $$$$$$ 乙");
        assert_eq!(without_formulas("*甲 $a*b\nc$"), "*甲 $$$$$$$");
    }
}
