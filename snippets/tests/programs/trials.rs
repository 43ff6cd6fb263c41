//! The tests of the Rust programs.

use libtest_mimic::{Failed, Trial};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{fs, io};

use crate::{build, limited, record};

/// What the Playground gives a program, compiling included.
const LIMIT: Duration = Duration::from_secs(10);

/// One test per folder of `examples/`.
pub(crate) fn programs(package: &Path) -> Result<Vec<Trial>, String> {
    let executables = build::examples(package)?;
    let folders = folders(&package.join("examples"))?;
    Ok(folders
        .into_iter()
        .map(|(name, folder)| {
            let executable = executables.get(&name).cloned();
            // Without the feature `linux` cargo leaves programs about Linux itself out.
            let ignored = executable.is_none() && !cfg!(target_os = "linux");
            let package = package.to_path_buf();
            Trial::test(format!("runs::{name}"), move || match &executable {
                Some(executable) => Ok(run(&package, &name, &folder, executable)?),
                None => Err(Failed::from(
                    "cargo built no such example: does the folder hold main.rs?",
                )),
            })
            .with_ignored_flag(ignored)
        })
        .collect())
}

fn run(package: &Path, name: &str, folder: &Path, executable: &Path) -> Result<(), String> {
    let once = || limited::run(Command::new(executable), LIMIT)?.success();
    let first = once()?;
    if once()? != first {
        return Err(record::NOT_THE_SAME.into());
    }
    record::check(package, name, folder, &first)
}

/// One test per folder of `compile-fail/`.
pub(crate) fn compile_errors(package: &Path) -> Result<Vec<Trial>, String> {
    let folders = folders(&package.join("compile-fail"))?;
    Ok(folders
        .into_iter()
        .map(|(name, folder)| {
            Trial::test(format!("fails-to-compile::{name}"), move || {
                Ok(refused(&folder)?)
            })
        })
        .collect())
}

/// Checks that rustc refuses the program with the code in `error.txt` alone. Its wording may change with the compiler.
fn refused(folder: &Path) -> Result<(), String> {
    let recorded = fs::read_to_string(folder.join("error.txt"))
        .map_err(|error| format!("error.txt: {error}"))?;
    let recorded_code = error_codes(&recorded)
        .pop_first()
        .ok_or("error.txt holds no line `error[E….]: …`")?;
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    let mut command = Command::new(rustc);
    command
        .args(["--edition", "2024", "--emit", "metadata", "--out-dir"])
        .arg(out.path())
        .arg(folder.join("main.rs"));
    let finished = limited::run(command, Duration::from_secs(60))?;
    if finished.status.success() {
        return Err(format!("it compiles, but should fail with {recorded_code}"));
    }
    let message = String::from_utf8_lossy(&finished.stderr);
    if error_codes(&message) == BTreeSet::from([recorded_code.clone()]) {
        Ok(())
    } else {
        Err(format!(
            "it should fail with {recorded_code} alone, but rustc says:\n{message}"
        ))
    }
}

/// The codes of the lines `error[E0277]: …`.
fn error_codes(message: &str) -> BTreeSet<String> {
    let code = |line: &str| Some(line.strip_prefix("error[")?.split_once(']')?.0.to_string());
    message.lines().filter_map(code).collect()
}

/// The folders below `parent` with their names, sorted.
fn folders(parent: &Path) -> Result<Vec<(String, PathBuf)>, String> {
    let list = || -> io::Result<Vec<(String, PathBuf)>> {
        let entries = fs::read_dir(parent)?.collect::<io::Result<Vec<_>>>()?;
        let folders = entries.into_iter().filter(|entry| entry.path().is_dir());
        Ok(folders
            .map(|entry| {
                (
                    entry.file_name().to_string_lossy().into_owned(),
                    entry.path(),
                )
            })
            .collect())
    };
    let mut folders = list().map_err(|error| format!("{}: {error}", parent.display()))?;
    folders.sort();
    Ok(folders)
}
