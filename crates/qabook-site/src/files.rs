//! The files of a folder.

use anyhow::Result;
use qabook_support::shown;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The start of a content's SHA-256, which mdBook, too, puts into file names: a changed file gets a new one.
pub(super) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// All files below `folder` with this extension, in the order of their names.
pub(super) fn files_below(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let mut found = files(folder)?;
    found.retain(|path| path.extension().is_some_and(|found| found == extension));
    found.sort();
    Ok(found)
}

/// All files below `folder`, in no order, but for hidden links that lead nowhere: by them Emacs locks what is edited.
///
/// # Errors
/// A folder that can't be listed.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).follow_links(true) {
        match entry {
            Ok(entry) => found.extend((!entry.file_type().is_dir()).then(|| entry.into_path())),
            Err(error) if error.path().is_some_and(is_lock) => {}
            Err(error) => {
                let place = shown(error.path().unwrap_or(folder)).display().to_string();
                let reason = error.into_io_error().unwrap_or_else(|| std::io::Error::other("links lead in a circle"));
                return Err(anyhow::Error::from(reason).context(place));
            }
        }
    }
    Ok(found)
}

/// Whether `path` is a hidden link that leads nowhere.
fn is_lock(path: &Path) -> bool {
    let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    is_hidden && path.is_symlink() && !path.exists()
}
