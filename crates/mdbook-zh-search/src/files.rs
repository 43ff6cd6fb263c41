//! The files of the index: scripts that hand their data to the client by an event.
//!
//! Scripts and not JSON, because a page that was opened from `file://` may load no other kind of data.

use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

use crate::error::Error;

/// The beginning of the name of every index folder.
pub(crate) const PREFIX: &str = "zh-search-";

/// Digits of the hash in the folder's name.
pub(crate) const HASH_DIGITS: usize = 12;

/// An index folder in the making; removed unless it is [`publish`](Self::publish)ed.
pub(crate) struct IndexFolder {
    folder: TempDir,
    hash: Sha256,
    pub(crate) files: usize,
    pub(crate) bytes: u64,
}

impl IndexFolder {
    /// Makes a folder inside the site, so that it can be renamed into its place.
    pub(crate) fn new(site: &Path) -> Result<Self, Error> {
        let folder = tempfile::Builder::new().prefix(".zh-search-").tempdir_in(site);
        let folder = folder.map_err(|source| Error::io(site, source))?;
        Ok(Self { folder, hash: Sha256::new(), files: 0, bytes: 0 })
    }

    /// Writes `NAME.js`. The order of calls is part of the hash, so it must not depend on anything but the site.
    pub(crate) fn write(&mut self, name: &str, data: &impl Serialize) -> io::Result<()> {
        let json = serde_json::to_string(&(name, data))?;
        self.write_script(name, &format!("dispatchEvent(new CustomEvent(\"zh-search-data\",{{detail:{json}}}))\n"))
    }

    /// Writes `NAME.js` as it is.
    pub(crate) fn write_script(&mut self, name: &str, script: &str) -> io::Result<()> {
        let path = self.folder.path().join(format!("{name}.js"));
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, script)?;
        self.hash.update(script.as_bytes());
        self.files += 1;
        self.bytes += script.len() as u64;
        Ok(())
    }

    /// Gives the folder its name, which holds a hash of its contents, and returns the name.
    pub(crate) fn publish(self, site: &Path) -> Result<String, Error> {
        let digits: String = self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let name = format!("{PREFIX}{}", &digits[..HASH_DIGITS]);
        let path = site.join(&name);
        // It came into being by a rename, so it is whole, and its contents are these.
        if !path.is_dir() {
            let folder = self.folder.path();
            allow_reading(folder).map_err(|source| Error::io(folder, source))?;
            fs::rename(folder, &path).map_err(|source| Error::io(&path, source))?;
            // It isn't there any more, so there is nothing to remove.
            let _ = self.folder.keep();
        }
        Ok(name)
    }
}

/// Temporary folders are their owner's alone; a site is for everyone.
#[cfg(unix)]
fn allow_reading(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn allow_reading(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Removes the index folders and clients of `site` but for those named.
pub(crate) fn remove_old(site: &Path, index: &str, client: &str) -> Result<(), Error> {
    for entry in fs::read_dir(site).map_err(|source| Error::io(site, source))? {
        let path = entry.map_err(|source| Error::io(site, source))?.path();
        let named = |name: &str| stem(&path) == name;
        let result = match (is_ours(&path), path.is_dir()) {
            (true, true) if !named(index) => fs::remove_dir_all(&path),
            (true, false) if !named(client) => fs::remove_file(&path),
            _ => Ok(()),
        };
        result.map_err(|source| Error::io(&path, source))?;
    }
    Ok(())
}

/// The name of `path` up to its first dot.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').next().unwrap_or_default().to_string()
}

/// Whether `path` has the name of an index folder or a client: nothing else is removed or skipped by mistake.
fn is_ours(path: &Path) -> bool {
    let name = stem(path);
    let hash = name.strip_prefix(PREFIX);
    hash.is_some_and(|hash| hash.len() == HASH_DIGITS && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// All HTML files of the site, but for those of an index, sorted by their address.
pub(crate) fn html_files(site: &Path) -> Result<Vec<(String, PathBuf)>, Error> {
    let mut found = Vec::new();
    let mut folders = vec![site.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|source| Error::io(&folder, source))? {
            let path = entry.map_err(|source| Error::io(&folder, source))?.path();
            if path.is_dir() && !is_ours(&path) {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "html") {
                let relative = path.strip_prefix(site).unwrap_or(&path);
                found.push((relative.to_string_lossy().replace('\\', "/"), path));
            }
        }
    }
    found.sort();
    Ok(found)
}
