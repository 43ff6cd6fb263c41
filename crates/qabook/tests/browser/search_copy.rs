//! A copy of the built site, to be opened from `file://` and tampered with.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use url::Url;

use crate::site::Site;

/// Removed when dropped.
pub(crate) struct Copy(TempDir);

impl Copy {
    pub(crate) fn of(site: &Site) -> Result<Self> {
        let copy = Self(tempfile::tempdir()?);
        copy_folder(&site.folder(), copy.path())?;
        Ok(copy)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// The `file://` address of a page.
    pub(crate) fn url(&self, page: &str) -> Result<String> {
        let url = Url::from_file_path(self.path().join(page)).ok().context("an absolute path")?;
        Ok(url.to_string())
    }

    pub(crate) fn index_folder(&self) -> Result<PathBuf> {
        let entries = fs::read_dir(self.path())?.flatten().map(|entry| entry.path());
        let ours = |path: &PathBuf| {
            path.is_dir() && path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("zh-search-"))
        };
        entries.into_iter().find(ours).context("the site is indexed")
    }
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
