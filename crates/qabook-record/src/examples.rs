//! Compiling the examples of a package.

use qabook_run::Cancel;
use qabook_support::{Diagnostic, Diagnostics, shown};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::rule::RECORD;

/// What cargo made of the examples.
#[derive(Debug, Default)]
pub(crate) struct Built {
    executables: BTreeMap<String, PathBuf>,
    /// What the compiler says about those that don't compile.
    errors: BTreeMap<String, String>,
}

impl Built {
    /// The executable of the example `name`, or why there is none.
    pub(crate) fn executable(&self, name: &str) -> Result<PathBuf, String> {
        if let Some(errors) = self.errors.get(name) {
            return Err(format!("it doesn't compile:\n{}", errors.trim_end()));
        }
        let none = || "cargo built no such example: does the folder hold main.rs?".to_string();
        self.executables.get(name).cloned().ok_or_else(none)
    }
}

/// A line of `cargo build --message-format json`.
#[derive(Deserialize)]
#[serde(tag = "reason")]
enum Message {
    #[serde(rename = "compiler-artifact")]
    Artifact { target: Target, executable: Option<PathBuf> },
    #[serde(rename = "compiler-message")]
    Said { target: Target, message: Rendered },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

impl Target {
    fn is_example(&self) -> bool {
        self.kind.iter().any(|kind| kind == "example")
    }
}

#[derive(Deserialize)]
struct Rendered {
    level: String,
    rendered: Option<String>,
}

/// Compiles the examples `names` of the package in `folder`. Those that don't compile don't keep the others from it.
pub(crate) fn build(folder: &Path, names: &[&str], cancel: &Cancel) -> Result<Built, Diagnostics> {
    let mut built = Built::default();
    if names.is_empty() {
        return Ok(built);
    }
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["build", "--keep-going", "--message-format", "json", "--manifest-path"]);
    command.arg(folder.join("Cargo.toml")).stdin(Stdio::null()).stdout(Stdio::piped());
    // The crates that programs use may take minutes.
    let terminal = io::stderr().is_terminal();
    command.stderr(if terminal { Stdio::inherit() } else { Stdio::piped() });
    for name in names {
        command.args(["--example", name]);
    }
    let output = command.spawn().and_then(Child::wait_with_output).map_err(|error| not_started(&error))?;
    if cancel.is_cancelled() {
        return Err(RECORD.broken("cancelled", "run it again").into());
    }
    let mut elsewhere = String::new();
    for line in output.stdout.split(|byte| *byte == b'\n') {
        // Anything else that cargo prints isn't for programs.
        let Ok(message) = serde_json::from_slice(line) else { continue };
        match message {
            Message::Artifact { target, executable: Some(executable) } if target.is_example() => {
                built.executables.insert(target.name, executable);
            }
            Message::Said { target, message } if message.level == "error" => {
                let errors =
                    if target.is_example() { built.errors.entry(target.name).or_default() } else { &mut elsewhere };
                *errors += &message.rendered.unwrap_or_default();
            }
            _ => {}
        }
    }
    if !output.status.success() && built.errors.is_empty() {
        elsewhere += &String::from_utf8_lossy(&output.stderr);
        let message = format!("cargo can't build the programs:\n{}", elsewhere.trim_end());
        let hint = "see what cargo says; it was run for this package";
        return Err(RECORD.broken(message, hint).in_file(shown(&folder.join("Cargo.toml"))).into());
    }
    Ok(built)
}

/// What is said when a tool of Rust's isn't there.
pub(crate) fn not_started(error: &io::Error) -> Diagnostic {
    RECORD.broken(format!("cargo can't be started: {error}"), "install Rust: https://rustup.rs")
}
