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
}

/// Makes the PDF.
pub const PDF: Program = Program { name: "qabook-pdf", builds_in: "about eight minutes", makes: "PDF" };
/// Makes the deck for Anki.
pub const ANKI: Program = Program { name: "qabook-anki", builds_in: "about half a minute", makes: "deck" };

impl Program {
    /// Runs it with `arguments`.
    ///
    /// # Errors
    /// It isn't there, can't be started, or fails; then it has said why.
    pub fn run(self, arguments: &[OsString]) -> Result<()> {
        let Self { name, builds_in, makes } = self;
        let Some(program) = self.find() else {
            bail!(
                "{name} is not built\n    hint: `cargo build --release -p {name}`, which takes {builds_in}, then run this \
                 again"
            );
        };
        let status = Command::new(&program).args(arguments).status().with_context(|| program.display().to_string())?;
        ensure!(status.success(), "no {makes} was made");
        Ok(())
    }

    /// The program next to this one, or else the first on the search path.
    fn find(self) -> Option<PathBuf> {
        let name = format!("{}{EXE_SUFFIX}", self.name);
        let beside = std::env::current_exe().ok().and_then(|exe| exe.parent().map(|folder| folder.join(&name)));
        let path = std::env::var_os("PATH").unwrap_or_default();
        let on_path = std::env::split_paths(&path).map(|folder| folder.join(&name));
        beside.into_iter().chain(on_path).find(|program| program.is_file())
    }
}
