//! `<details>` over several pieces of HTML.

use std::ops::Range;

/// The `<details>` that are open.
#[derive(Debug, Default)]
pub(super) struct Details {
    depth: usize,
    start: usize,
    summary: Option<usize>,
    closed_summary: Option<(Range<usize>, usize)>,
}

/// An outermost `<details>` with its summary.
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) summary: Range<usize>,
    /// Where what follows the summary begins.
    pub(super) summary_end: usize,
    /// Where its end tag begins.
    pub(super) end: usize,
}

impl Details {
    /// Reads a piece of HTML at byte `at` of the list.
    pub(super) fn read(&mut self, html: &str, at: usize) -> Option<Found> {
        let mut found = None;
        for (tag, _) in html.match_indices('<') {
            let rest = &html[tag..];
            let is = |name: &str| {
                let start = rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
                start && rest[name.len()..].starts_with(|c: char| c == '>' || c.is_whitespace())
            };
            let after = at + tag + rest.find('>').map_or(rest.len(), |end| end + 1);
            if is("<details") {
                if self.depth == 0 {
                    (self.start, self.summary, self.closed_summary) = (at + tag, None, None);
                }
                self.depth += 1;
            } else if is("<summary") && self.depth == 1 {
                self.summary = Some(after);
            } else if is("</summary") && self.depth == 1 && self.closed_summary.is_none() {
                self.closed_summary = self.summary.map(|start| (start..at + tag, after));
            } else if is("</details") && self.depth > 0 {
                self.depth -= 1;
                let summary = if self.depth == 0 { self.closed_summary.take() } else { None };
                if let Some((summary, summary_end)) = summary {
                    found = Some(Found { start: self.start, summary, summary_end, end: at + tag });
                }
            }
        }
        found
    }
}
