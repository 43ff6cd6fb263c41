//! The PDF, made by a program of its own.
//!
//! Typst takes minutes to compile, so `qabook-pdf` is not linked in: who never wants a PDF never builds it.

use anyhow::{Context, Result, bail, ensure};
use std::env::consts::EXE_SUFFIX;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

const PROGRAM: &str = "qabook-pdf";

/// Runs `qabook-pdf` with `arguments`.
///
/// # Errors
/// It isn't there, can't be started, or fails; then it has said why.
pub fn run(arguments: &[OsString]) -> Result<()> {
    let Some(program) = find() else {
        bail!(
            "{PROGRAM} is not built\n    hint: `cargo build --release -p {PROGRAM}`, which takes about eight minutes, \
             then run this again"
        );
    };
    let status = Command::new(&program).args(arguments).status().with_context(|| program.display().to_string())?;
    ensure!(status.success(), "no PDF was made");
    Ok(())
}

/// The program next to this one, or else the first on the search path.
fn find() -> Option<PathBuf> {
    let name = format!("{PROGRAM}{EXE_SUFFIX}");
    let beside = std::env::current_exe().ok().and_then(|exe| exe.parent().map(|folder| folder.join(&name)));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).map(|folder| folder.join(&name));
    beside.into_iter().chain(on_path).find(|program| program.is_file())
}
