//! Lines of a list, counted as one goes.

use std::ops::Range;

/// Counts lines; places mostly come in order.
pub(crate) struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> LineCounter<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The line (from 1) of byte `at`.
    pub(crate) fn line(&mut self, at: usize) -> usize {
        let newlines = |range: Range<usize>| self.text[range].matches('\n').count();
        self.line = if at >= self.at { self.line + newlines(self.at..at) } else { self.line - newlines(at..self.at) };
        self.at = at;
        self.line
    }
}
