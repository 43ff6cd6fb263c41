//! What `autocorrect` changes in a run, carried back to the chapter.

use qabook_support::splice::Splice;
use std::ops::Range;

use super::runs::{Cell, Run, is_barrier};

/// Changes that are close together, shown as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// Never empty.
    pub(super) splices: Vec<Splice>,
    /// The words around them, before and after.
    pub(super) before: String,
    pub(super) after: String,
}

impl Change {
    /// The byte of the chapter at which it begins.
    pub(super) fn start(&self) -> usize {
        self.splices.first().map_or(0, |splice| splice.span.start)
    }
}

/// How often `autocorrect` may need to be asked until it is content with its own answer.
const ROUNDS: usize = 4;

/// Changes are shown as one when no more characters lie between them.
const CLOSE: usize = 6;

/// How many characters are shown on either side of a change.
const CONTEXT: usize = 6;

/// One step from a run to its corrected form.
#[derive(Debug, PartialEq, Eq)]
struct Edit {
    /// The cell it is at: a new space goes before it.
    cell: usize,
    kind: EditKind,
}

#[derive(Debug, PartialEq, Eq)]
enum EditKind {
    Space,
    Delete,
    Replace(char),
}

/// The changes that `run` needs; none when they can't be told apart or `autocorrect` isn't content with its own answer.
pub(super) fn changes(run: &Run) -> Vec<Change> {
    let shown: String = run.iter().map(|cell| cell.shown).collect();
    let Some(corrected) = corrected(&shown) else { return Vec::new() };
    let Some(edits) = align(run, &corrected) else { return Vec::new() };
    let groups = edits.chunk_by(|one, next| next.cell - one.cell <= CLOSE && !barrier_between(run, one, next));
    groups.filter_map(|edits| change(run, edits)).collect()
}

/// `None` when nothing changes.
fn corrected(shown: &str) -> Option<String> {
    let mut text = shown.to_string();
    for _ in 0..ROUNDS {
        let next = with_punctuation_after_code(&autocorrect::format(&text));
        if next == text {
            return (text != shown).then_some(text);
        }
        text = next;
    }
    None
}

/// `autocorrect` widens the comma in `中文,中文` and `word,中文`, but not after inline code: here that is a word, too.
fn with_punctuation_after_code(text: &str) -> String {
    if !text.contains("`,") && !text.contains("`?") {
        return text.to_string();
    }
    let words = text.replace('`', "x");
    let widened = autocorrect::format(&words);
    if widened.chars().count() != words.chars().count() {
        return text.to_string();
    }
    let chars = text.chars().zip(words.chars().zip(widened.chars()));
    chars.map(|(here, (before, after))| if before == after { here } else { after }).collect()
}

/// The steps from `run` to `corrected`: spaces come or go, punctuation and full-width letters are replaced.
fn align(run: &[Cell], corrected: &str) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    let mut cell = 0;
    for c in corrected.chars() {
        // Spaces that are gone.
        while let Some(old) = run.get(cell).filter(|old| old.shown == ' ' && c != ' ') {
            old.source.as_ref()?;
            edits.push(Edit { cell, kind: EditKind::Delete });
            cell += 1;
        }
        match run.get(cell) {
            Some(old) if old.shown == c => cell += 1,
            _ if c == ' ' => edits.push(Edit { cell, kind: EditKind::Space }),
            Some(old) if is_replaceable(old.shown) => {
                old.source.as_ref()?;
                edits.push(Edit { cell, kind: EditKind::Replace(c) });
                cell += 1;
            }
            _ => return None,
        }
    }
    // A space at either end of a block means nothing.
    edits.retain(|edit| edit.kind != EditKind::Space || (1..run.len()).contains(&edit.cell));
    run[cell..].is_empty().then_some(edits)
}

/// Punctuation, full-width letters and digits, and the full-width space.
fn is_replaceable(c: char) -> bool {
    !c.is_alphanumeric() && c != '\n' && c != '`' || matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{3000}')
}

fn barrier_between(run: &[Cell], one: &Edit, next: &Edit) -> bool {
    run[one.cell..next.cell].iter().any(is_barrier)
}

fn change(run: &Run, edits: &[Edit]) -> Option<Change> {
    let splices = edits.iter().filter_map(|edit| splice(run, edit)).collect::<Vec<_>>();
    if splices.len() != edits.len() {
        return None;
    }
    let (first, last) = (edits.first()?.cell, edits.last()?.cell);
    let line = line_around(run, first);
    let shown = first.saturating_sub(CONTEXT).max(line.start)..(last + CONTEXT).min(line.end);
    let before = run.get(shown.clone())?.iter().map(|cell| cell.shown).collect();
    let mut after = String::new();
    for (index, cell) in run.iter().enumerate().take(shown.end).skip(shown.start) {
        let here = edits.iter().filter(|edit| edit.cell == index);
        let mut kept = Some(cell.shown);
        for edit in here {
            match edit.kind {
                EditKind::Space => after.push(' '),
                EditKind::Delete => kept = None,
                EditKind::Replace(c) => kept = Some(c),
            }
        }
        after.extend(kept);
    }
    Some(Change { splices, before, after })
}

/// The cells between two barriers around `at`.
fn line_around(run: &[Cell], at: usize) -> Range<usize> {
    let start = run[..at].iter().rposition(is_barrier).map_or(0, |barrier| barrier + 1);
    let end = run[at..].iter().position(is_barrier).map_or(run.len(), |barrier| at + barrier);
    start..end
}

fn splice(run: &[Cell], edit: &Edit) -> Option<Splice> {
    let cell = run.get(edit.cell)?;
    Some(match edit.kind {
        EditKind::Space => Splice { span: cell.space_at..cell.space_at, text: " ".into() },
        EditKind::Delete => Splice { span: cell.source.clone()?, text: String::new() },
        EditKind::Replace(c) => Splice { span: cell.source.clone()?, text: c.into() },
    })
}
