//! The finished site in one file, for reading without a server and for moving to another host.
//!
//! Two archives of the same site are the same bytes: names are sorted, and no time or system leaves a trace.

use anyhow::{Context, Result, ensure};
use qabook_support::path::slashed;
use qabook_support::shown;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::destination::Destination;
use crate::site;

/// An archive to be written.
#[derive(Debug)]
pub(super) struct Archive<'a> {
    file: &'a Path,
    /// Its place below the site, where it is in the site's own folder.
    inside: Option<PathBuf>,
}

impl<'a> Archive<'a> {
    /// One at `file`, of a book whose site goes to `destination`.
    pub(super) fn new(file: &'a Path, destination: &Destination) -> Self {
        Self { file, inside: destination.below(file) }
    }

    /// Sees that the new `site` has no file in its place.
    /// Errors: It has.
    pub(super) fn check(&self, site: &Path) -> Result<()> {
        let is_taken = |inside: &PathBuf| site.join(inside).exists();
        ensure!(
            !self.inside.as_ref().is_some_and(is_taken),
            "{} is a place in the site that the build needs itself\n    hint: give the archive another name",
            shown(self.file).display()
        );
        Ok(())
    }

    /// The archive of the files of `site`, below a folder of its own, so that unpacking never scatters them.
    /// Errors: A file that can't be read.
    pub(super) fn pack(&self, site: &Path) -> Result<Vec<u8>> {
        archive(site, &folder_name(self.file), self.inside.as_deref())
    }

    /// Writes what was packed, in the folder of the site into the new `site` that takes its place.
    /// Errors: A file that can't be written; an archive that was there before is as it was then.
    pub(super) fn write(&self, packed: &[u8], site: &Path) -> Result<()> {
        let inside = self.inside.as_ref().map(|inside| site.join(inside));
        let file = inside.as_deref().unwrap_or(self.file);
        qabook_support::write_whole(file, |mut unfinished| Ok(unfinished.write_all(packed)?))
    }
}

/// The archive's name without its extension.
fn folder_name(archive: &Path) -> String {
    archive.file_stem().map_or_else(|| "book".into(), |stem| stem.to_string_lossy().into_owned())
}

/// The bytes of the archive, in which is no `last` one. In memory, where the writer meets no error of a disk: it prints what it
/// can't return.
fn archive(site: &Path, folder: &str, last: Option<&Path>) -> Result<Vec<u8>> {
    let mut paths = site::files(site)?;
    paths.sort();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for path in paths {
        let below = path.strip_prefix(site).unwrap_or(&path);
        if Some(below) == last {
            continue;
        }
        let name = slashed(below);
        zip.start_file(format!("{folder}/{name}"), options(&path))?;
        zip.write_all(&fs::read(&path).with_context(|| path.display().to_string())?)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn options(path: &Path) -> SimpleFileOptions {
    const COMPRESSED: [&str; 4] = ["png", "woff2", "jpg", "webp"];
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let method = if COMPRESSED.contains(&extension) { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    // The default time is that of MS-DOS's first day, the earliest an archive can name.
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}
