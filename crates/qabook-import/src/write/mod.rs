//! Writing a plan: into a folder beside, then each file in its place, or nothing at all.

mod exchange;
mod failure;
mod manifest;
mod summary;

use qabook_support::{Diagnostics, shown};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::book::{self, WRITE};
use crate::plan::Plan;
use failure::failed;
use manifest::{Manifest, hash};

/// What was written, and what was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Files that are new or different now, relative to the book, in order.
    pub written: Vec<PathBuf>,
    /// Files that are as they should be.
    pub unchanged: usize,
    /// Files that were left alone, because the author changed them.
    pub kept: Vec<PathBuf>,
    /// Chapters of questions that the list no longer has; they stay.
    pub gone: Vec<PathBuf>,
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
/// Files that are in the way and that no import wrote, folders that can't be written to; then nothing was changed.
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
    let old = manifest::read(book)?;
    let files = files(plan, &old, book);
    let outcome = compare(&files, book, &old, settings)?;
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

/// Every file of `plan`, relative to the book.
fn files(plan: &Plan, old: &Manifest, book: &Path) -> BTreeMap<PathBuf, Content> {
    let mut files = BTreeMap::new();
    let src = Path::new("src");
    for chapter in &plan.chapters {
        files.insert(src.join(&chapter.path), Content::Text(chapter.text.clone()));
    }
    files.insert(src.join("README.md"), Content::Text(plan.home.clone()));
    let gone = gone(plan, old, book);
    files.insert(src.join("SUMMARY.md"), Content::Text(summary::summary(plan, &gone)));
    for (from, name) in &plan.pictures {
        files.insert(src.join(name), Content::Copy(from.clone()));
    }
    files
}

/// Chapters that an earlier import wrote, that are still there and that `plan` hasn't.
fn gone(plan: &Plan, old: &Manifest, book: &Path) -> Vec<(String, manifest::Entry)> {
    let now: std::collections::HashSet<&str> = plan.chapters.iter().map(|chapter| chapter.path.as_str()).collect();
    let gone =
        old.chapters.iter().filter(|(path, _)| !now.contains(path.as_str()) && book.join("src").join(path).exists());
    gone.map(|(path, entry)| (path.clone(), entry.clone())).collect()
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
    let is_gone =
        |path: &&String| !files.contains_key(&Path::new("src").join(path)) && book.join("src").join(path).exists();
    outcome.gone = old.chapters.keys().filter(is_gone).map(|path| Path::new("src").join(path)).collect();
    problems.into_result(outcome)
}

fn in_the_way(file: &Path, message: &str) -> qabook_support::Diagnostic {
    let hint = "name another folder with --into, move the file away, or overwrite it with --force";
    WRITE.broken(message, hint).in_file(shown(file)).on_line(1)
}

#[cfg(test)]
mod tests;
