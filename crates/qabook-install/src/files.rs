//! Files of the theme in a book. The first line of each tells that it was installed, and whether it was changed since.

use anyhow::{Context, Result};
use qabook_support::{Diagnostic, write_whole};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::settings::INSTALL;

const START: &str = "/* Installed by ";

/// What is at the place of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    Nothing,
    /// A file that was installed and is as it was.
    Installed,
    /// One that was installed and changed.
    Changed,
    /// The author's own.
    Foreign,
}

/// The text of an installed file.
pub(crate) fn installed(content: &str, command: &str, version: &str) -> String {
    let hash = hash(content);
    format!(
        "{START}{command} {version} ({hash}): the next install replaces this file, unless it was changed. */\n{content}"
    )
}

/// What is at `path`.
///
/// Errors: A file that can't be read, a link that leads out of `book`, something that isn't a file.
pub(crate) fn find(path: &Path, book: &Path) -> Result<Found, Diagnostic> {
    stays_inside(path, book)?;
    let text = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => {
            let hint = "a file of the theme is to stand there: make way for it";
            return Err(INSTALL.broken(format!("it can't be read: {error}"), hint).in_file(path));
        }
    };
    let Ok(text) = String::from_utf8(text) else { return Ok(Found::Foreign) };
    let Some((first, content)) = text.split_once('\n') else { return Ok(Found::Foreign) };
    Ok(match first.strip_prefix(START).and_then(|rest| rest.split_once('(')?.1.split_once(')')) {
        Some((known, _)) if known == hash(content) => Found::Installed,
        Some(_) => Found::Changed,
        None => Found::Foreign,
    })
}

/// Errors: `path` leads out of `book` by a link.
pub(crate) fn stays_inside(path: &Path, book: &Path) -> Result<(), Diagnostic> {
    let there = path.ancestors().find(|path| path.symlink_metadata().is_ok()).unwrap_or(book);
    let real = there.canonicalize().ok().zip(book.canonicalize().ok());
    if real.is_some_and(|(there, book)| there.starts_with(book)) {
        return Ok(());
    }
    let message = format!("{} leads out of the book, or nowhere", there.display());
    Err(INSTALL.broken(message, "replace the link by a folder or file").in_file(path))
}

fn hash(content: &str) -> String {
    Sha256::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Changes of files that are made all or not at all.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Each file with what it is to hold; `None` removes it.
    changes: Vec<(PathBuf, Option<String>)>,
}

impl Changes {
    pub(crate) fn write(&mut self, path: PathBuf, text: String) {
        self.changes.push((path, Some(text)));
    }

    pub(crate) fn remove(&mut self, path: PathBuf) {
        self.changes.push((path, None));
    }

    /// Makes the changes in their order. Folders below `book` that are empty then are removed with their last file.
    ///
    /// Errors: A file that can't be changed; then all are as they were.
    pub(crate) fn make(self, book: &Path) -> Result<()> {
        let mut done: Vec<(PathBuf, Option<Vec<u8>>)> = Vec::new();
        for (path, text) in self.changes {
            let before = fs::read(&path).ok();
            if let Err(error) = change(&path, text.as_deref(), book) {
                for (path, before) in done.into_iter().rev() {
                    // What can't be undone can't be helped; the error of the change is what counts.
                    let _ = restore(&path, before.as_deref(), book);
                }
                remove_empty(&path, book);
                return Err(error);
            }
            done.push((path, before));
        }
        Ok(())
    }
}

fn change(path: &Path, text: Option<&str>, book: &Path) -> Result<()> {
    restore(path, text.map(str::as_bytes), book)
}

fn restore(path: &Path, content: Option<&[u8]>, book: &Path) -> Result<()> {
    if let Some(content) = content {
        return write_whole(path, |mut file| Ok(file.write_all(content)?));
    }
    fs::remove_file(path).with_context(|| format!("{} can't be removed", path.display()))?;
    remove_empty(path, book);
    Ok(())
}

/// Removes the folders of `path` that are empty, up to `book`.
fn remove_empty(path: &Path, book: &Path) {
    for folder in path.ancestors().skip(1).take_while(|folder| *folder != book) {
        // It fails where something is left.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}
