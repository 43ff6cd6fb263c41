//! Files below the sources that are no part of the book: hidden ones, what editors leave beside a file, and what a linked
//! folder brings in from elsewhere.

use std::ffi::OsStr;
use std::path::Path;

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
