//! Programs that must not compile.

use qabook_run::Cancel;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::limited;

/// How long the compiler may take.
const LIMIT: Duration = Duration::from_mins(1);

/// The line `error[E0277]: …` that the compiler refuses the program in `folder` with.
///
/// A program that compiles, or that is refused with several codes, is told.
pub(crate) fn refusal(folder: &Path, edition: &str, cancel: &Cancel) -> Result<String, String> {
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    command.args(["--edition", edition, "--emit", "metadata", "--out-dir"]);
    command.arg(out.path()).arg(folder.join("main.rs"));
    let finished = limited::run(command, LIMIT, cancel)?;
    if finished.status.success() {
        return Err("it compiles, but should not".into());
    }
    let message = String::from_utf8_lossy(&finished.stderr);
    let first = message.lines().find(|line| error_code(line).is_some());
    match (first, codes(&message).len()) {
        (Some(line), 1) => Ok(format!("{line}\n")),
        _ => Err(format!("it should be refused with one error code, but rustc says:\n{}", message.trim_end())),
    }
}

/// Whether two such lines have the same code: the wording may change with the compiler.
pub(crate) fn same_code(recorded: &[u8], actual: &[u8]) -> bool {
    let codes = |bytes: &[u8]| codes(&String::from_utf8_lossy(bytes));
    codes(recorded).first().is_some() && codes(recorded).first() == codes(actual).first()
}

/// The codes of the lines `error[E0277]: …`.
fn codes(message: &str) -> BTreeSet<String> {
    message.lines().filter_map(error_code).map(Into::into).collect()
}

fn error_code(line: &str) -> Option<&str> {
    Some(line.strip_prefix("error[")?.split_once(']')?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_counts_and_not_the_wording() {
        assert!(same_code(b"error[E0277]: one\n", b"error[E0277]: other\n"));
        assert!(!same_code(b"error[E0277]: one\n", b"error[E0382]: one\n"));
        assert!(!same_code(b"", b""));
    }
}
