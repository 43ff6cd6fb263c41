//! What of a file is included: `FILE:2:10` and `FILE:name`, as mdBook reads them.

use regex::Regex;
use std::fmt;
use std::sync::LazyLock;

static START: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"ANCHOR:\s*([\w_-]+)").expect("a valid pattern"));
static END: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"ANCHOR_END:\s*([\w_-]+)").expect("a valid pattern"));

/// What follows the colon behind a file's name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Selection {
    #[default]
    All,
    /// The first line (from 1), and the last where there is one.
    Lines(usize, Option<usize>),
    Anchor(String),
}

impl Selection {
    /// Reads `text`, such as `2:10`.
    pub(super) fn read(text: &str) -> Self {
        let mut parts = text.splitn(3, ':');
        let first = parts.next().unwrap_or_default();
        let start = first.parse::<usize>().ok().map(|start| start.max(1));
        if start.is_none() && !first.is_empty() {
            return Self::Anchor(first.into());
        }
        let end = parts.next().map(|end| end.parse::<usize>().ok());
        match (start, end) {
            (Some(start), Some(end)) => Self::Lines(start, end),
            (Some(start), None) => Self::Lines(start, Some(start)),
            (None, Some(Some(end))) => Self::Lines(1, Some(end)),
            (None, None | Some(None)) => Self::All,
        }
    }

    /// The lines of `text` that are meant, with their numbers; `None` when it has no such part.
    pub(super) fn lines<'a>(&self, text: &'a str) -> Option<Vec<(usize, &'a str)>> {
        let all = text.lines().enumerate().map(|(index, line)| (index + 1, line));
        match self {
            Self::All => Some(all.collect()),
            Self::Lines(first, last) => {
                let end = last.unwrap_or(usize::MAX);
                let found: Vec<_> = all.filter(|(number, _)| (*first..=end).contains(number)).collect();
                // An end behind the last line is as good as none.
                (!found.is_empty()).then_some(found)
            }
            Self::Anchor(name) => anchored(all, name),
        }
    }
}

/// The lines between the marks of `name`, without those of other marks; `None` when there is no such mark.
fn anchored<'a>(lines: impl Iterator<Item = (usize, &'a str)>, name: &str) -> Option<Vec<(usize, &'a str)>> {
    let is_mark = |mark: &Regex, line: &str| mark.captures(line).is_some_and(|found| &found[1] == name);
    let mut lines = lines.skip_while(|(_, line)| !is_mark(&START, line));
    lines.next()?;
    let inside = lines.take_while(|(_, line)| !is_mark(&END, line));
    Some(inside.filter(|(_, line)| !START.is_match(line) && !END.is_match(line)).collect())
}

impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("line"),
            Self::Lines(first, Some(last)) if first == last => write!(f, "line {first}"),
            Self::Lines(first, Some(last)) => write!(f, "lines {first} to {last}"),
            Self::Lines(first, None) => write!(f, "line {first}"),
            Self::Anchor(name) => write!(f, "ANCHOR `{name}`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a\n// ANCHOR: one\nb\n// ANCHOR: two\nc\n// ANCHOR_END: two\n// ANCHOR_END: one\nd\n";

    fn found(selection: &str) -> Option<String> {
        let lines = Selection::read(selection).lines(TEXT)?;
        Some(lines.into_iter().map(|(number, line)| format!("{number}{line} ")).collect())
    }

    #[test]
    fn parts_and_lines_are_found_as_mdbook_does() {
        for (selection, lines) in [
            ("one", "3b 5c "),
            ("two", "5c "),
            ("1", "1a "),
            ("0:1", "1a "),
            ("8:", "8d "),
            ("8:99", "8d "),
            (":1", "1a "),
        ] {
            assert_eq!(found(selection).as_deref(), Some(lines), "{selection}");
        }
        assert_eq!(found(":").map(|lines| lines.len()), found("").map(|lines| lines.len()));
    }

    #[test]
    fn what_is_not_there_is_none() {
        for selection in ["three", "ONE", "9", "9:12", "5:3"] {
            assert_eq!(found(selection), None, "{selection}");
        }
    }
}
