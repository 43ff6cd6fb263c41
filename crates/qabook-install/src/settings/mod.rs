//! Changes of a book.toml that leave every other byte of it alone, and can be taken back.
//!
//! What is added carries a comment, so that it is known again: `# added by mdbook-NAME install`.

mod add;
mod remove;

use qabook_support::{Diagnostic, Rule};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A book.toml that can't be changed, or a file that isn't as it must be.
pub(crate) const INSTALL: Rule = Rule::error("install");

/// What every comment of ours begins with.
const MARK: &str = "# added by mdbook-";

/// The text of a book.toml.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    text: String,
    newline: &'static str,
}

/// A header in the text.
struct Header {
    path: Vec<String>,
    /// The line, without its end.
    line: Range<usize>,
}

impl Settings {
    /// Errors: A text that isn't TOML, with its line.
    pub(crate) fn new(text: String) -> Result<Self, Diagnostic> {
        if let Err(error) = DeTable::parse(&text) {
            let at = error.span().map_or(0, |span| span.start);
            return Err(INSTALL
                .broken(format!("it isn't TOML: {}", error.message()), "correct it first")
                .at(&text, at));
        }
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        Ok(Self { text, newline })
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The value at `path` with its place.
    pub(crate) fn value(&self, path: &[&str]) -> Option<Spanned<DeValue<'_>>> {
        let table = DeTable::parse(&self.text).ok()?;
        let mut value = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
        for name in path {
            let DeValue::Table(table) = value.into_inner() else { return None };
            value = table.into_iter().find(|(key, _)| key.get_ref() == name)?.1;
        }
        Some(value)
    }

    /// Whether there is a table or another value at `path`.
    pub(crate) fn has(&self, path: &[&str]) -> bool {
        self.value(path).is_some()
    }

    /// The names in the table at `path`.
    pub(crate) fn keys(&self, path: &[&str]) -> Vec<String> {
        let value = self.value(path);
        let table = value.as_ref().and_then(|value| value.get_ref().as_table());
        table.into_iter().flat_map(|table| table.keys().map(|key| key.get_ref().to_string())).collect()
    }

    /// The line (from 1) of byte `at`.
    pub(crate) fn line(&self, at: usize) -> usize {
        1 + self.text[..at].matches('\n').count()
    }

    /// What stands before byte `at` on its line, when that is white space.
    fn indentation(&self, at: usize) -> Option<&str> {
        let line = &self.text[self.text[..at].rfind('\n')? + 1..at];
        line.trim().is_empty().then_some(line)
    }

    /// The line of byte `at`, its end included.
    fn line_range(&self, at: usize) -> Range<usize> {
        let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        start..self.text[at..].find('\n').map_or(self.text.len(), |newline| at + newline + 1)
    }

    /// Every header, in order.
    fn headers(&self) -> Vec<Header> {
        let mut start = 0;
        let mut headers = Vec::new();
        for line in self.text.split_inclusive('\n') {
            let range = start..start + line.trim_end_matches(['\r', '\n']).len();
            // What looks like one may be in a list or text of several lines: then what is before it isn't whole.
            if let Some(path) = header_path(line)
                && DeTable::parse(&self.text[..start]).is_ok()
            {
                headers.push(Header { path, line: range });
            }
            start += line.len();
        }
        headers
    }

    fn list(&self, path: &[&str]) -> Result<Option<List>, Diagnostic> {
        let Some(value) = self.value(path) else { return Ok(None) };
        let span = value.span();
        let items = value.get_ref().as_array().and_then(|items| {
            items.iter().map(|item| Some((item.get_ref().as_str()?.to_string(), item.span()))).collect()
        });
        let Some(items) = items else {
            let message = format!("{} is not a list of texts", path.join("."));
            return Err(INSTALL.broken(message, "make it one: [\"FILE\", …]").at(&self.text, span.start));
        };
        Ok(Some(List { span, items }))
    }
}

/// A list of texts in the text.
struct List {
    span: Range<usize>,
    items: Vec<(String, Range<usize>)>,
}

/// The path that a header names; `None` when the line is none.
fn header_path(line: &str) -> Option<Vec<String>> {
    if !line.trim_start().starts_with('[') {
        return None;
    }
    let mut table: toml::Table = toml::from_str(line).ok()?;
    let mut path = Vec::new();
    while let Some((key, value)) = table.into_iter().next() {
        path.push(key);
        table = match value {
            toml::Value::Table(table) => table,
            toml::Value::Array(mut tables) => match tables.pop() {
                Some(toml::Value::Table(table)) => table,
                _ => return None,
            },
            _ => return None,
        };
    }
    (!path.is_empty()).then_some(path)
}
