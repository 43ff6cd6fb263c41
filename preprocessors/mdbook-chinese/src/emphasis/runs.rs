//! Delimiter runs and what is next to them.

use pulldown_cmark::{Event, Tag};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::pairing::{Flanking, Pair, Run};
use crate::breaks::LineBreak;
use crate::chars::{Class, class, is_bracket_end, is_cjk, is_closing, is_opening, is_punctuation};
use crate::document::{Document, Scope, is_emphasis};

/// The delimiters of one scope as CommonMark reads them.
#[derive(Default)]
pub(super) struct Delimiters {
    /// All runs, in order.
    pub(super) runs: Vec<Run>,
    /// The pairs that are emphasis already.
    pub(super) pairs: Vec<Pair>,
}

/// Collects the runs of `scope`: those that are emphasis and those that stayed text.
pub(super) fn collect(document: &Document<'_>, scope: &Scope) -> Delimiters {
    let bytes = document.source().as_bytes();
    let mut marks: Vec<usize> = Vec::new();
    let mut pairs = Vec::new();
    for &event in &scope.events {
        let (kind, span) = &document.events()[event];
        match kind {
            Event::Start(tag) if is_emphasis(tag) => {
                let Some((open, close)) = ends_of(tag, span, bytes) else { return Delimiters::default() };
                let pair = Pair { open, close };
                marks.extend(pair.open.clone().chain(pair.close.clone()));
                pairs.push(pair);
            }
            Event::Text(_) if document.verbatim(event).is_some() => {
                let escaped = bytes[..span.start].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
                let marked = span.clone().skip(usize::from(escaped));
                let formula = |at: usize| document.formula_at(at).is_some();
                marks.extend(marked.filter(|at| matches!(bytes[*at], b'*' | b'_' | b'~') && !formula(*at)));
            }
            _ => {}
        }
    }
    marks.sort_unstable();
    pairs.sort_by_key(|pair| pair.open.start);
    Delimiters { runs: grouped(&marks, bytes), pairs }
}

/// The delimiters of an emphasis that CommonMark found.
///
/// `None` when its span doesn't end with one: pulldown-cmark 0.13 loses the end after a lone carriage return in a
/// heading.
pub(crate) fn ends_of(tag: &Tag<'_>, span: &Range<usize>, bytes: &[u8]) -> Option<(Range<usize>, Range<usize>)> {
    let text = bytes.get(span.clone())?;
    let double = matches!(tag, Tag::Strong) || matches!(tag, Tag::Strikethrough) && text.starts_with(b"~~");
    let width = if double { 2 } else { 1 };
    let (open, close) = (text.get(..width)?, text.get(text.len().checked_sub(width)?..)?);
    let delimiters = open == close && open.iter().all(|byte| matches!(byte, b'*' | b'_' | b'~'));
    delimiters.then(|| (span.start..span.start + width, span.end - width..span.end))
}

fn grouped(marks: &[usize], bytes: &[u8]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for &at in marks {
        match runs.last_mut() {
            Some(run) if run.start + run.length == at && run.mark == bytes[at] => run.length += 1,
            _ => runs.push(Run { start: at, length: 1, mark: bytes[at] }),
        }
    }
    runs
}

/// Where lines begin and end, once they are joined.
pub(super) struct Lines {
    /// By the start of a line: where the line before ends, if the two are joined without a space.
    starts: HashMap<usize, Option<usize>>,
    /// By the end of a line that is joined with the next: where that begins.
    ends: HashMap<usize, usize>,
}

impl Lines {
    pub(super) fn new(breaks: &[LineBreak]) -> Self {
        let joined = |line_break: &&LineBreak| line_break.join == Some("");
        let start = |line: &LineBreak| (line.span.end, joined(&line).then_some(line.span.start));
        let ends = breaks.iter().filter(joined).map(|line| (line.span.start, line.span.end)).collect();
        Self { starts: breaks.iter().map(start).collect(), ends }
    }
}

/// What is next to the delimiters of one scope, once lines are joined.
pub(super) struct Surroundings<'a> {
    text: &'a str,
    lines: &'a Lines,
    table: bool,
    /// Where the text begins.
    start: usize,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(document: &'a Document<'_>, scope: &Scope, lines: &'a Lines) -> Self {
        let text = document.text();
        let start = scope.events.first().map_or(0, |event| document.events()[*event].1.start);
        // The text of a link begins after its bracket, which is a neighbour like any other character.
        let start = if text[..start].ends_with(['[', '\\']) { 0 } else { start };
        Self { text, lines, table: scope.table, start }
    }

    /// The text before byte `at`; empty at the start of a line.
    fn before(&self, at: usize) -> &'a str {
        if at == self.start {
            return "";
        }
        match self.lines.starts.get(&at) {
            Some(joined) => joined.map_or("", |end| &self.text[..end]),
            None => &self.text[..at],
        }
    }

    /// The text from byte `at` on.
    fn after(&self, at: usize) -> &'a str {
        &self.text[self.lines.ends.get(&at).copied().unwrap_or(at)..]
    }

    /// The character before `run` when it is not white space, and where it is.
    pub(super) fn previous(&self, run: &Run) -> Option<(usize, char)> {
        let before = self.before(run.start);
        let c = before.chars().next_back()?;
        let boundary = c.is_whitespace() || self.table && c == '|' && !before.ends_with("\\|");
        (!boundary).then(|| (before.len() - c.len_utf8(), c))
    }

    /// The character after `run` when it is not white space, and where it is.
    pub(super) fn next(&self, run: &Run) -> Option<(usize, char)> {
        let after = self.after(run.span().end);
        let c = after.chars().next()?;
        let boundary = c.is_whitespace() || self.table && c == '|';
        (!boundary).then(|| (self.text.len() - after.len(), c))
    }

    /// Whether Chinese, Japanese or Korean text is next to `run`; `“` and its like are what is beyond them.
    pub(super) fn touches_cjk(&self, run: &Run) -> bool {
        let previous = self.previous(run).and_then(|_| self.telling(run.start, false));
        let next = self.next(run).and_then(|_| self.telling(run.span().end, true));
        previous.is_some_and(is_cjk) || next.is_some_and(is_cjk)
    }

    /// The nearest character before or after byte `at` that belongs to one script.
    fn telling(&self, mut at: usize, forward: bool) -> Option<char> {
        loop {
            let c = if forward {
                let after = self.after(at);
                let c = after.chars().next()?;
                at = self.text.len() - after.len() + c.len_utf8();
                c
            } else {
                let before = self.before(at);
                let c = before.chars().next_back()?;
                at = before.len() - c.len_utf8();
                c
            };
            if class(c) != Class::Shared {
                return Some(c);
            }
        }
    }

    /// What CommonMark lets `run` do when the characters at `encoded` are written as references.
    pub(super) fn standard(&self, run: &Run, encoded: &BTreeSet<usize>) -> Flanking {
        let (previous, next) = (self.previous(run), self.next(run));
        let punctuation = |side: Option<(usize, char)>| side.map(|(at, c)| is_punctuation(c) || encoded.contains(&at));
        let (before, after) = (punctuation(previous), punctuation(next));
        let left = after.is_some_and(|after| !after || before.is_none_or(|before| before));
        let right = before.is_some_and(|before| !before || after.is_none_or(|after| after));
        match (run.mark, run.length) {
            (b'*', _) => Flanking { opens: left, closes: right },
            // pulldown-cmark: two tildes always open, one never within a word.
            (b'~', 2) => Flanking { opens: after.is_some(), closes: right },
            _ => Flanking {
                opens: after.is_some() && before.is_none_or(|before| before),
                closes: before.is_some() && after.is_none_or(|after| after),
            },
        }
    }

    /// What the author lets `run` do: next to Chinese text, punctuation that belongs to the emphasis is no obstacle.
    ///
    /// An emphasis begins with no mark that ends something and ends with none that begins something. What else stands
    /// next to asterisks is a sign: a note (`张三*，李四*`), a product, a glob. A single `*` is more often a sign than
    /// emphasis: it needs an opening that CommonMark accepts, after no letter, and Chinese text after the closing.
    pub(super) fn meant(&self, run: &Run) -> Flanking {
        let standard = self.standard(run, &BTreeSet::new());
        let ours = run.mark == b'*' || run.mark == b'~' && run.length == 2;
        let (Some((_, previous)), Some((_, next))) = (self.previous(run), self.next(run)) else { return standard };
        if !ours || !self.touches_cjk(run) {
            return standard;
        }
        let single = run.length == 1;
        let opens = !single && !is_closing(next);
        let closes = !is_opening(previous) && is_punctuation(previous) && (!single || is_cjk(next));
        Flanking { opens: standard.opens || opens, closes: standard.closes || closes }
    }

    /// Whether a single `*` at `open` begins an emphasis rather than multiplies: nothing it could belong to is before it.
    pub(super) fn begins(&self, open: usize) -> bool {
        let run = Run { start: open, length: 1, mark: b'*' };
        self.previous(&run).is_none_or(|(_, c)| is_punctuation(c) && !is_bracket_end(c))
    }
}
