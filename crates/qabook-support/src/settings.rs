//! A file of settings, with the lines of what it says.

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer as Reader};
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use crate::nearest::nearest;

/// What is wrong with a key or its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongSetting {
    /// The line, from 1, where that is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write, where that can be guessed or is said.
    pub hint: Option<String>,
}

/// The text of a TOML file.
#[derive(Debug)]
pub struct SettingsText<'t> {
    text: &'t str,
    table: DeTable<'t>,
}

impl<'t> SettingsText<'t> {
    /// Reads `text`; as far as it is no TOML, it says nothing.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, table: DeTable::parse_recoverable(text).0.into_inner() }
    }

    /// The line, from 1, of the last key of `path`, in which a number is a place in a list, from 0; `None` when the text doesn't
    /// say it.
    #[must_use]
    pub fn line(&self, path: &[&str]) -> Option<usize> {
        let (last, tables) = path.split_last()?;
        let (key, _) = self.table_at(tables)?.get_key_value(*last)?;
        Some(self.line_at(key.span().start))
    }

    /// Everything that keeps the table at `path` from being a `T`: of nested tables the first.
    #[must_use]
    pub fn wrong<T: DeserializeOwned>(&self, path: &[&str]) -> Vec<WrongSetting> {
        let Some(mut table) = self.table_at(path).cloned() else { return Vec::new() };
        let mut wrong = Vec::new();
        // What one key hides, the next round finds without it.
        while let Err(error) = T::deserialize(Deserializer::from(Spanned::new(0..0, table.clone()))) {
            let at = error.span().map(|span| span.start);
            wrong.push(WrongSetting::said(error.message(), at.map(|at| self.line_at(at))));
            let holds = |(key, value): &(&Spanned<_>, &Spanned<DeValue<'_>>)| {
                at.is_some_and(|at| key.span().contains(&at) || holds(value, at))
            };
            let Some(key) = table.iter().find(holds).map(|(key, _)| key.clone()) else { break };
            table.remove(&key);
        }
        wrong
    }

    fn table_at(&self, path: &[&str]) -> Option<&DeTable<'t>> {
        let (first, rest) = match path.split_first() {
            None => return Some(&self.table),
            Some((first, rest)) => (self.table.get(*first)?, rest),
        };
        let value = rest.iter().try_fold(first, |value, key| match value.get_ref() {
            DeValue::Table(table) => table.get(*key),
            DeValue::Array(values) => values.get(key.parse::<usize>().ok()?),
            _ => None,
        });
        value?.get_ref().as_table()
    }

    fn line_at(&self, offset: usize) -> usize {
        1 + self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
    }
}

/// Whether `value` or something in it holds the byte `at`.
fn holds(value: &Spanned<DeValue<'_>>, at: usize) -> bool {
    value.span().contains(&at)
        || match value.get_ref() {
            DeValue::Table(table) => table.iter().any(|(key, value)| key.span().contains(&at) || holds(value, at)),
            DeValue::Array(values) => values.iter().any(|value| holds(value, at)),
            _ => false,
        }
}

impl WrongSetting {
    /// What serde's `message` says, with the word that may be meant.
    #[must_use]
    pub fn said(message: &str, line: Option<usize>) -> Self {
        let (message, hint) = message.trim().split_once("\n    hint: ").unwrap_or((message.trim(), ""));
        let mut hint = Some(hint.to_string()).filter(|hint| !hint.is_empty());
        if message.starts_with("unknown ") {
            let mut words = message.split('`').skip(1).step_by(2);
            let found = words.next().unwrap_or_default();
            hint = hint.or_else(|| nearest(found, words).map(|meant| format!("write `{meant}`")));
        }
        Self { line, message: message.into(), hint }
    }
}

/// Reads a string that is one of `known`.
///
/// # Errors
/// Another string, or no string.
pub fn one_of<'de, D: Reader<'de>>(value: D, known: &'static [&'static str]) -> Result<String, D::Error> {
    let found = String::deserialize(value)?;
    if known.contains(&found.as_str()) { Ok(found) } else { Err(D::Error::unknown_variant(&found, known)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    #[serde(default, deny_unknown_fields)]
    #[derive(Default)]
    struct Table {
        strict: bool,
        names: Vec<String>,
        inner: Option<Box<Table>>,
    }

    fn wrong(text: &str) -> Vec<(Option<usize>, String, Option<String>)> {
        let found = SettingsText::new(text).wrong::<Table>(&["a", "b"]);
        found.into_iter().map(|wrong| (wrong.line, wrong.message, wrong.hint)).collect()
    }

    #[test]
    fn a_key_has_a_line() {
        let text = SettingsText::new("[a]\nx = 1\n[a.b]\ny.z = 1\n'/c.html' = 2\n[[l]]\nx = 1\n[[l]]\nx = 1\n");
        for (path, line) in [
            (&["a", "x"][..], Some(2)),
            (&["a", "b"], Some(3)),
            (&["a", "b", "y", "z"], Some(4)),
            (&["a", "b", "/c.html"], Some(5)),
            (&["l", "1", "x"], Some(9)),
            (&["l", "2", "x"], None),
            (&["l", "x"], None),
            (&["a", "y"], None),
            (&[], None),
        ] {
            assert_eq!(text.line(path), line, "{path:?}");
        }
        assert_eq!(SettingsText::new("[a]\nx =\n").line(&["a", "y"]), None);
    }

    #[test]
    fn all_that_is_wrong_in_a_table_is_found() {
        let found = wrong("[a.b]\nstrct = 1\nnames = [\"x\",\n2]\nstrict = 'no'\nquux = 1\n[a.b.inner]\nstrict = 3\n");
        let lines: Vec<_> = found.iter().map(|(line, ..)| line.unwrap_or_default()).collect();
        let mut sorted = lines.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, [2, 4, 5, 6, 8], "{found:?}");
        let hint = |line| found.iter().find(|one| one.0 == Some(line)).and_then(|one| one.2.as_deref());
        assert_eq!((hint(2), hint(6)), (Some("write `strict`"), None));
    }

    #[test]
    fn what_is_right_or_missing_is_not_wrong() {
        for text in ["", "[a]\n", "[a.b]\nstrict = true\nnames = ['x']\n", "a = 1\n"] {
            assert_eq!(wrong(text), [], "{text}");
        }
    }
}
