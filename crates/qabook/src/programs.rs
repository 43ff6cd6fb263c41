//! Forms of the book that programs of their own make.
//!
//! Typst takes minutes to compile and SQLite, which is C, longer than all of the site: neither is linked in, so that who
//! never wants a PDF or a deck never builds them.

use anyhow::{Context, Result, bail, ensure};
use std::env::consts::EXE_SUFFIX;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

/// A program that makes the book in another form.
#[derive(Debug, Clone, Copy)]
pub struct Program {
    /// Its name, which is also that of its package.
    name: &'static str,
    /// How long building it takes.
    builds_in: &'static str,
    /// What it makes.
    makes: &'static str,
    /// A command that it can be built without, if that is installed, because it then does the work.
    works_by: Option<WorksBy>,
}

/// A command that does the work of a program, and how long that takes to build then.
#[derive(Debug, Clone, Copy)]
struct WorksBy {
    command: &'static str,
    version: &'static str,
    builds_in: &'static str,
}

/// Makes the PDF.
pub const PDF: Program = Program {
    name: "qabook-pdf",
    builds_in: "about eight minutes",
    makes: "PDF",
    works_by: Some(WorksBy { command: "typst", version: "0.15", builds_in: "two" }),
};
/// Makes the deck for Anki.
pub const ANKI: Program =
    Program { name: "qabook-anki", builds_in: "about half a minute", makes: "deck", works_by: None };

impl Program {
    /// Runs it with `arguments`.
    ///
    /// # Errors
    /// It isn't there, can't be started, or fails; then it has said why.
    pub fn run(self, arguments: &[OsString]) -> Result<()> {
        let Self { name, builds_in, makes, works_by } = self;
        let Some(program) = self.find() else {
            let lighter = works_by.and_then(|WorksBy { command, version, builds_in }| {
                let found = on_path(command).next()?;
                Some(format!(
                    "; with `--no-default-features` it takes {builds_in} and works with {}, if that is {command} {version}",
                    found.display()
                ))
            });
            bail!(
                "{name} is not built\n    hint: `cargo build --release -p {name}`, which takes {builds_in}, then run this \
                 again{}",
                lighter.unwrap_or_default()
            );
        };
        let status = Command::new(&program).args(arguments).status().with_context(|| program.display().to_string())?;
        ensure!(status.success(), "no {makes} was made");
        Ok(())
    }

    /// The program next to this one, or else the first on the search path.
    fn find(self) -> Option<PathBuf> {
        let this = std::env::current_exe().ok();
        let beside = this.map(|exe| exe.with_file_name(format!("{}{EXE_SUFFIX}", self.name)));
        beside.filter(|program| program.is_file()).or_else(|| on_path(self.name).next())
    }
}

/// The files of the command `name` on the search path, in order.
fn on_path(name: &str) -> impl Iterator<Item = PathBuf> {
    let name = format!("{name}{EXE_SUFFIX}");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = std::env::split_paths(&path).collect();
    folders.into_iter().map(move |folder| folder.join(&name)).filter(|file| file.is_file())
}
