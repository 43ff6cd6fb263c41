//! What runs programs for pages: the runner, its guard, and the runs under way.

use anyhow::Result;
use axum::http::HeaderMap;
use mdbook_driver::config::Config;
use qabook_run::{Cancel, Error, Runner, Sandbox, State};
use qabook_words::Words;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::guard::{Guard, Hosts};
use super::words;

/// What pages load to run programs.
pub(in crate::serve) const SCRIPT: &str = "/-/qabook/run.js";

/// What runs programs for the pages of a book.
pub(in crate::serve) struct Programs {
    pub(super) runner: Runner,
    /// What the script says, as the value of an attribute.
    words: String,
    pub(super) guard: Guard,
    runs: Mutex<Vec<Run>>,
}

/// A run under way.
pub(super) struct Run {
    /// As its page calls it.
    pub(super) name: String,
    pub(super) state: Option<State>,
    pub(super) cancel: Cancel,
}

impl Programs {
    /// Programs of the book in `root`, for pages of the server at `address`; `None` where the book has no package, and
    /// where no sandbox can be made, which the author is told: the book is served all the same.
    pub(in crate::serve) fn of_book(
        root: &Path,
        config: &Config,
        words: &Words,
        address: SocketAddr,
    ) -> Result<Option<Self>> {
        let package = root.join(mdbook_snippets::Config::from_book(config)?.package);
        if !package.join("Cargo.toml").is_file() {
            return Ok(None);
        }
        let sandbox = match this_program().and_then(|program| Sandbox::new(program, vec![crate::SANDBOXED.into()])) {
            Ok(sandbox) => sandbox,
            Err(error) => {
                log(&format!("programs run on the Playground: no sandbox can be made here: {error}"));
                return Ok(None);
            }
        };
        let runner = Runner::new(&std::path::absolute(package)?, sandbox);
        let words = words::json(words).replace('&', "&amp;").replace('"', "&quot;");
        Ok(Some(Self { runner, words, guard: Guard::new(Hosts::of(address))?, runs: Mutex::default() }))
    }

    /// One line for the author: who runs programs, and what holds them.
    pub(in crate::serve) fn describe(&self) -> String {
        let rust = self.runner.rust().map(|rust| format!("rustc {}", rust.version));
        let python = self.runner.python().map(|python| format!("CPython {}", python.version));
        let layers = self.runner.sandbox().layers();
        match (rust, python) {
            (Some(rust), Some(python)) => format!("programs run here: {rust}, {python}; {layers}"),
            (Some(rust), None) => format!("programs run here: {rust}; {layers}"),
            (None, Some(python)) => format!("{}; Python runs here: {python}; {layers}", on_the_playground()),
            (None, None) => on_the_playground(),
        }
    }

    /// The script that a page gets which is asked for with `headers`; it tells it what it needs to ask for a run.
    pub(in crate::serve) fn script_element(&self, headers: &HeaderMap) -> String {
        if !self.guard.trusts_host(headers) {
            return String::new();
        }
        let attribute = |name: &str, value: Option<&String>| {
            value.map_or(String::new(), |value| format!(" data-{name}=\"{value}\""))
        };
        let rust = attribute("rustc", self.runner.rust().map(|rust| &rust.version));
        let python = attribute("python", self.runner.python().map(|python| &python.version));
        let (token, words) = (self.guard.token(), &self.words);
        format!("<script defer src=\"{SCRIPT}\" data-token=\"{token}\"{rust}{python} data-words=\"{words}\"></script>")
    }

    /// Ends all runs: nothing that they started outlives the server.
    pub(in crate::serve) fn end(&self) {
        self.runs().iter().for_each(|run| run.cancel.cancel());
    }

    /// A panic of one run must not stop the others.
    pub(super) fn runs(&self) -> MutexGuard<'_, Vec<Run>> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// This program, which is also the sandbox's helper: not the one that a build may have put in its place meanwhile.
fn this_program() -> io::Result<PathBuf> {
    if cfg!(target_os = "linux") { Ok("/proc/self/exe".into()) } else { std::env::current_exe() }
}

/// Tells the author. Whether anybody still reads it changes nothing for the request.
pub(in crate::serve) fn log(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

fn on_the_playground() -> String {
    format!("programs run on the Playground: {}", Error::NoRust)
}
