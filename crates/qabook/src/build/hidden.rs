//! Files below the sources that are no part of the book: hidden ones, what editors leave beside a file, and what a linked
//! folder brings in from elsewhere. mdBook copies every file into the site; here these go out again.

use anyhow::{Context, Result};
use mdbook_driver::config::Config;
use qabook_support::path::slashed;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Hidden files that hosts and other programs look for in a site.
const WANTED: [&str; 4] = [".well-known", ".nojekyll", ".htaccess", ".domains"];

/// How the copies end that editors and merges make: vim, Emacs, Kate, `JetBrains`, patch.
const COPIES: [&str; 12] = [
    "~",
    ".swp",
    ".swo",
    ".swx",
    ".bak",
    ".orig",
    ".rej",
    ".tmp",
    ".kate-swp",
    "___jb_tmp___",
    "___jb_old___",
    ".crdownload",
];

/// Files that systems and editors write into any folder; vim tries with the last whether it may.
const LITTER: [&str; 4] = ["thumbs.db", "ehthumbs.db", "desktop.ini", "4913"];

/// Whether a file or folder of this name is hidden, or left by an editor: nothing that the author wrote for readers.
pub(crate) fn is_hidden(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_ascii_lowercase();
    let dotted = name.starts_with('.') && !WANTED.contains(&name.as_str());
    let locked = name.starts_with("~$") || name.starts_with('#') && name.ends_with('#');
    dotted || locked || LITTER.contains(&name.as_str()) || COPIES.iter().any(|end| name.ends_with(end))
}

/// Whether `path` is a link to a folder outside `root`.
pub(crate) fn leads_outside(root: &Path, path: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    match (real(root), real(path)) {
        (Some(root), Some(to)) => to.is_dir() && !to.starts_with(&root),
        _ => false,
    }
}

/// Takes out of `site` what mdBook copied from the sources and no reader is to have.
///
/// Returns the names of what was taken out, below the sources.
/// Errors: A file that can't be removed.
pub(super) fn take_out(root: &Path, config: &Config, site: &Path) -> Result<Vec<String>> {
    let src = root.join(&config.book.src);
    let mut unwanted: Vec<PathBuf> = Vec::new();
    let mut walk = WalkDir::new(site).min_depth(1).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let entry = entry?;
        let Ok(below) = entry.path().strip_prefix(site) else { continue };
        let source = src.join(below);
        let linked = source.is_symlink() && leads_outside(root, &source);
        if linked || is_hidden(entry.file_name()) && source.exists() {
            unwanted.push(below.to_path_buf());
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
        }
    }
    for below in &unwanted {
        remove_copies(&site.join(below), &src.join(below)).with_context(|| slashed(below))?;
    }
    Ok(unwanted.iter().map(|below| slashed(below)).collect())
}

/// Removes from `site` what was copied from `source`. A page of a chapter is no copy: SUMMARY.md names it.
fn remove_copies(site: &Path, source: &Path) -> Result<()> {
    if !site.is_dir() {
        return Ok(fs::remove_file(site)?);
    }
    // The folders after what they hold.
    for entry in WalkDir::new(site).contents_first(true) {
        let entry = entry?;
        let below = entry.path().strip_prefix(site).unwrap_or(Path::new(""));
        if entry.file_type().is_dir() {
            // One that holds pages stays.
            let _ = fs::remove_dir(entry.path());
        } else if source.join(below).is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_and_systems_leave_is_hidden() {
        for name in [
            ".env",
            ".git",
            ".arp.md.swp",
            "arp.md~",
            "#arp.md#",
            ".#arp.md",
            "arp.md.orig",
            "~$notes.docx",
            "4913",
            ".DS_Store",
            "Thumbs.db",
            "arp.md.bak",
            "arp.md___jb_tmp___",
        ] {
            assert!(is_hidden(OsStr::new(name)), "{name}");
        }
        for name in ["arp.md", "a.png", ".well-known", ".nojekyll", "#1.md", "C#", "tmp", "backup.zip", "~home.md"] {
            assert!(!is_hidden(OsStr::new(name)), "{name}");
        }
    }
}
