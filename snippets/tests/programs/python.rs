//! The tests of the Python twins that stand in the chapters.

use libtest_mimic::Trial;
use mdbook_snippets::embeds;
use qabook_support::markdown::Parsed;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{fs, io};

use crate::limited;

/// Twins may sleep where the original does.
const LIMIT: Duration = Duration::from_secs(20);

/// One test per Python twin; ignored, with a message, where there is no CPython 3.11 or later.
pub(crate) fn twins(package: &Path) -> Result<Vec<Trial>, String> {
    let interpreter = interpreter();
    if interpreter.is_none() {
        eprintln!(
            "no CPython 3.11 or later found as python3 or python: the Python twins are not run"
        );
    }
    let chapters = chapters(&package.join("../src"))
        .map_err(|error| format!("the book's src folder: {error}"))?;
    let mut trials = Vec::new();
    for chapter in chapters {
        let text = fs::read_to_string(&chapter)
            .map_err(|error| format!("{}: {error}", chapter.display()))?;
        for embed in embeds(&Parsed::new(&text)) {
            let Some(code) = embed.python else { continue };
            let Some(reference) = embed
                .attributes
                .ok()
                .and_then(|attributes| attributes.snippet)
            else {
                continue;
            };
            let interpreter = interpreter.clone();
            let ignored = interpreter.is_none();
            let trial = Trial::test(format!("python::{}", reference.name), move || {
                Ok(run(interpreter.unwrap_or_default(), &code)?)
            });
            trials.push(trial.with_ignored_flag(ignored));
        }
    }
    Ok(trials)
}

fn run(interpreter: PathBuf, code: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let script = folder.path().join("twin.py");
    fs::write(&script, code).map_err(|error| error.to_string())?;
    let mut command = Command::new(interpreter);
    command
        .args(["-W", "error", "-X", "utf8"])
        .arg(script)
        .current_dir(folder.path());
    limited::run(command, LIMIT)?.success().map(drop)
}

fn interpreter() -> Option<PathBuf> {
    let supported = |name: &&str| {
        let check = "import sys; sys.exit(sys.version_info < (3, 11) or sys.implementation.name != 'cpython')";
        Command::new(name)
            .args(["-c", check])
            .output()
            .is_ok_and(|output| output.status.success())
    };
    ["python3", "python"]
        .iter()
        .find(|name| supported(name))
        .map(Into::into)
}

/// The Markdown files below `folder`, sorted.
fn chapters(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(chapters(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
