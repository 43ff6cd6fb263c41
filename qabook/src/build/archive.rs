//! The finished site in one file, for reading without a server and for moving to another host.
//!
//! Two archives of the same site are the same bytes: names are sorted, and no time or system leaves a trace.

use anyhow::{Context, Result};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::site;

/// Writes the files of `site` into the archive `file`, below a folder of its own, so that unpacking never scatters them.
///
/// # Errors
/// A file that can't be read or written; an archive that was there before is as it was then.
pub(super) fn write(site: &Path, file: &Path) -> Result<()> {
    support::write_whole(file, |unfinished| fill(site, &folder_name(file), unfinished))
}

/// The archive's name without its extension.
fn folder_name(archive: &Path) -> String {
    archive.file_stem().map_or_else(|| "book".into(), |stem| stem.to_string_lossy().into_owned())
}

fn fill(site: &Path, folder: &str, archive: &File) -> Result<()> {
    let mut paths = site::files(site)?;
    paths.sort();
    let mut zip = ZipWriter::new(BufWriter::new(archive));
    for path in paths {
        let name = path.strip_prefix(site).unwrap_or(&path).display().to_string().replace('\\', "/");
        zip.start_file(format!("{folder}/{name}"), options(&path))?;
        zip.write_all(&fs::read(&path).with_context(|| path.display().to_string())?)?;
    }
    zip.finish()?.flush()?;
    Ok(())
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
