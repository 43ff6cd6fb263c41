//! The package that holds the programs.

use anyhow::{Context, Result};
use jiff::civil::Date;
use qabook_support::Diagnostic;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::rule::SNIPPET;

const TO_RECORD: &str = "run `SNAPSHOTS=overwrite cargo test -p snippets` to record it";

/// The snippet package: a cargo package of examples with their recorded output.
#[derive(Debug)]
pub struct Package {
    folder: PathBuf,
    /// Names, as code uses them, of the crates that the programs may use.
    dependencies: Vec<String>,
    recordings: BTreeMap<String, Recording>,
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

/// Whether a program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It compiles and runs; the recorded text is its stdout.
    Runs,
    /// It shows a compile error; the recorded text is the compiler's first error line.
    FailsToCompile,
}

/// One program: `examples/NAME/main.rs` with `output.txt` (and `python.txt`, where chapters hold a Python twin), or `compile-fail/NAME/main.rs` with `error.txt`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Folder name.
    pub name: String,
    /// Whether it runs.
    pub kind: Kind,
    /// What it shows: the text of the `//!` comment on its first line.
    pub caption: String,
    /// The program without that line, anchors still in it.
    source: String,
    /// Its stdout, or the compiler's error line.
    pub recorded: String,
    /// The crates it uses, as code names them.
    pub crates: Vec<String>,
    /// How the text was recorded.
    pub recording: Option<Recording>,
    /// What its Python twin prints: the text of `python.txt` beside it, if it has one.
    pub python_recorded: Option<String>,
}

/// A dependency's entry is not looked into: its key is all that matters here.
#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    dependencies: BTreeMap<String, toml::Value>,
}

impl Package {
    /// Opens the package in `folder`.
    ///
    /// # Errors
    /// A missing or malformed `Cargo.toml` or `recorded.toml`.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self> {
        let folder = folder.into();
        let manifest: Manifest = read_toml(&folder.join("Cargo.toml"))?
            .with_context(|| format!("{}: there is no snippet package here", folder.display()))
            .context("hint: set `package` in [preprocessor.snippets] of book.toml to its folder")?;
        let recordings = read_toml(&folder.join("recorded.toml"))?.unwrap_or_default();
        let dependencies = manifest.dependencies.into_keys().map(|name| name.replace('-', "_")).collect();
        Ok(Self { folder, dependencies, recordings })
    }

    /// Loads the program `name`.
    ///
    /// # Errors
    /// No such program, no caption, no recorded text, or a file that can't be read.
    pub fn snippet(&self, name: &str) -> Result<Snippet, Diagnostic> {
        let kinds = [(Kind::Runs, "examples", "output.txt"), (Kind::FailsToCompile, "compile-fail", "error.txt")];
        for (kind, parent, record) in kinds {
            let folder = self.folder.join(parent).join(name);
            if folder.is_dir() {
                return self.load(name, kind, &folder, record);
            }
        }
        Err(SNIPPET.broken(
            format!("no snippet is called `{name}`"),
            format!("create {}/examples/{name}/main.rs{}", slashed(&self.folder), self.similar(name)),
        ))
    }

    /// The package's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the package says how its outputs were recorded: it has a `recorded.toml`.
    #[must_use]
    pub fn has_recordings(&self) -> bool {
        !self.recordings.is_empty()
    }

    /// The names of all programs, those that must not compile included, sorted.
    ///
    /// # Errors
    /// A folder that can't be listed.
    pub fn names(&self) -> std::io::Result<Vec<String>> {
        let mut names = Vec::new();
        for parent in ["examples", "compile-fail"] {
            let entries = match self.folder.join(parent).read_dir() {
                Ok(entries) => entries,
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            for entry in entries {
                let entry = entry?;
                if entry.path().join("main.rs").is_file() {
                    names.push(entry.file_name().to_string_lossy().into_owned());
                }
            }
        }
        names.sort();
        Ok(names)
    }

    /// Whether programs may use the crate that code names `krate`.
    #[must_use]
    pub fn uses(&self, krate: &str) -> bool {
        self.dependencies.iter().any(|dependency| dependency == krate)
    }

    fn load(&self, name: &str, kind: Kind, folder: &Path, record: &str) -> Result<Snippet, Diagnostic> {
        let program = folder.join("main.rs");
        let text = read(&program, "write the program there")?;
        let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
        let caption =
            first.strip_prefix("//!").map(str::trim).filter(|caption| !caption.is_empty()).ok_or_else(|| {
                SNIPPET.broken(
                    format!("{}:1: the program has no caption", slashed(&program)),
                    "make its first line `//! 说明`: it is shown above the code",
                )
            })?;
        let recorded = read(&folder.join(record), TO_RECORD)?;
        let twin = folder.join("python.txt");
        let python_recorded = twin.is_file().then(|| read(&twin, TO_RECORD)).transpose()?;
        let source = rest.trim_start_matches('\n');
        Ok(Snippet {
            name: name.into(),
            kind,
            caption: caption.into(),
            source: source.into(),
            recorded,
            crates: self.dependencies.iter().filter(|krate| uses_crate(source, krate)).cloned().collect(),
            recording: self.recordings.get(name).cloned(),
            python_recorded,
        })
    }

    fn similar(&self, name: &str) -> String {
        let prefix = name.split('-').next().unwrap_or(name);
        let names = self.names().unwrap_or_default();
        let like: Vec<String> = names.into_iter().filter(|other| other.contains(prefix)).collect();
        if like.is_empty() { String::new() } else { format!(", or write one of: {}", like.join(", ")) }
    }
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

/// Whether `source` names `krate` in a path, comments aside.
fn uses_crate(source: &str, krate: &str) -> bool {
    source.lines().map(|line| line.split("//").next().unwrap_or_default()).any(|code| {
        code.match_indices(krate).any(|(at, _)| {
            let before = code[..at].chars().next_back();
            let starts = !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':');
            starts && code[at + krate.len()..].starts_with("::")
        })
    })
}

fn read(path: &Path, hint: &str) -> Result<String, Diagnostic> {
    std::fs::read_to_string(path)
        .map(|text| text.replace("\r\n", "\n"))
        .map_err(|error| SNIPPET.broken(format!("{} can't be read: {error}", slashed(path)), hint))
}

/// `None` when the file doesn't exist.
fn read_toml<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Option<T>> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| slashed(path)),
    };
    toml::from_str(&text).map(Some).with_context(|| slashed(path))
}

fn slashed(path: &Path) -> String {
    let shown = path.display().to_string().replace('\\', "/");
    shown.strip_prefix("./").map(Into::into).unwrap_or(shown)
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

    #[test]
    fn a_crate_is_used_when_a_path_begins_with_it() {
        assert!(uses_crate("use tokio::net::TcpStream;", "tokio"));
        assert!(uses_crate("    let x = (libc::EPOLLIN);", "libc"));
        for other in ["// tokio::spawn", "use my_tokio::x;", "std::tokio::x", "tokio_util::x", "let tokio = 1;"] {
            assert!(!uses_crate(other, "tokio"), "{other}");
        }
    }
}
