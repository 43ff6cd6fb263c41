//! Indentation, and blank lines around a body.

use qabook_support::markdown::Parsed;
use qabook_support::splice::Splice;

use super::{Pass, Stretch};
use crate::lined::Lined;
use crate::told::Told;

/// `stretch` without the indentation of the item that it was in: at most as many columns as the item is indented by, and as
/// many as its least indented line has. Lines that are indented less, such as links to the top, lose all of it.
pub(super) fn dedented(stretch: &Stretch, pass: &mut Pass<'_>) -> Lined {
    let Stretch { text, line, indent, inside, item_end } = stretch;
    let (inner, after) = text.split_at(*inside);
    let is_written = |line: &&str| !line.trim().is_empty();
    let least = inner.lines().filter(is_written).map(columns).filter(|columns| *columns >= 2).min();
    let by = least.unwrap_or(0).min(*indent);
    if by > 0 {
        pass.notes.add(Told::Dedented, *line, format!("by {by}"));
    }
    let without = |lines: &str| match by {
        0 => lines.to_string(),
        _ => lines.split_inclusive('\n').map(|line| without(line, by)).collect(),
    };
    let (item, rest) = inner.split_at(item_end.unwrap_or(0).min(inner.len()));
    let item = without(item);
    let end = item.trim_end().len();
    let rest = without(rest) + after;
    let closing = if rest.trim().is_empty() { None } else { missing_end(&item) };
    // What follows an item is another block. Without the item only a blank line tells, where HTML ends the item.
    let is_joined = end > 0 && !item[end..].contains("\n\n") && !rest.trim_start_matches([' ', '\t']).starts_with('\n');
    let is_html = || item[..end].rsplit('\n').next().is_some_and(|last| last.trim_start().starts_with('<'));
    let apart = (is_joined && !rest.trim().is_empty() && is_html()).then(|| "\n".to_string());
    let body = Lined::new(item + &rest, *line);
    if closing.is_some() {
        pass.notes.add(Told::Fence, body.line(end), "a fence that nothing closed");
    }
    match closing.or(apart) {
        Some(text) => body.spliced(vec![Splice { span: end..end, text }]),
        None => body,
    }
}

/// What closes the fence at the end of `inner`. Nothing did, but the item around it ended there.
fn missing_end(inner: &str) -> Option<String> {
    let fence = Parsed::new(inner).fences().pop().filter(|fence| !fence.closed)?;
    let is_last = inner[fence.span.end..].trim().is_empty();
    let before = &inner[..fence.span.start];
    let is_outermost = before.rsplit('\n').next().is_some_and(|line| line.trim().is_empty() && line.len() < 4);
    let source = &inner[fence.span.start..];
    let mark = source.chars().next()?;
    let marks = source.chars().take_while(|c| *c == mark).count();
    (is_last && is_outermost).then(|| format!("\n{}", mark.to_string().repeat(marks)))
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
