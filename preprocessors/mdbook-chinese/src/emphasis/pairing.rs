//! Which delimiters belong together: the algorithm of CommonMark 0.31 §6.2, as pulldown-cmark runs it.

use std::ops::Range;

/// A run of equal delimiter characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// Where it starts.
    pub(super) start: usize,
    /// How many characters it has.
    pub(super) length: usize,
    /// `*`, `_` or `~`.
    pub(super) mark: u8,
}

impl Run {
    pub(super) fn span(&self) -> Range<usize> {
        self.start..self.start + self.length
    }
}

/// What a run may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Flanking {
    pub(super) opens: bool,
    pub(super) closes: bool,
}

/// Two delimiters that belong together; both have one character or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) open: Range<usize>,
    pub(super) close: Range<usize>,
}

/// An opener that waits for its closer.
struct Opener {
    run: usize,
    /// How many of its characters, from its start, are not used yet.
    left: usize,
    both: bool,
}

/// Pairs `runs`, which are in the order of the text.
pub(super) fn pair(runs: &[Run], flanking: &[Flanking]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut openers: Vec<Opener> = Vec::new();
    for (index, (run, may)) in runs.iter().zip(flanking).enumerate() {
        if run.mark == b'~' && run.length > 2 {
            continue;
        }
        let both = may.opens && may.closes;
        let mut left = run.length;
        while may.closes && left > 0 {
            let Some(found) = openers.iter().rposition(|opener| matches(runs, opener, run, both)) else { break };
            openers.truncate(found + 1);
            let Some(opener) = openers.pop() else { break };
            let used = left.min(opener.left);
            let open_end = runs[opener.run].start + opener.left;
            let close_start = run.start + run.length - left;
            pair_inside_out(open_end, close_start, used, &mut pairs);
            left -= used;
            if opener.left > used {
                openers.push(Opener { left: opener.left - used, ..opener });
            }
        }
        if may.opens && left > 0 {
            openers.push(Opener { run: index, left, both });
        }
    }
    pairs.sort_by_key(|pair| pair.open.start);
    pairs
}

/// Two characters are strong emphasis, the odd one is emphasis around it.
fn pair_inside_out(open_end: usize, close_start: usize, used: usize, pairs: &mut Vec<Pair>) {
    let mut done = 0;
    while done < used {
        let width = if used - done >= 2 { 2 } else { 1 };
        pairs.push(Pair {
            open: open_end - done - width..open_end - done,
            close: close_start + done..close_start + done + width,
        });
        done += width;
    }
}

/// Rules 9 and 10: the sum of the lengths is no multiple of three when one of both can open and close.
fn matches(runs: &[Run], opener: &Opener, closer: &Run, closer_is_both: bool) -> bool {
    let run = &runs[opener.run];
    if run.mark != closer.mark || (run.mark == b'~' && run.length != closer.length) {
        return false;
    }
    let sum = run.length + closer.length;
    !closer_is_both && !opener.both || !sum.is_multiple_of(3) || closer.length.is_multiple_of(3)
}
