//! The package that holds the programs.

use anyhow::{Context, Result};
use qabook_support::{Diagnostic, shown};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::rule::SNIPPET;
use crate::snippet::{Kind, Recording, Snippet};

const TO_RECORD: &str = "run `qabook record` to record it";

/// The snippet package: a cargo package of examples with their recorded output.
#[derive(Debug)]
pub struct Package {
    folder: PathBuf,
    /// Names, as code uses them, of the crates that the programs may use.
    dependencies: Vec<String>,
    recordings: BTreeMap<String, Recording>,
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
        let manifest: Manifest = read_toml(&folder.join("Cargo.toml"))?.with_context(|| {
            let folder = slashed(&shown(&folder));
            format!(
                "{folder}: there is no snippet package here\n    hint: set `package` in [preprocessor.snippets] of \
                     book.toml to its folder"
            )
        })?;
        let recordings = read_toml(&folder.join("recorded.toml"))?.unwrap_or_default();
        let dependencies = manifest.dependencies.into_keys().map(|name| name.replace('-', "_")).collect();
        Ok(Self { folder, dependencies, recordings })
    }

    /// Opens the package in `folder`, or an empty one where there is none: a book may be without programs.
    ///
    /// # Errors
    /// A malformed `Cargo.toml` or `recorded.toml`.
    pub fn open_if_there(folder: impl Into<PathBuf>) -> Result<Self> {
        let folder = folder.into();
        if folder.join("Cargo.toml").exists() {
            return Self::open(folder);
        }
        Ok(Self { folder, dependencies: Vec::new(), recordings: BTreeMap::new() })
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
        if !self.folder.join("Cargo.toml").exists() {
            return Err(SNIPPET.broken(
                format!("no snippet is called `{name}`: {} is no snippet package", slashed(&self.folder)),
                "set `package` in [preprocessor.snippets] of book.toml to the folder of its Cargo.toml",
            ));
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
                    "make its first line `//! What it shows`: it is shown above the code",
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

    #[test]
    fn a_crate_is_used_when_a_path_begins_with_it() {
        assert!(uses_crate("use tokio::net::TcpStream;", "tokio"));
        assert!(uses_crate("    let x = (libc::EPOLLIN);", "libc"));
        for other in ["// tokio::spawn", "use my_tokio::x;", "std::tokio::x", "tokio_util::x", "let tokio = 1;"] {
            assert!(!uses_crate(other, "tokio"), "{other}");
        }
    }
}
