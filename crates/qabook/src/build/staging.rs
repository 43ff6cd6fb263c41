//! The folder a build renders into before it becomes the site.

use anyhow::{Context, Result};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// How the names of the folders begin.
pub(super) const PREFIX: &str = ".qabook-";
/// Held open and locked by the build that made the folder: without a holder the folder is what a killed build left.
const LOCK: &str = "lock";
/// The last site during a swap by two renames.
const OLD: &str = "old";

/// A fresh folder next to the destination, on the same file system; removed unless it takes the destination's place.
#[derive(Debug)]
pub(super) struct Staging {
    /// Released before the folder is removed.
    _lock: File,
    /// Holds the new site and, after the swap, the old one.
    folder: TempDir,
}

impl Staging {
    /// Makes the folder, and clears away what killed builds left next to `destination`.
    pub(super) fn new(destination: &Path) -> Result<Self> {
        let parent = parent_of(destination);
        fs::create_dir_all(&parent).with_context(|| format!("{} can't be created", parent.display()))?;
        recover(&parent, destination)?;
        let failed = || format!("no folder can be made in {}: the site is built there first", parent.display());
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(&parent).with_context(failed)?;
        let lock = File::create(folder.path().join(LOCK)).with_context(failed)?;
        // Where files can't be locked, a folder that was left is not recognized: it stays.
        let _ = lock.try_lock();
        Ok(Self { _lock: lock, folder })
    }

    /// Where to render.
    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join("new")
    }

    /// Replaces `destination`: at once where the system can exchange two folders, else by two renames; if the second
    /// fails, the old site is put back.
    pub(super) fn take_place_of(self, destination: &Path) -> Result<()> {
        if exchange(&self.path(), destination).is_ok() {
            return Ok(());
        }
        let old = self.folder.path().join(OLD);
        let had_old = match fs::rename(destination, &old) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => {
                return Err(error).with_context(|| {
                    format!("{} can't be replaced: is a program holding it open?", destination.display())
                });
            }
        };
        if let Err(error) = fs::rename(self.path(), destination) {
            if had_old && fs::rename(&old, destination).is_err() {
                // Never removed with the folder: it is the only copy.
                let kept = self.folder.keep().join(OLD);
                return Err(error).with_context(|| {
                    format!("{} can't be written; the last site is in {}", destination.display(), kept.display())
                });
            }
            return Err(error).with_context(|| format!("{} can't be written", destination.display()));
        }
        Ok(())
    }
}

/// Exchanges two folders in one step, so that there is a site at every moment.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(new: &Path, destination: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, new, CWD, destination, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Puts back a site that a build was killed over, and removes what killed builds left in `parent`.
fn recover(parent: &Path, destination: &Path) -> Result<()> {
    for entry in parent.read_dir().with_context(|| format!("{} can't be read", parent.display()))?.flatten() {
        let left = entry.path();
        if !entry.file_name().to_string_lossy().starts_with(PREFIX) {
            continue;
        }
        // Only folders of builds hold the file; one whose lock is held belongs to a build that is running.
        let Ok(lock) = File::options().write(true).open(left.join(LOCK)) else { continue };
        if lock.try_lock().is_err() {
            continue;
        }
        let old = left.join(OLD);
        if old.is_dir() && !destination.exists() {
            fs::rename(&old, destination).with_context(|| format!("{} can't be put back", destination.display()))?;
        }
        if !old.is_dir() {
            // What can't be removed does no harm.
            let _ = fs::remove_dir_all(&left);
        }
    }
    Ok(())
}

fn parent_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(folder: &Path, file: &str) {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join(file), "").unwrap();
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn the_new_site_takes_the_place_of_the_old_one() {
        let root = tempfile::tempdir().unwrap();
        let book = root.path().join("book");
        for round in ["one", "two"] {
            let staging = Staging::new(&book).unwrap();
            site(&staging.path(), round);
            staging.take_place_of(&book).unwrap();
            assert_eq!(names(&book), [round]);
        }
        assert_eq!(names(root.path()), ["book"], "nothing is left behind");
    }

    #[test]
    fn the_old_site_is_put_back_when_there_is_no_new_one() {
        let root = tempfile::tempdir().unwrap();
        let book = root.path().join("book");
        site(&book, "index.html");
        assert!(Staging::new(&book).unwrap().take_place_of(&book).is_err());
        assert_eq!(names(&book), ["index.html"]);
    }

    #[test]
    fn what_a_killed_build_left_is_put_back_and_removed() {
        let root = tempfile::tempdir().unwrap();
        let book = root.path().join("book");
        site(&root.path().join(".qabook-killed/old"), "index.html");
        fs::write(root.path().join(".qabook-killed/lock"), "").unwrap();
        // Not a build's: it has no lock.
        site(&root.path().join(".qabook-notes"), "mine");
        drop(Staging::new(&book).unwrap());
        assert_eq!(names(&book), ["index.html"]);
        assert_eq!(names(root.path()), [".qabook-notes", "book"]);
    }

    #[test]
    fn the_folder_of_a_running_build_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        let book = root.path().join("book");
        let running = Staging::new(&book).unwrap();
        site(&running.path(), "new");
        drop(Staging::new(&book).unwrap());
        running.take_place_of(&book).unwrap();
        assert_eq!(names(&book), ["new"]);
    }
}
