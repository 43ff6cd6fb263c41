//! Text of a list that still knows its lines.

use qabook_support::splice::{self, Splice};

/// Text whose lines came from known lines of a list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lined {
    pub(crate) text: String,
    /// The list's line (from 1) of each line of `text`.
    lines: Vec<usize>,
    /// Where each line of `text` begins.
    starts: Vec<usize>,
}

impl Lined {
    /// `text`, whose first line is `line` of the list.
    pub(crate) fn new(text: String, line: usize) -> Self {
        let starts = starts(&text);
        Self { lines: (line..line + starts.len()).collect(), starts, text }
    }

    /// The list's line of byte `offset`.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.lines.get(self.index(offset)).copied().unwrap_or(1)
    }

    /// The number (from 0) of the line of byte `offset`.
    fn index(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The text after `splices`. The lines of a replacement are those of what it replaces, as far as these reach.
    pub(crate) fn spliced(&self, mut splices: Vec<Splice>) -> Self {
        if splices.is_empty() {
            return self.clone();
        }
        splices.sort_by_key(|splice| splice.span.start);
        self.keep_within_lines(&mut splices);
        let mut lines = Vec::with_capacity(self.lines.len());
        let mut next = 0;
        for Splice { span, text } in &splices {
            let first = self.index(span.start);
            if text.is_empty() && self.starts[first] == span.start {
                // What follows begins the line.
                lines.extend(self.lines.get(next..first).unwrap_or_default());
                next = self.index(span.end).max(next);
                continue;
            }
            lines.extend(self.lines.get(next..=first).unwrap_or_default());
            // The replacement's further lines are those of what it replaces, and share the last of them.
            let last = self.index(span.end.max(span.start + 1) - 1);
            lines.extend((1..=text.matches('\n').count()).map(|more| self.lines[(first + more).min(last)]));
            next = first + 1 + self.text[span.clone()].matches('\n').count();
        }
        lines.extend(self.lines.get(next..).unwrap_or_default());
        let text = splice::apply(&self.text, splices);
        let starts = starts(&text);
        lines.resize(starts.len(), lines.last().copied().unwrap_or(1));
        Self { text, lines, starts }
    }
}

/// Where a line begins with one of these, it is a fence or the definition of a reference.
const BEGINNINGS: [&str; 3] = ["```", "~~~", "["];
/// A space that doesn't let what follows begin a line.
const SPACE: &str = "&#32;";

impl Lined {
    /// What stood behind something else in a line doesn't begin one when `splices` take that away.
    fn keep_within_lines(&self, splices: &mut [Splice]) {
        let mut end = 0;
        let mut is_blank = true;
        for splice in splices {
            let between = &self.text[end..splice.span.start];
            let line = between.rsplit('\n').next().unwrap_or_default();
            is_blank = line.trim().is_empty() && (is_blank || line.len() < between.len());
            let taken = &self.text[splice.span.clone()];
            let rest = self.text[splice.span.end..].trim_start_matches([' ', '\t']);
            let is_within = is_blank && !taken.trim().is_empty() && !taken.contains('\n');
            if splice.text.trim().is_empty() && is_within && BEGINNINGS.iter().any(|start| rest.starts_with(start)) {
                splice.text = SPACE.into();
            }
            is_blank &= splice.text.trim().is_empty();
            end = splice.span.end;
        }
    }
}

fn starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_away_lets_no_fence_begin() {
        let after = |text: &str, gone: &str| {
            let start = text.find(gone).unwrap();
            let splice = Splice { span: start..start + gone.len(), text: String::new() };
            Lined::new(text.into(), 1).spliced(vec![splice]).text
        };
        assert_eq!(after("a\n![](b.png) ```sh\n", "![](b.png)"), "a\n&#32; ```sh\n");
        assert_eq!(after("<b>[r]: https://a.test\n", "<b>"), "&#32;[r]: https://a.test\n");
        assert_eq!(after("a <b>```sh\n", "<b>"), "a ```sh\n");
        assert_eq!(after("<p>\n```sh\n", "<p>\n"), "```sh\n");
    }

    #[test]
    fn lines_survive_splices() {
        let text = Lined::new("a\nb\nc\nd\n".into(), 10);
        let splices = vec![Splice { span: 2..4, text: String::new() }, Splice { span: 4..5, text: "x\ny\nz".into() }];
        let changed = text.spliced(splices);
        assert_eq!(changed.text, "a\nx\ny\nz\nd\n");
        let line_of = |c: char| changed.line(changed.text.find(c).unwrap());
        assert_eq!((line_of('a'), line_of('x'), line_of('z'), line_of('d')), (10, 12, 12, 13));
    }
}
