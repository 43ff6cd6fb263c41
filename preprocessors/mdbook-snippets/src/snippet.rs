//! One program of the package.

use jiff::civil::Date;
use qabook_support::Diagnostic;
use serde::{Deserialize, Serialize};

use crate::rule::SNIPPET;

/// Whether a program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It compiles and runs; the recorded text is its stdout.
    Runs,
    /// It shows a compile error; the recorded text is the compiler's first error line.
    FailsToCompile,
}

/// One program: `examples/NAME/main.rs` with `output.txt` (and `python.txt`, where chapters hold a Python twin), or
/// `compile-fail/NAME/main.rs` with `error.txt`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Folder name.
    pub name: String,
    /// Whether it runs.
    pub kind: Kind,
    /// What it shows: the text of the `//!` comment on its first line.
    pub caption: String,
    /// The program without that line, anchors still in it.
    pub(crate) source: String,
    /// Its stdout, or the compiler's error line.
    pub recorded: String,
    /// The crates it uses, as code names them.
    pub crates: Vec<String>,
    /// How the text was recorded.
    pub recording: Option<Recording>,
    /// What its Python twin prints: the text of `python.txt` beside it, if it has one.
    pub python_recorded: Option<String>,
}

/// Which compiler made a recorded output, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// Version of rustc, such as `1.95.0`.
    pub rustc: String,
    /// Day of the recording.
    #[serde(with = "qabook_support::day")]
    pub date: Date,
}

impl Snippet {
    /// The whole program as it is compiled, without caption and anchor comments.
    #[must_use]
    pub fn program(&self) -> String {
        self.source.lines().filter(|line| anchor(line).is_none()).fold(String::new(), push_line)
    }

    /// The lines between `// ANCHOR: part` and `// ANCHOR_END: part`, or the whole program.
    ///
    /// # Errors
    /// A part that doesn't exist or isn't ended.
    pub fn part(&self, part: Option<&str>) -> Result<String, Diagnostic> {
        let Some(part) = part else { return Ok(self.program()) };
        let mut lines =
            self.source.lines().skip_while(|line| anchor(line) != Some(("ANCHOR", part))).skip(1).peekable();
        let hint = || format!("mark it with `// ANCHOR: {part}` and `// ANCHOR_END: {part}` in {}", self.name);
        if lines.peek().is_none() {
            return Err(SNIPPET.broken(format!("`{}` has no part `{part}`", self.name), hint()));
        }
        let mut shown = String::new();
        for line in lines {
            match anchor(line) {
                Some(("ANCHOR_END", name)) if name == part => return Ok(dedent(&shown)),
                Some(_) => {}
                None => shown = push_line(shown, line),
            }
        }
        Err(SNIPPET.broken(format!("part `{part}` of `{}` is never ended", self.name), hint()))
    }
}

/// `("ANCHOR", name)` or `("ANCHOR_END", name)` for an anchor comment.
fn anchor(line: &str) -> Option<(&str, &str)> {
    let (mark, name) = line.trim().strip_prefix("//")?.trim_start().split_once(':')?;
    matches!(mark, "ANCHOR" | "ANCHOR_END").then(|| (mark, name.trim()))
}

fn push_line(mut text: String, line: &str) -> String {
    text.push_str(line);
    text.push('\n');
    text
}

/// Removes the indentation that all lines share.
fn dedent(text: &str) -> String {
    let indent = text.lines().filter(|line| !line.trim().is_empty()).map(|line| line.len() - line.trim_start().len());
    let indent = indent.min().unwrap_or(0);
    text.lines().map(|line| line.get(indent..).unwrap_or_default()).fold(String::new(), push_line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snippet(source: &str) -> Snippet {
        Snippet {
            name: "demo".into(),
            kind: Kind::Runs,
            caption: String::new(),
            source: source.into(),
            recorded: String::new(),
            crates: Vec::new(),
            recording: None,
            python_recorded: None,
        }
    }

    const ANCHORED: &str = "fn main() {\n    // ANCHOR: a\n    one();\n    // ANCHOR: b\n      two();\n    // ANCHOR_END: b\n    // ANCHOR_END: a\n}\n";

    #[test]
    fn anchors_are_never_shown() {
        assert_eq!(snippet(ANCHORED).part(None).unwrap(), "fn main() {\n    one();\n      two();\n}\n");
    }

    #[test]
    fn a_part_is_shown_without_common_indentation() {
        assert_eq!(snippet(ANCHORED).part(Some("a")).unwrap(), "one();\n  two();\n");
        assert_eq!(snippet(ANCHORED).part(Some("b")).unwrap(), "two();\n");
    }

    #[test]
    fn a_missing_or_open_part_is_an_error() {
        assert_eq!(snippet(ANCHORED).part(Some("c")).unwrap_err().message, "`demo` has no part `c`");
        let open = snippet("// ANCHOR: a\nx\n");
        assert_eq!(open.part(Some("a")).unwrap_err().message, "part `a` of `demo` is never ended");
    }
}
