//! A program that is compared with its record, or recorded.

use qabook_run::{Cancel, Python};
use qabook_support::{Diagnostic, shown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use crate::python::{self, Twin};
use crate::recordings::Recordings;
use crate::rule::RECORD;
use crate::{compile_fail, limited, record};

/// What the Playground gives a program, compiling included.
const LIMIT: Duration = Duration::from_secs(10);

/// How a record came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// The program prints what was recorded: nothing was written.
    Same,
    /// There was no record.
    New,
    /// The record was another: where they first differ.
    Changed(String),
}

/// What kind of program it is, and what running it takes.
#[derive(Debug)]
pub(crate) enum Kind {
    /// An example: its executable, or why there is none.
    Runs(Result<PathBuf, String>),
    /// One that must not compile, in this edition.
    FailsToCompile(String),
    /// The Python twins of a program.
    Python(Option<Python>, Vec<Twin>),
    /// A program's `python.txt` that no chapter has a twin for.
    WithoutTwin,
}

/// A program with its record.
#[derive(Debug)]
pub struct Program {
    pub(crate) name: String,
    /// The folder that holds it and its record.
    pub(crate) folder: PathBuf,
    pub(crate) kind: Kind,
    pub(crate) skipped: Option<&'static str>,
    /// Which compiler made the record.
    pub(crate) rustc: Arc<str>,
    pub(crate) recordings: Arc<Recordings>,
}

impl Program {
    /// The name of its folder.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Kind and name, such as `runs::tcp-echo`.
    #[must_use]
    pub fn id(&self) -> String {
        let kind = match self.kind {
            Kind::Runs(_) => "runs",
            Kind::FailsToCompile(_) => "fails-to-compile",
            Kind::Python(..) | Kind::WithoutTwin => "python",
        };
        format!("{kind}::{}", self.name)
    }

    /// Why it isn't run on this machine, if it isn't.
    #[must_use]
    pub fn skipped(&self) -> Option<&'static str> {
        self.skipped
    }

    /// Compares what it prints with its record.
    ///
    /// # Errors
    /// A program that fails, doesn't end, prints something else each time, or not what was recorded; one without a record.
    pub fn compare(&self, cancel: &Cancel) -> Result<(), Diagnostic> {
        let Some(printed) = self.printed(cancel)? else { return Ok(()) };
        match self.before()? {
            None => Err(self
                .broken("it has no record".into(), "run `qabook record` to record it")
                .in_file(shown(&self.record_file()))),
            Some(recorded) if !self.same(&recorded, &printed) => {
                let (line, lines) = record::difference(&recorded, &printed, "recorded", "now");
                let message = format!("{} prints something else than its record:\n{lines}", self.name);
                let hint = "fix the program, or run `qabook record` to accept it";
                Err(RECORD.broken(message, hint).in_file(shown(&self.record_file())).on_line(line))
            }
            Some(_) if self.is_noted() => Ok(()),
            Some(_) => Err(self.broken("recorded.toml doesn't say how it was recorded".into(), "run `qabook record`")),
        }
    }

    /// Records what it prints, if that isn't recorded yet.
    ///
    /// # Errors
    /// A program that fails, doesn't end or prints something else each time; a record that can't be written.
    pub fn record(&self, cancel: &Cancel) -> Result<Recorded, Diagnostic> {
        let Some(printed) = self.printed(cancel)? else { return Ok(Recorded::Same) };
        let before = self.before()?;
        let is_same = before.as_ref().is_some_and(|recorded| self.same(recorded, &printed));
        if is_same && self.is_noted() {
            return Ok(Recorded::Same);
        }
        self.write(&printed, is_same)?;
        Ok(match before {
            Some(before) if !is_same => Recorded::Changed(record::difference(&before, &printed, "was", "is now").1),
            _ => Recorded::New,
        })
    }

    fn write(&self, printed: &[u8], is_same: bool) -> Result<(), Diagnostic> {
        let hint = "see that the folder can be written to";
        if !is_same {
            record::write(&self.record_file(), printed).map_err(|message| self.broken(message, hint))?;
        }
        if matches!(self.kind, Kind::Runs(_)) {
            self.recordings.note(&self.name, &self.rustc).map_err(|message| self.broken(message, hint))?;
        }
        Ok(())
    }

    /// What it prints; `None` for what has no record.
    fn printed(&self, cancel: &Cancel) -> Result<Option<Vec<u8>>, Diagnostic> {
        let printed = match &self.kind {
            Kind::Runs(Ok(executable)) => run(executable, cancel).map(Some),
            Kind::Runs(Err(message)) => Err(message.clone()),
            Kind::FailsToCompile(edition) => {
                compile_fail::refusal(&self.folder, edition, cancel).map(|line| Some(line.into_bytes()))
            }
            Kind::Python(Some(python), twins) => python::run(python, twins, cancel),
            Kind::Python(None, _) => Ok(None),
            Kind::WithoutTwin => {
                let problem = self.broken(format!("no chapter holds a Python twin of {}", self.name), "delete it");
                return Err(problem.in_file(shown(&self.record_file())));
            }
        };
        printed.map_err(|message| self.broken(message, "fix the program; `qabook run` shows what it does"))
    }

    fn before(&self) -> Result<Option<Vec<u8>>, Diagnostic> {
        let path = self.record_file();
        record::read(&path)
            .map_err(|error| self.broken(format!("it can't be read: {error}"), "delete it").in_file(shown(&path)))
    }

    fn same(&self, recorded: &[u8], printed: &[u8]) -> bool {
        match self.kind {
            Kind::FailsToCompile(_) => compile_fail::same_code(recorded, printed),
            _ => recorded == printed,
        }
    }

    /// Whether all that belongs to its record is there.
    fn is_noted(&self) -> bool {
        !matches!(self.kind, Kind::Runs(_)) || self.recordings.has(&self.name)
    }

    fn record_file(&self) -> PathBuf {
        self.folder.join(match self.kind {
            Kind::Runs(_) => "output.txt",
            Kind::FailsToCompile(_) => "error.txt",
            Kind::Python(..) | Kind::WithoutTwin => "python.txt",
        })
    }

    /// A problem of the program.
    fn broken(&self, message: String, hint: &str) -> Diagnostic {
        let file = match &self.kind {
            // Its code stands in a chapter.
            Kind::Python(..) | Kind::WithoutTwin => self.folder.clone(),
            Kind::Runs(_) | Kind::FailsToCompile(_) => self.folder.join("main.rs"),
        };
        RECORD.broken(message, hint).in_file(shown(&file))
    }
}

/// What an executable prints, twice the same.
fn run(executable: &Path, cancel: &Cancel) -> Result<Vec<u8>, String> {
    limited::twice(|| limited::run(Command::new(executable), LIMIT, cancel)?.success())
}
