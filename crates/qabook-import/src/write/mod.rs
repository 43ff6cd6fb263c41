//! Writing a plan: into a folder beside, then each file in its place, or nothing at all.

mod exchange;
mod failure;
mod manifest;
mod summary;

use qabook_support::{Diagnostics, shown};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::book::{self, WRITE};
use crate::plan::Plan;
use failure::failed;
use manifest::{Manifest, hash};

/// The table of contents, in the folder of the chapters.
const SUMMARY: &str = "SUMMARY.md";

/// What was written, and what was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Files that are new or different now, relative to the book, in order.
    pub written: Vec<PathBuf>,
    /// Files that are as they should be.
    pub unchanged: usize,
    /// Files that were left alone, because the author changed them.
    pub kept: Vec<PathBuf>,
    /// Chapters of questions and pictures that the list no longer has; they stay.
    pub gone: Vec<PathBuf>,
    /// Lines for the table of contents, where the author's own leaves chapters out.
    pub unlisted: Vec<String>,
    /// The folder of the chapters, relative to the book.
    pub source: PathBuf,
}

/// How to write.
#[derive(Debug, Clone, Copy, Default)]
pub struct Settings {
    /// Overwrite what the author changed.
    pub force: bool,
    /// Say what would be written, and write nothing.
    pub dry_run: bool,
}

/// Writes `plan` into `book`. `scaffold` fills an empty folder with what else a book needs; it is called when `book` has no
/// book.toml, and none of its files replaces one that is there.
///
/// # Errors
/// Settings of the book that are wrong, files that are in the way and that no import wrote, folders that can't be written to;
/// then nothing was changed.
pub fn write(
    plan: &Plan,
    book: &Path,
    settings: Settings,
    scaffold: &mut dyn FnMut(&Path) -> Result<(), String>,
) -> Result<Outcome, Diagnostics> {
    if book.exists() && !book.is_dir() {
        let hint = "name a folder with --into";
        return Err(WRITE.broken("this is no folder", hint).in_file(shown(book)).into());
    }
    let source = book::source(book)?;
    let old = manifest::read(book)?;
    let files = files(plan, &old, book, &source);
    let mut outcome = compare(&files, book, &old, settings)?;
    outcome.gone = gone(&files, &old, book, &source);
    if outcome.kept.contains(&source.join(SUMMARY)) {
        let own = fs::read_to_string(book.join(&source).join(SUMMARY)).unwrap_or_default();
        outcome.unlisted = summary::unlisted(plan, &own);
    }
    outcome.source = source;
    if settings.dry_run {
        return Ok(outcome);
    }
    let staging = exchange::staging(book)?;
    let is_new = !book::has_settings(book);
    if is_new {
        scaffold(staging.path()).map_err(|error| failed(book, &error))?;
    }
    let mut new = Manifest { chapters: old.chapters.clone(), ..Manifest::default() };
    for (path, content) in &files {
        let is_kept = outcome.kept.contains(path);
        let hash = if is_kept { old.files.get(path).cloned() } else { Some(content.hash(book)?) };
        new.files.extend(hash.map(|hash| (path.clone(), hash)));
        if !is_kept {
            content.write(&staging.path().join(path)).map_err(|error| failed(book, &error.to_string()))?;
        }
    }
    // A picture that comes back is known then.
    outcome.gone.iter().for_each(|path| {
        old.files.get(path).into_iter().for_each(|hash| drop(new.files.insert(path.clone(), hash.clone())));
    });
    new.chapters.extend(plan.chapters.iter().map(|chapter| (chapter.path.clone(), manifest::Entry::of(chapter))));
    new.write(staging.path()).map_err(|error| failed(book, &error))?;
    exchange::into_place(&staging, book, &files.keys().cloned().collect())?;
    Ok(outcome)
}

/// What a file is made of.
pub(crate) enum Content {
    Text(String),
    /// A copy of this file.
    Copy(PathBuf),
}

impl Content {
    fn hash(&self, book: &Path) -> Result<String, Diagnostics> {
        match self {
            Self::Text(text) => Ok(hash(text.as_bytes())),
            Self::Copy(from) => {
                fs::read(from).map(|bytes| hash(&bytes)).map_err(|error| failed(book, &error.to_string()))
            }
        }
    }

    fn write(&self, to: &Path) -> std::io::Result<()> {
        to.parent().map_or(Ok(()), fs::create_dir_all)?;
        match self {
            Self::Text(text) => fs::write(to, text),
            Self::Copy(from) => fs::copy(from, to).map(drop),
        }
    }
}

/// Every file of `plan`, relative to the book, whose chapters are in `source`.
fn files(plan: &Plan, old: &Manifest, book: &Path, source: &Path) -> BTreeMap<PathBuf, Content> {
    let mut files = BTreeMap::new();
    for chapter in &plan.chapters {
        files.insert(source.join(&chapter.path), Content::Text(chapter.text.clone()));
    }
    files.insert(source.join("README.md"), Content::Text(plan.home.clone()));
    let is_gone = |path: &String| !files.contains_key(&source.join(path)) && book.join(source).join(path).exists();
    let gone: Vec<_> = old.chapters.iter().filter(|(path, _)| is_gone(path)).collect();
    let summary = summary::summary(plan, &gone);
    files.insert(source.join(SUMMARY), Content::Text(summary));
    for (from, name) in &plan.pictures {
        files.insert(source.join(name), Content::Copy(from.clone()));
    }
    files
}

/// What an earlier import wrote, that is still there and that is none of `files`.
fn gone(files: &BTreeMap<PathBuf, Content>, old: &Manifest, book: &Path, source: &Path) -> Vec<PathBuf> {
    let chapters = old.chapters.keys().map(|path| source.join(path));
    let all: BTreeSet<PathBuf> = old.files.keys().cloned().chain(chapters).collect();
    all.into_iter().filter(|path| !files.contains_key(path) && book.join(path).exists()).collect()
}

/// What becomes of `files`: which are written and which are the author's by now.
fn compare(
    files: &BTreeMap<PathBuf, Content>,
    book: &Path,
    old: &Manifest,
    settings: Settings,
) -> Result<Outcome, Diagnostics> {
    let mut outcome = Outcome::default();
    let mut problems = Diagnostics::default();
    for (path, content) in files {
        let on_disk = book.join(path);
        let Ok(there) = fs::read(&on_disk) else {
            if on_disk.is_dir() {
                problems.push(in_the_way(&on_disk, "a folder is in the place of this file"));
            }
            outcome.written.push(path.clone());
            continue;
        };
        let there = hash(&there);
        match old.files.get(path) {
            _ if there == content.hash(book)? => outcome.unchanged += 1,
            Some(ours) if *ours == there => outcome.written.push(path.clone()),
            _ if settings.force => outcome.written.push(path.clone()),
            Some(_) => outcome.kept.push(path.clone()),
            None => problems.push(in_the_way(&on_disk, "this file is there already, and no import wrote it")),
        }
    }
    problems.into_result(outcome)
}

fn in_the_way(file: &Path, message: &str) -> qabook_support::Diagnostic {
    let hint = "name another folder with --into, move the file away, or overwrite it with --force";
    WRITE.broken(message, hint).in_file(shown(file)).on_line(1)
}

#[cfg(test)]
mod tests;
