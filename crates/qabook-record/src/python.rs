//! The Python twins in the chapters.

use mdbook_snippets::embeds;
use qabook_run::{Cancel, Python};
use qabook_support::markdown::Parsed;
use qabook_support::path::slashed;
use qabook_support::{Diagnostics, shown};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{fs, io};

use crate::rule::RECORD;
use crate::{limited, record};

/// Twins may sleep where the original does.
const LIMIT: Duration = Duration::from_secs(20);

/// A Python twin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Twin {
    /// The file that holds it, below `src`.
    pub(crate) chapter: String,
    code: String,
    /// Whether it must print what `python.txt` holds.
    pub(crate) recorded: bool,
}

/// The twins in the chapters below `src`, by the program that they belong to.
pub(crate) fn by_program(src: &Path) -> Result<BTreeMap<String, Vec<Twin>>, Diagnostics> {
    let hint = "name the book's folder by --root; its chapters must be readable";
    let cant = |path: &Path, error: &io::Error| {
        Diagnostics::from(RECORD.broken(format!("it can't be read: {error}"), hint).in_file(shown(path)))
    };
    let mut twins: BTreeMap<String, Vec<Twin>> = BTreeMap::new();
    for path in chapters(src).map_err(|error| cant(src, &error))? {
        let chapter = slashed(path.strip_prefix(src).unwrap_or(&path));
        let text = fs::read_to_string(&path).map_err(|error| cant(&path, &error))?;
        for embed in embeds(&Parsed::new(&text)) {
            // What is malformed is the build's to tell.
            let (Some(code), Ok(attributes)) = (embed.python, embed.attributes) else { continue };
            let Some(reference) = attributes.snippet else { continue };
            let twin = Twin { chapter: chapter.clone(), code, recorded: !attributes.no_record };
            twins.entry(reference.name).or_default().push(twin);
        }
    }
    Ok(twins)
}

/// What the recorded ones of the twins of one program print, all the same; `None` where none is recorded.
pub(crate) fn run(python: &Python, twins: &[Twin], cancel: &Cancel) -> Result<Option<Vec<u8>>, String> {
    let mut first: Option<(&Twin, Vec<u8>)> = None;
    for twin in twins {
        let printed =
            twice(python, twin, cancel).map_err(|problem| format!("the twin in {}: {problem}", twin.chapter))?;
        match &first {
            _ if !twin.recorded => {}
            None => first = Some((twin, printed)),
            Some((_, output)) if *output == printed => {}
            Some((other, output)) => {
                let (line, lines) = record::difference(output, &printed, &other.chapter, &twin.chapter);
                return Err(format!("its twins share a record, but print different output at line {line}\n{lines}"));
            }
        }
    }
    Ok(first.map(|(_, printed)| printed))
}

/// What a twin prints; twice the same, if it is recorded.
fn twice(python: &Python, twin: &Twin, cancel: &Cancel) -> Result<Vec<u8>, String> {
    let once = || once(python, &twin.code, cancel);
    if twin.recorded { limited::twice(once) } else { once() }
}

fn once(python: &Python, code: &str, cancel: &Cancel) -> Result<Vec<u8>, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let script = folder.path().join("twin.py");
    fs::write(&script, code).map_err(|error| error.to_string())?;
    let mut command = Command::new(python.executable());
    command.args(["-W", "error", "-X", "utf8"]).arg(script).current_dir(folder.path());
    let printed = limited::run(command, LIMIT, cancel)?.success()?;
    // There `print` ends a line by CR LF; the record is the same everywhere.
    Ok(if cfg!(windows) { record::with_unix_line_ends(&printed) } else { printed })
}

/// The Markdown files below `folder`, sorted.
fn chapters(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(chapters(&path)?);
        } else if path.is_file() && path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
