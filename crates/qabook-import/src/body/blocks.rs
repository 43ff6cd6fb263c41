//! Indentation, and blank lines around a body.

use super::{Pass, Stretch};
use crate::lined::Lined;
use crate::told::Told;

/// `stretch` without the indentation of the item that it was in: at most as many columns as the item is indented by, and as
/// many as its least indented line has. Lines that are indented less, such as links to the top, lose all of it.
pub(super) fn dedented(stretch: &Stretch, pass: &mut Pass<'_>) -> Lined {
    let Stretch { text, line, indent, inside } = stretch;
    let (inner, after) = text.split_at(*inside);
    let is_written = |line: &&str| !line.trim().is_empty();
    let least = inner.lines().filter(is_written).map(columns).filter(|columns| *columns >= 2).min();
    let by = least.unwrap_or(0).min(*indent);
    if by == 0 {
        return Lined::new(text.clone(), *line);
    }
    pass.notes.add(Told::Dedented, *line, format!("by {by}"));
    let dedented: String = inner.split_inclusive('\n').map(|line| without(line, by)).collect();
    Lined::new(dedented + after, *line)
}

/// How many columns `line` is indented by.
fn columns(line: &str) -> usize {
    let blank = line.chars().take_while(|c| matches!(c, ' ' | '\t'));
    blank.fold(0, |column, c| if c == '\t' { column / 4 * 4 + 4 } else { column + 1 })
}

/// `line` indented by `by` columns less.
fn without(line: &str, by: usize) -> String {
    let indented = columns(line);
    let rest = line.trim_start_matches([' ', '\t']);
    let is_tabbed = line[..line.len() - rest.len()].contains('\t');
    if is_tabbed {
        return " ".repeat(indented.saturating_sub(by)) + rest;
    }
    line[by.min(line.len() - rest.len())..].to_string()
}

/// `text` without blank lines at its ends, and with no more than two blank lines in a row outside code.
pub(super) fn trimmed(text: &Lined) -> String {
    let text = text.text.trim_end();
    let start = text.find(|c: char| !c.is_whitespace()).unwrap_or(text.len());
    // The indentation of the first line may mean code.
    let start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].to_string()
}
