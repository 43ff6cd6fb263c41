//! Errors for people: where, what is wrong, what to do.

use std::fmt;
use std::path::PathBuf;

/// One problem at one place of the book's source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The file, relative to the book's root where it is below it.
    pub file: PathBuf,
    /// Line number from 1; `None` when the whole file is meant.
    pub line: Option<usize>,
    /// Column in characters from 1; `None` when the whole line is meant.
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Diagnostic {
    /// A problem at `line` (from 1) of `file`.
    pub fn new(
        file: impl Into<PathBuf>,
        line: impl Into<Option<usize>>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self { file: file.into(), line: line.into(), column: None, message: message.into(), hint: hint.into() }
    }
}

/// `file:line: message`, then the hint on a line of its own.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Forward slashes on every system, so that messages can be compared and pasted.
        write!(f, "{}", self.file.display().to_string().replace('\\', "/"))?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}\n    hint: {}", self.message, self.hint)
    }
}

/// The problems of a whole book: an error once there is at least one.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// `value` when nothing was found.
    ///
    /// # Errors
    /// All the problems, sorted by file and line.
    pub fn into_result<T>(mut self, value: T) -> Result<T, Self> {
        if self.0.is_empty() {
            return Ok(value);
        }
        self.0.sort();
        Err(self)
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, problems: I) {
        self.0.extend(problems);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_shown_by_file_and_line() {
        let mut found = Diagnostics::default();
        found.push(Diagnostic::new("src/b.md", 2, "second", "do b"));
        found.push(Diagnostic::new("src/a.md", 10, "first", "do a"));
        found.push(Diagnostic::new("src/a.md", 9, "earlier line", "do it"));
        let shown = found.into_result(()).unwrap_err().to_string();
        assert_eq!(
            shown,
            "src/a.md:9: earlier line\n    hint: do it\n\
             src/a.md:10: first\n    hint: do a\n\
             src/b.md:2: second\n    hint: do b"
        );
    }
}
