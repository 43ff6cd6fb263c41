//! The folder a build renders into before it becomes the site.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::{fs, io};
use tempfile::TempDir;

/// A fresh folder beside the destination, on the same file system; removed unless it takes the destination's place.
#[derive(Debug)]
pub(super) struct Staging {
    /// Holds the new site and, during the swap, the old one.
    folder: TempDir,
}

impl Staging {
    pub(super) fn new(destination: &Path) -> Result<Self> {
        let parent = parent_of(destination);
        fs::create_dir_all(&parent).with_context(|| format!("{} can't be created", parent.display()))?;
        let folder = tempfile::Builder::new()
            .prefix(".qabook-")
            .tempdir_in(&parent)
            .with_context(|| format!("no folder can be made in {}: the site is built there first", parent.display()))?;
        Ok(Self { folder })
    }

    /// Where to render.
    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join("new")
    }

    /// Replaces `destination` by two renames; if the second fails, the old site is put back.
    pub(super) fn take_place_of(self, destination: &Path) -> Result<()> {
        let old = self.folder.path().join("old");
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
            if had_old {
                fs::rename(&old, destination).with_context(|| format!("the last site is left in {}", old.display()))?;
            }
            return Err(error).with_context(|| format!("{} can't be written", destination.display()));
        }
        Ok(())
    }
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

    #[test]
    fn the_new_site_takes_the_place_of_the_old_one() {
        let root = tempfile::tempdir().unwrap();
        let book = root.path().join("book");
        for round in ["one", "two"] {
            let staging = Staging::new(&book).unwrap();
            fs::create_dir(staging.path()).unwrap();
            fs::write(staging.path().join(round), "").unwrap();
            staging.take_place_of(&book).unwrap();
            let files: Vec<_> = book.read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
            assert_eq!(files, [round]);
        }
        assert_eq!(root.path().read_dir().unwrap().count(), 1, "nothing is left behind");
    }

    #[test]
    fn the_old_site_is_put_back_when_there_is_no_new_one() {
        let root = tempfile::tempdir().unwrap();
        let book = root.path().join("book");
        fs::create_dir(&book).unwrap();
        fs::write(book.join("index.html"), "old").unwrap();
        let staging = Staging::new(&book).unwrap();
        assert!(staging.take_place_of(&book).is_err());
        assert_eq!(fs::read_to_string(book.join("index.html")).unwrap(), "old");
    }
}
