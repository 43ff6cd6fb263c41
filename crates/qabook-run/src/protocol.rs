//! What is asked and answered: the form of `POST /execute` of the Rust Playground, with a little more in the answer.
//!
//! The form is that of <https://github.com/rust-lang/rust-playground>, `ui/src/server_axum.rs`.

use serde::{Deserialize, Serialize};

use crate::Limit;

/// A program to be run.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// The program's text.
    pub code: String,
    /// What it is written in; the Playground knows Rust alone and doesn't send this.
    #[serde(default)]
    pub language: Language,
    /// `stable`, `beta` or `nightly`.
    #[serde(default = "stable")]
    pub channel: String,
    /// How it is compiled.
    #[serde(default)]
    pub mode: Mode,
    /// The edition of Rust, such as `2024`.
    #[serde(default = "newest_edition")]
    pub edition: String,
    /// Whether it has a `main`.
    #[serde(default)]
    pub crate_type: CrateType,
    /// Whether its `#[test]` functions are run in the place of `main`.
    #[serde(default)]
    pub tests: bool,
    /// Whether a panic shows where it came from.
    #[serde(default)]
    pub backtrace: bool,
}

/// What a program is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Compiled, then run.
    #[default]
    Rust,
    /// Run by CPython.
    Python,
}

/// How a program is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Without optimization.
    #[default]
    Debug,
    /// Optimized.
    Release,
}

/// Whether a program has a `main`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CrateType {
    /// It has.
    #[default]
    Bin,
    /// It hasn't: it is only compiled.
    Lib,
}

fn stable() -> String {
    "stable".into()
}

fn newest_edition() -> String {
    "2024".into()
}

impl Request {
    /// A program in Rust, as a terminal asks for it.
    #[must_use]
    pub fn rust(code: String, channel: String, mode: Mode, edition: String) -> Self {
        let crate_type = CrateType::Bin;
        Self { code, language: Language::Rust, channel, mode, edition, crate_type, tests: false, backtrace: false }
    }

    /// A program in Python.
    #[must_use]
    pub fn python(code: String) -> Self {
        let request = Self::rust(code, stable(), Mode::Debug, newest_edition());
        Self { language: Language::Python, ..request }
    }
}

/// How a run ended, and what it printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// Whether it compiled and ended with status 0.
    pub success: bool,
    /// How it ended, such as `Exited with status 101` or `Exited with signal 6 (SIGABRT)`.
    pub exit_detail: String,
    /// What it printed.
    pub stdout: String,
    /// What the compiler said, in the lines of cargo, and what the program printed to stderr.
    pub stderr: String,
    /// How long the program ran, in milliseconds, without compiling.
    pub milliseconds: u64,
    /// How long it was compiled.
    pub compile_milliseconds: u64,
    /// What ran it, such as `rustc 1.95.0`.
    pub version: String,
    /// The limit that it was ended for, or its compiler, if it didn't come to run.
    pub limit: Option<Limit>,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum State {
    /// It waits for others; `place` is 1 for the next.
    Queued {
        /// Its place in the queue.
        place: usize,
    },
    /// The crates that programs may use are being compiled, once.
    Preparing {
        /// Crates that are done.
        done: usize,
        /// Crates in all.
        of: usize,
    },
    /// The program is being compiled.
    Compiling,
    /// The program runs.
    Running,
}
