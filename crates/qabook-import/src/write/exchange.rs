//! A folder beside the book, and moving its files into the book: all or none.

use qabook_support::Diagnostics;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

use super::failed;
use crate::book::RECORD;

/// An empty folder on the disk of `book`, removed when dropped.
pub(super) fn staging(book: &Path) -> Result<TempDir, Diagnostics> {
    // A folder that exists may lie on a disk of its own, or in a folder that can't be written to.
    let folder = if book.is_dir() {
        book
    } else {
        book.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
    };
    fs::create_dir_all(folder)
        .and_then(|()| tempfile::Builder::new().prefix(".qabook-import-").tempdir_in(folder))
        .map_err(|error| failed(book, &error.to_string()))
}

/// Moves every file of `staging` to its place in `book`. Those of `replacing` replace what is there; others, which the scaffold
/// wrote, don't. When a move fails, those before it are undone.
pub(super) fn into_place(staging: &TempDir, book: &Path, replacing: &BTreeSet<PathBuf>) -> Result<(), Diagnostics> {
    let mut done = Vec::new();
    let mut made = Vec::new();
    let moved = files(staging.path()).and_then(|files| {
        let backups = staging.path().join(".replaced");
        files.iter().try_for_each(|path| {
            let is_ours = replacing.contains(path) || path.as_path() == Path::new(RECORD);
            let to = book.join(path);
            if to.exists() && !is_ours {
                return Ok(());
            }
            make_folders(&to, &mut made)?;
            let backup = backups.join(path);
            let had = to.exists();
            if had {
                backup.parent().map_or(Ok(()), fs::create_dir_all)?;
                fs::rename(&to, &backup)?;
            }
            done.push((to.clone(), had.then_some(backup)));
            fs::rename(staging.path().join(path), &to)
        })
    });
    moved.map_err(|error| {
        for (to, backup) in done.into_iter().rev() {
            // What can't be undone is at least not made worse.
            let _ = backup.map_or_else(|| fs::remove_file(&to), |backup| fs::rename(backup, &to));
        }
        made.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
        failed(book, &error.to_string())
    })
}

/// Makes the folders above `file`, and adds those that weren't there to `made`.
fn make_folders(file: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    let missing: Vec<&Path> =
        file.ancestors().skip(1).take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).collect();
    for folder in missing.into_iter().rev() {
        fs::create_dir(folder)?;
        made.push(folder.into());
    }
    Ok(())
}

/// The files below `folder`, relative to it.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else if let Ok(path) = entry.path().strip_prefix(folder) {
                found.push(path.to_path_buf());
            }
        }
    }
    found.sort();
    Ok(found)
}
