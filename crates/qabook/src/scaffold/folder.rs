//! A folder that gets new files: all of them or none.

use anyhow::{Context, Result};
use qabook_support::{Diagnostics, shown};
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::rule::NEW_BOOK;

/// A folder of the author's. What was made in it is removed when it is dropped before everything is in its place.
pub(super) struct Folder {
    path: PathBuf,
    /// The folders and files that were made, in order.
    made: Vec<PathBuf>,
}

impl Folder {
    /// The folder at `path`, which is made when needed.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let mut folder = Self { path: path.to_path_buf(), made: Vec::new() };
        folder.make_folders(path)?;
        Ok(folder)
    }

    pub(super) fn is_empty(&self) -> Result<bool> {
        let mut entries = self.path.read_dir().with_context(|| shown(&self.path).display().to_string())?;
        Ok(entries.next().is_none())
    }

    /// Writes those of `files`, each a path with slashes and a text, that aren't there.
    pub(super) fn write(mut self, files: &[(String, String)]) -> Result<()> {
        // Here a full disk is noticed before any file is in its place.
        let unfinished = tempfile::Builder::new().prefix(".qabook-").tempdir_in(&self.path);
        let unfinished = unfinished.map_err(|error| failed(&self.path, &error))?;
        for (path, text) in files {
            let file = unfinished.path().join(path);
            let written = fs::create_dir_all(file.parent().unwrap_or(&file)).and_then(|()| fs::write(&file, text));
            written.map_err(|error| failed(&self.path.join(path), &error))?;
        }
        for (path, _) in files {
            let place = self.path.join(path);
            // A link that leads nowhere is the author's, too.
            if place.symlink_metadata().is_ok() {
                continue;
            }
            self.make_folders(place.parent().unwrap_or(&place))?;
            fs::rename(unfinished.path().join(path), &place).map_err(|error| failed(&place, &error))?;
            self.made.push(place);
        }
        self.made.clear();
        Ok(())
    }

    fn make_folders(&mut self, path: &Path) -> Result<()> {
        let missing = path.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
        let missing: Vec<PathBuf> = missing.map(Into::into).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(&folder).map_err(|error| failed(&folder, &error))?;
            self.made.push(folder);
        }
        if path.is_dir() { Ok(()) } else { Err(failed(path, &io::ErrorKind::NotADirectory.into()).into()) }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        for path in self.made.iter().rev() {
            // What can't be removed is what somebody else has changed since.
            let _ = if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) };
        }
    }
}

fn failed(path: &Path, error: &io::Error) -> Diagnostics {
    let hint = "name a folder that you may write to, on a disk with room";
    NEW_BOOK.broken(format!("this can't be made: {error}"), hint).in_file(shown(path)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_are_written_or_none() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("a/b");
        let files = |names: &[&str]| names.iter().map(|name| ((*name).into(), "new".into())).collect::<Vec<_>>();
        // A file can't be a folder, too.
        let error = Folder::open(&path).unwrap().write(&files(&["one/two.md", "three", "three/four.md"])).unwrap_err();
        assert!(error.to_string().contains("three/four.md: this can't be made"), "{error}");
        assert_eq!(parent.path().read_dir().unwrap().count(), 0, "nothing is left");

        Folder::open(&path).unwrap().write(&files(&["one/two.md", "three"])).unwrap();
        fs::write(path.join("three"), "mine").unwrap();
        Folder::open(&path).unwrap().write(&files(&["three", "five"])).unwrap();
        let read = |name: &str| fs::read_to_string(path.join(name)).unwrap();
        assert_eq!((read("one/two.md"), read("three"), read("five")), ("new".into(), "mine".into(), "new".into()));
        assert_eq!(path.read_dir().unwrap().count(), 3, "nothing is left over");
    }

    #[test]
    fn what_was_made_goes_when_a_file_is_in_the_way() {
        let parent = tempfile::tempdir().unwrap();
        fs::write(parent.path().join("src"), "mine").unwrap();
        let files = [("book.toml".to_string(), String::new()), ("src/a.md".into(), String::new())];
        let error = Folder::open(parent.path()).unwrap().write(&files).unwrap_err();
        assert!(error.to_string().contains("src: this can't be made: not a directory"), "{error}");
        assert_eq!(parent.path().read_dir().unwrap().count(), 1);
    }
}
