//! Formulas: what stands between dollars is not ours.
//!
//! mdbook-katex runs later and replaces each formula by HTML before Markdown is parsed. So that asterisks, pipes or line
//! breaks inside a formula mean nothing here either, chapters are parsed with their formulas blotted out.

use pulldown_cmark::{Event, Tag};
use qabook_support::markdown::Parsed;
use qabook_support::maths;
use std::borrow::Cow;
use std::ops::Range;

/// A chapter with its formulas blotted out by dollars, byte for byte.
#[derive(Debug)]
pub(crate) struct Masked<'a> {
    /// The chapter as it came.
    pub(crate) source: &'a str,
    /// The parse of `source`: what is code and HTML.
    pub(crate) as_written: Parsed<'a>,
    /// What everything else is found in: offsets are those of `source`. Borrowed when it is no other text.
    pub(crate) text: Cow<'a, str>,
    /// The formulas with their dollars.
    pub(crate) formulas: Vec<Range<usize>>,
    /// What must not change whatever the parse of `text` says: formulas, and with them all code and HTML, because a stray
    /// dollar in front of a fence makes mdbook-katex and CommonMark disagree about what is code.
    pub(crate) frozen: Vec<Range<usize>>,
}

impl<'a> Masked<'a> {
    /// Finds and blots out the formulas of `source`.
    pub(crate) fn new(source: &'a str) -> Self {
        let as_written = Parsed::new(source);
        let formulas = maths::formulas(source);
        if formulas.is_empty() {
            return Self { source, as_written, text: Cow::Borrowed(source), formulas, frozen: Vec::new() };
        }
        let code = code_and_html(&as_written);
        let mut masked = Cow::Borrowed(source.as_bytes());
        for formula in formulas.iter().filter(|formula| !touches(&code, formula)) {
            masked.to_mut()[formula.clone()].fill(b'$');
        }
        let text = match masked {
            Cow::Borrowed(_) => Cow::Borrowed(source),
            // Whole characters were replaced, so this is still UTF-8; if it weren't, nothing would be blotted out.
            Cow::Owned(bytes) => String::from_utf8(bytes).map_or(Cow::Borrowed(source), Cow::Owned),
        };
        let mut frozen: Vec<_> = formulas.iter().cloned().chain(code).collect();
        frozen.sort_by_key(|range| range.start);
        Self { source, as_written, text, formulas, frozen }
    }

    /// Whether a replacement of `span` would change something frozen.
    pub(crate) fn is_frozen(&self, span: &Range<usize>) -> bool {
        touches(&self.frozen, span)
    }

    /// The formula that byte `at` belongs to.
    pub(crate) fn formula_at(&self, at: usize) -> Option<&str> {
        let found = self.formulas.partition_point(|formula| formula.end <= at);
        let formula = self.formulas.get(found).filter(|formula| formula.start <= at)?;
        Some(&self.source[formula.clone()])
    }
}

/// `text` with its formulas, dollars included, blotted out by as many dollars: every other byte stays where it is.
///
/// A formula that would swallow code stays: its dollars are a mistake.
#[must_use]
pub fn without_formulas(text: &str) -> Cow<'_, str> {
    if text.contains('$') { Masked::new(text).text } else { Cow::Borrowed(text) }
}

/// Whether `span` overlaps one of `ranges`; an insertion does when it is inside.
fn touches(ranges: &[Range<usize>], span: &Range<usize>) -> bool {
    ranges.iter().any(|range| span.start < range.end && range.start < span.end)
}

fn code_and_html(parsed: &Parsed<'_>) -> Vec<Range<usize>> {
    let owned = |event: &Event<'_>| {
        matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) | Event::Code(_) | Event::InlineHtml(_))
    };
    parsed.events().iter().filter(|(event, _)| owned(event)).map(|(_, span)| span.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_formulas_has_the_same_length() {
        assert_eq!(without_formulas("甲 $汉*$ 乙"), "甲 $$$$$$ 乙");
    }

    #[test]
    fn a_formula_is_blotted_out_unless_it_swallows_code() {
        let masked = Masked::new("*甲 $a*b\nc$");
        assert_eq!(masked.text, "*甲 $$$$$$$");
        assert_eq!(masked.formula_at("*甲 $".len()), Some("$a*b\nc$"));
        let text = "价 $5\n\n```sh\necho $HOME\n```\n";
        let masked = Masked::new(text);
        assert_eq!(masked.text, text);
        let code = text.find("HOME").unwrap();
        assert!(masked.is_frozen(&(code..code + 4)));
    }
}
