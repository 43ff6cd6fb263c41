//! References to footnotes that are nowhere: Markdown takes them for text.

use pulldown_cmark::{Event, Tag};
use qabook_support::markdown::Parsed;
use regex::Regex;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// A reference to a footnote; `[^a-z]` is a class of characters.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[\^([\w.]+)\]").expect("a valid pattern"));

/// The references in `prose`, the chapter `parsed` without its code, that no footnote is for, each with its label.
pub(super) fn undefined(parsed: &Parsed<'_>, prose: &str) -> Vec<(Range<usize>, String)> {
    let label = |event: &Event<'_>| match event {
        Event::Start(Tag::FootnoteDefinition(label)) => Some(label.to_lowercase()),
        _ => None,
    };
    let defined: HashSet<String> = parsed.events().iter().filter_map(|(event, _)| label(event)).collect();
    let found = REFERENCE.captures_iter(prose).filter_map(|reference| {
        let (whole, label) = (reference.get(0)?, reference.get(1)?.as_str());
        let (before, after) = (&prose[..whole.start()], &prose[whole.end()..]);
        let is_other = before.ends_with('\\') || after.starts_with(['(', ':', '[']);
        (!is_other && !defined.contains(&label.to_lowercase())).then(|| (whole.range(), label.to_string()))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        undefined(&Parsed::new(text), text).into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn references_without_a_footnote_are_found() {
        assert_eq!(found("A[^1], b[^two] and c[^Three].\n\n[^1]: One.\n[^three]: Three.\n"), ["two"]);
        for text in ["[^x](y)", "\\[^x]", "[^a-z]", "[^]"] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
