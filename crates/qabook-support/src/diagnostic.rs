//! Errors for people: where, what is wrong, what to do.

use serde::Serialize;
use std::fmt;
use std::path::PathBuf;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Something is wrong: the command fails.
    Error,
    /// Worth a look; the command succeeds.
    Warning,
    /// Nothing is wrong, but something is still to be done.
    Note,
}

/// What was checked: the name that reports show, and how bad a breach is.
///
/// Each crate declares its own as constants. Ids are stable: tools and settings rely on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    /// In lower case with hyphens, such as `front-matter`.
    pub id: &'static str,
    /// How bad a breach of it is.
    pub severity: Severity,
}

impl Rule {
    /// A rule whose breach is an error.
    #[must_use]
    pub const fn error(id: &'static str) -> Self {
        Self { id, severity: Severity::Error }
    }

    /// A rule whose breach is a warning.
    #[must_use]
    pub const fn warning(id: &'static str) -> Self {
        Self { id, severity: Severity::Warning }
    }

    /// A rule whose breach is a note.
    #[must_use]
    pub const fn note(id: &'static str) -> Self {
        Self { id, severity: Severity::Note }
    }

    /// A breach of this rule, whose place isn't known yet.
    #[must_use]
    pub fn broken(self, message: impl Into<String>, hint: impl Into<String>) -> Diagnostic {
        let (message, hint) = (message.into(), hint.into());
        Diagnostic { place: Place::default(), rule: self, message, hint, fixable: false }
    }
}

/// A place in the author's files. The default is the book as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The file, relative to the working directory where it is below it; empty for the book as a whole.
    pub file: PathBuf,
    /// Line number from 1; `None` when the whole file is meant.
    pub line: Option<usize>,
    /// Column in characters (Unicode scalar values, not bytes) from 1; `None` when the whole line is meant.
    pub column: Option<usize>,
}

/// `file:line`, with forward slashes on every system, so that messages can be compared and pasted.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display().to_string().replace('\\', "/"))?;
        self.line.map_or(Ok(()), |line| write!(f, ":{line}"))
    }
}

/// One problem: the only type for it, from the preprocessors to the reports of `qabook check`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where it is.
    pub place: Place,
    /// Which rule is broken.
    pub rule: Rule,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// Whether `qabook check --fix` fixes it.
    pub fixable: bool,
}

impl Diagnostic {
    /// The same problem in `file`, as messages show it.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.place.file = file.into();
        self
    }

    /// The same problem at `line` (from 1).
    #[must_use]
    pub fn on_line(mut self, line: impl Into<Option<usize>>) -> Self {
        self.place.line = line.into();
        self
    }

    /// The same problem at byte `offset` of `text`, the text of its file.
    #[must_use]
    pub fn at(mut self, text: &str, offset: usize) -> Self {
        // Where something was blotted out byte for byte, an offset may lie inside a character.
        let offset = text.floor_char_boundary(offset);
        self.place.line = Some(1 + text[..offset].matches('\n').count());
        self.place.column = Some(column(text, offset));
        self
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }
}

/// The column of byte `offset` of `text`: characters (Unicode scalar values) from 1.
#[must_use]
pub fn column(text: &str, offset: usize) -> usize {
    let before = &text[..offset];
    1 + before[before.rfind('\n').map_or(0, |newline| newline + 1)..].chars().count()
}

/// `file:line: message`, then the hint on a line of its own.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place != Place::default() {
            write!(f, "{}: ", self.place)?;
        }
        write!(f, "{}\n    hint: {}", self.message, self.hint)
    }
}

impl std::error::Error for Diagnostic {}

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
        let problem = |file: &str, line, message: &str, hint: &str| {
            Rule::error("test").broken(message, hint).in_file(file).on_line(line)
        };
        let mut found = Diagnostics::default();
        found.push(problem("src/b.md", 2, "second", "do b"));
        found.push(problem("src/a.md", 10, "first", "do a"));
        found.push(problem("src/a.md", 9, "earlier line", "do it"));
        let shown = found.into_result(()).unwrap_err().to_string();
        assert_eq!(
            shown,
            "src/a.md:9: earlier line\n    hint: do it\n\
             src/a.md:10: first\n    hint: do a\n\
             src/b.md:2: second\n    hint: do b"
        );
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(column("一\n汉字x", "一\n汉字".len()), 3);
        assert_eq!(column("汉", 0), 1);
    }
}
