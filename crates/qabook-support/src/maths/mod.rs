//! Formulas in Markdown: what is between dollars.

mod scan;

use pulldown_cmark::{Event, Tag};
use std::borrow::Cow;
use std::ops::Range;

use crate::markdown::Parsed;
pub use scan::{Dollars, formulas};

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
    /// Parses `source`, where `dollars` mean this: once, unless a formula of it looks as if it held code or HTML.
    #[must_use]
    pub fn new(source: impl Into<Cow<'a, str>>, dollars: Dollars) -> Self {
        let source = source.into();
        let formulas = formulas(&source, dollars);
        let (blotted, events) = parsed_without(&source, &formulas);
        let mut masked =
            Self { source, blotted, events, formulas, refused: Vec::new(), foreign: Vec::new(), is_doubtful: false };
        if !masked.formulas.is_empty() {
            masked.settle(dollars);
        }
        masked
    }

    /// Tells formulas from dollars that are a mistake.
    fn settle(&mut self, dollars: Dollars) {
        let foreign = foreign(&self.events);
        let parts = foreign_of_each(&self.formulas, &foreign);
        let is_plain = |(formula, parts): (&Range<usize>, Range<usize>)| {
            is_plain(&self.source[formula.clone()]) && !foreign[parts].iter().any(|part| part.overlaps(formula))
        };
        if self.formulas.iter().zip(parts).all(is_plain) {
            self.foreign = foreign.into_iter().map(|part| part.span).collect();
            return;
        }
        self.is_doubtful = true;
        let foreign = self::foreign(Parsed::new(&self.source).events());
        let found = foreign_of_each(&self.formulas, &foreign);
        let (mut refused, mut formulas) = (Vec::new(), Vec::new());
        let count = self.formulas.len();
        for (formula, parts) in std::mem::take(&mut self.formulas).into_iter().zip(found) {
            let parts = foreign[parts].iter().filter(|part| part.touches(&formula));
            match parts.map(|part| part.kind).min() {
                None => formulas.push(formula),
                // To the careful, a dollar of code is code's.
                Some(Kind::Code) if dollars == Dollars::Formulas => {}
                Some(_) => refused.push(formula),
            }
        }
        if formulas.len() < count {
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

    /// The TeX of a formula, without dollars and the marks of a quotation, and whether the dollars are doubled.
    #[must_use]
    pub fn tex(&self, formula: &Range<usize>) -> (Cow<'_, str>, bool) {
        let whole = &self.source[formula.clone()];
        let (tex, display) = match whole.strip_prefix("$$").and_then(|rest| rest.strip_suffix("$$")) {
            Some(tex) => (tex, true),
            None => (whole.get(1..whole.len() - 1).unwrap_or_default(), false),
        };
        let tex = match without_quote_marks(&self.source[..formula.start], tex) {
            Cow::Borrowed(tex) => Cow::Borrowed(tex.trim()),
            Cow::Owned(tex) => Cow::Owned(tex.trim().to_string()),
        };
        (tex, display)
    }

    /// The formulas that a page can draw: of those in HTML, too, but for code and what is to be shown or run as it is.
    #[must_use]
    pub fn drawn(&self) -> Vec<Range<usize>> {
        let is_raw = |span: &Range<usize>| {
            self.foreign.iter().filter(|part| part.start < span.end && span.start < part.end).any(|part| {
                let html = self.source[part.clone()].to_ascii_lowercase();
                ["<pre", "<code", "<script", "<style", "<textarea", "<!--"].iter().any(|tag| html.contains(tag))
            })
        };
        let refused = self.refused.iter().filter(|span| !is_raw(span));
        let mut drawn: Vec<_> = self.formulas.iter().chain(refused).cloned().collect();
        drawn.sort_by_key(|span| span.start);
        drawn
    }

    /// The formulas inside `span`.
    #[must_use]
    pub fn inside(&self, span: &Range<usize>) -> &[Range<usize>] {
        let first = self.formulas.partition_point(|formula| formula.start < span.start);
        let last = self.formulas.partition_point(|formula| formula.end <= span.end);
        &self.formulas[first..last.max(first)]
    }
}

/// `tex`, a formula behind `before`, without the quotation marks (`>`) of its lines: as many as its first line has.
#[must_use]
pub fn without_quote_marks<'a>(before: &str, tex: &'a str) -> Cow<'a, str> {
    let depth = if tex.contains('\n') { quote_depth(before.rsplit('\n').next().unwrap_or_default()) } else { 0 };
    if depth == 0 {
        return Cow::Borrowed(tex);
    }
    let mut lines = tex.split('\n');
    let mut out = lines.next().unwrap_or_default().to_string();
    for line in lines {
        out.push('\n');
        out.push_str(after_quote_marks(line, depth));
    }
    Cow::Owned(out)
}

/// In how many quotations a line is that begins with `start`; lists may be around and between them.
fn quote_depth(start: &str) -> usize {
    let (mut rest, mut depth) = (start, 0);
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        let item = rest.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(['.', ')', '-', '*', '+']);
        match (rest.strip_prefix('>'), item.filter(|after| after.starts_with(' '))) {
            (Some(after), _) => (rest, depth) = (after, depth + 1),
            (None, Some(after)) => rest = after,
            (None, None) => return depth,
        }
    }
}

/// `line` behind at most `depth` marks of quotations.
fn after_quote_marks(line: &str, depth: usize) -> &str {
    let mut rest = line;
    for _ in 0..depth {
        match rest.trim_start_matches([' ', '\t']).strip_prefix('>') {
            Some(after) => rest = after,
            None => break,
        }
    }
    rest
}

/// `text` with its formulas, dollars included, blotted out by as many dollars: every other byte is where it was.
///
/// A formula that would swallow code stays: its dollars are a mistake.
#[must_use]
pub fn without_formulas(text: &str, dollars: Dollars) -> Cow<'_, str> {
    let blotted = if text.contains('$') { Masked::new(text, dollars).blotted } else { None };
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
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Code,
    Html,
    Tag,
}

impl Foreign {
    fn overlaps(&self, formula: &Range<usize>) -> bool {
        formula.start < self.span.end && self.span.start < formula.end
    }

    /// Whether `formula` reaches into it; what looks like a tag inside a formula, such as `Vec<T>`, is none.
    fn touches(&self, formula: &Range<usize>) -> bool {
        let inside = formula.start <= self.span.start && self.span.end <= formula.end;
        self.overlaps(formula) && !(self.kind == Kind::Tag && inside)
    }
}

fn foreign(events: &[(Event<'_>, Range<usize>)]) -> Vec<Foreign> {
    let foreign = |(event, span): &(Event<'_>, Range<usize>)| {
        let kind = match event {
            Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => Kind::Code,
            Event::Start(Tag::HtmlBlock) => Kind::Html,
            Event::InlineHtml(_) => Kind::Tag,
            _ => return None,
        };
        Some(Foreign { span: span.clone(), kind })
    };
    events.iter().filter_map(foreign).collect()
}

/// For each of `formulas` which of `foreign` may overlap it; both are in order and none of a list overlaps another of it.
fn foreign_of_each(formulas: &[Range<usize>], foreign: &[Foreign]) -> Vec<Range<usize>> {
    let parts = |formula: &Range<usize>| {
        let first = foreign.partition_point(|part| part.span.end <= formula.start);
        let last = foreign.partition_point(|part| part.span.start < formula.end);
        first..last.max(first)
    };
    formulas.iter().map(parts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_may_hold_what_looks_like_a_tag() {
        let masked = Masked::new(r"甲 $\texttt{Vec<T>}$ 乙", Dollars::All);
        assert_eq!(masked.formulas.len(), 1);
        assert_eq!(masked.tex(&masked.formulas[0]), (r"\texttt{Vec<T>}".into(), false));
    }

    #[test]
    fn a_formula_that_reaches_into_code_is_refused() {
        for text in ["价 $5，`echo $HOME`", "价 $5\n\n```sh\necho $HOME\n```\n", "<div>\n$x$\n</div>\n"] {
            let masked = Masked::new(text, Dollars::All);
            assert_eq!((masked.formulas.len(), masked.refused.len()), (0, 1), "{text}");
            assert_eq!(masked.text(), text);
        }
    }

    #[test]
    fn a_text_without_formulas_has_the_same_length() {
        assert_eq!(without_formulas("甲 $汉*$ 乙", Dollars::All), "甲 $$$$$$ 乙");
        assert_eq!(without_formulas("*甲 $a*b\nc$", Dollars::All), "*甲 $$$$$$$");
    }

    #[test]
    fn without_formulas_a_dollar_is_text() {
        let masked = Masked::new("设 $A 与 $B", Dollars::Text);
        assert_eq!((masked.formulas.len(), masked.refused.len(), masked.text()), (0, 0, "设 $A 与 $B"));
    }

    #[test]
    fn dollars_of_code_are_no_mistake_to_the_careful() {
        let masked = Masked::new("~~~sh\na=$(x)\n~~~\n\n    $y$\n\n<p>$z$</p>\n", Dollars::Formulas);
        assert_eq!((masked.formulas.len(), masked.refused.len()), (0, 1), "only HTML is none of a document's");
        assert_eq!(masked.drawn().len(), 1);
        let masked = Masked::new("<pre>\n$z$\n</pre>\n\n$x$\n", Dollars::Formulas);
        assert_eq!(masked.drawn(), [std::ops::Range { start: 18, end: 21 }]);
    }

    #[test]
    fn a_formula_in_a_quotation_has_no_quote_marks() {
        for (text, tex) in [
            ("> $$\n> a\n> > b\n> $$", "a\n > b"),
            ("> > $$\n> > a\n>> b\n$$", "a\n b"),
            ("$$\na\n> b\n$$", "a\n> b"),
            ("> 设 $a\n> b$", "a\n b"),
            ("1. > - $$\n   >   a\n   >   $$", "a"),
            (r"$\$$", r"\$"),
        ] {
            let masked = Masked::new(text, Dollars::All);
            assert_eq!(masked.tex(&masked.formulas[0]).0, tex, "{text}");
        }
    }
}
