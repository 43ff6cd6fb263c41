//! The tests of the Python twins in the chapters.

use libtest_mimic::Trial;
use mdbook_snippets::embeds;
use qabook_support::markdown::Parsed;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{fs, io};

use crate::{limited, record};

/// Twins may sleep where the original does.
const LIMIT: Duration = Duration::from_secs(20);

/// A Python twin.
struct Twin {
    /// The file that holds it, below `src`.
    chapter: String,
    code: String,
    /// Whether it must print what `python.txt` holds.
    recorded: bool,
}

/// One test per program with Python twins; ignored, with a message, where there is no CPython 3.11 or later. One more
/// finds records that no twin belongs to.
pub(crate) fn twins(package: &Path) -> Result<Vec<Trial>, String> {
    let interpreter = interpreter();
    if interpreter.is_none() {
        eprintln!(
            "no CPython 3.11 or later found as python3 or python: the Python twins are not run"
        );
    }
    let twins = by_program(&package.join("../src"))?;
    let names: Vec<String> = twins
        .iter()
        .filter(|(_, twins)| twins.iter().any(|twin| twin.recorded))
        .map(|(name, _)| name.clone())
        .collect();
    let mut trials: Vec<Trial> = twins
        .into_iter()
        .map(|(name, twins)| {
            let folder = package.join("examples").join(&name);
            let interpreter = interpreter.clone();
            let ignored = interpreter.is_none();
            Trial::test(format!("python::{name}"), move || {
                Ok(check(&interpreter.unwrap_or_default(), &twins, &folder)?)
            })
            .with_ignored_flag(ignored)
        })
        .collect();
    let package = package.to_path_buf();
    trials.push(Trial::test("every-python-record-has-a-twin", move || {
        Ok(record::without_twin(&package, &names)?)
    }));
    Ok(trials)
}

/// The twins in the chapters below `src`, by the program that they belong to.
fn by_program(src: &Path) -> Result<BTreeMap<String, Vec<Twin>>, String> {
    let chapters = chapters(src).map_err(|error| format!("the book's src folder: {error}"))?;
    let mut twins: BTreeMap<String, Vec<Twin>> = BTreeMap::new();
    for path in chapters {
        let chapter = path.strip_prefix(src).unwrap_or(&path).display();
        let text = fs::read_to_string(&path).map_err(|error| format!("{chapter}: {error}"))?;
        for embed in embeds(&Parsed::new(&text)) {
            let Some(code) = embed.python else { continue };
            // What is malformed is the build's to tell.
            let Ok(attributes) = embed.attributes else {
                continue;
            };
            let Some(reference) = attributes.snippet else {
                continue;
            };
            let recorded = !attributes.no_record;
            let chapter = chapter.to_string();
            twins.entry(reference.name).or_default().push(Twin {
                chapter,
                code,
                recorded,
            });
        }
    }
    Ok(twins)
}

/// Compares what the twins of one program print, all the same, with `python.txt` in `folder`.
fn check(interpreter: &Path, twins: &[Twin], folder: &Path) -> Result<(), String> {
    let mut first: Option<(&Twin, Vec<u8>)> = None;
    for twin in twins {
        let printed = run(interpreter, twin)
            .map_err(|problem| format!("the twin in {}: {problem}", twin.chapter))?;
        if !twin.recorded {
            continue;
        }
        match &first {
            None => first = Some((twin, printed)),
            Some((_, output)) if *output == printed => {}
            Some((other, _)) => {
                return Err(format!(
                    "the twins in {} and {} print different output\n\
                     hint: make them print the same: they share a record",
                    other.chapter, twin.chapter
                ));
            }
        }
    }
    first.map_or(Ok(()), |(_, printed)| {
        record::check_text(&folder.join("python.txt"), &printed)
    })
}

/// What a twin prints; twice the same, if it is recorded.
fn run(interpreter: &Path, twin: &Twin) -> Result<Vec<u8>, String> {
    let first = once(interpreter, &twin.code)?;
    if twin.recorded && once(interpreter, &twin.code)? != first {
        return Err(record::NOT_THE_SAME.into());
    }
    Ok(first)
}

fn once(interpreter: &Path, code: &str) -> Result<Vec<u8>, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let script = folder.path().join("twin.py");
    fs::write(&script, code).map_err(|error| error.to_string())?;
    let mut command = Command::new(interpreter);
    command
        .args(["-W", "error", "-X", "utf8"])
        .arg(script)
        .current_dir(folder.path());
    let printed = limited::run(command, LIMIT)?.success()?;
    // There `print` ends a line by CR LF; the record is the same everywhere.
    Ok(if cfg!(windows) {
        String::from_utf8_lossy(&printed)
            .replace("\r\n", "\n")
            .into_bytes()
    } else {
        printed
    })
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
