//! Formulas out of Markdown's sight.
//!
//! mdbook-katex replaces formulas by HTML before Markdown is parsed. So that asterisks, pipes and line breaks inside a
//! formula mean nothing here either, a chapter is parsed with its formulas blotted out, byte for byte.

use pulldown_cmark::{Event, Tag};
use qabook_support::markdown::Parsed;
use qabook_support::maths;
use std::borrow::Cow;
use std::ops::Range;

#[derive(Debug)]
pub(super) struct Masked<'a> {
    source: &'a str,
    /// What to parse.
    pub(super) text: Cow<'a, str>,
    /// The formulas that are blotted out, with their dollars.
    pub(super) formulas: Vec<Range<usize>>,
    /// What looks like a formula and reaches into code or HTML.
    pub(super) refused: Vec<Range<usize>>,
}

impl<'a> Masked<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let found = maths::formulas(source);
        if found.is_empty() {
            return Self { source, text: Cow::Borrowed(source), formulas: found, refused: Vec::new() };
        }
        let code = code_and_html(source);
        let touches = |formula: &Range<usize>| code.iter().any(|code| code.touches(formula));
        let (refused, formulas): (Vec<_>, Vec<_>) = found.into_iter().partition(touches);
        let mut masked = source.as_bytes().to_vec();
        for formula in &formulas {
            masked[formula.clone()].fill(b'$');
        }
        // Whole characters were replaced, so this is still UTF-8.
        let text = String::from_utf8(masked).map_or(Cow::Borrowed(source), Cow::Owned);
        Self { source, text, formulas, refused }
    }

    /// The TeX of a formula, without dollars, and whether these are doubled.
    pub(super) fn tex(&self, formula: &Range<usize>) -> (&'a str, bool) {
        let whole = &self.source[formula.clone()];
        match whole.strip_prefix("$$").and_then(|rest| rest.strip_suffix("$$")) {
            Some(tex) => (tex.trim(), true),
            None => (whole.trim_matches('$').trim(), false),
        }
    }

    /// The formulas inside `span`.
    pub(super) fn inside(&self, span: &Range<usize>) -> &[Range<usize>] {
        let first = self.formulas.partition_point(|formula| formula.start < span.start);
        let last = self.formulas.partition_point(|formula| formula.end <= span.end);
        &self.formulas[first..last.max(first)]
    }
}

/// A stretch of code or HTML.
struct Foreign {
    span: Range<usize>,
    is_tag: bool,
}

impl Foreign {
    /// Whether `formula` reaches into it; what looks like a tag inside a formula, such as `Vec<T>`, is none.
    fn touches(&self, formula: &Range<usize>) -> bool {
        let overlaps = formula.start < self.span.end && self.span.start < formula.end;
        let inside = formula.start <= self.span.start && self.span.end <= formula.end;
        overlaps && !(self.is_tag && inside)
    }
}

fn code_and_html(text: &str) -> Vec<Foreign> {
    let foreign = |(event, span): &(Event<'_>, Range<usize>)| {
        let span = span.clone();
        match event {
            Event::InlineHtml(_) => Some(Foreign { span, is_tag: true }),
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) | Event::Code(_) => Some(Foreign { span, is_tag: false }),
            _ => None,
        }
    };
    Parsed::new(text).events().iter().filter_map(foreign).collect()
}

#[cfg(test)]
mod tests {
    use super::Masked;

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
            assert_eq!(masked.text, text);
        }
    }
}
