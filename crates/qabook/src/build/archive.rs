//! The finished site in one file, for reading without a server and for moving to another host.
//!
//! Two archives of the same site are the same bytes: names are sorted, and no time or system leaves a trace.

use anyhow::{Context, Result};
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::site;

/// Writes the files of `site` into the archive `file`, below a folder of its own, so that unpacking never scatters them.
/// Errors: A file that can't be read or written; an archive that was there before is as it was then.
pub(super) fn write(site: &Path, file: &Path) -> Result<()> {
    let bytes = archive(site, &folder_name(file))?;
    qabook_support::write_whole(file, |mut unfinished| Ok(unfinished.write_all(&bytes)?))
}

/// The archive's name without its extension.
fn folder_name(archive: &Path) -> String {
    archive.file_stem().map_or_else(|| "book".into(), |stem| stem.to_string_lossy().into_owned())
}

/// The bytes of the archive. In memory, where the writer meets no error of a disk: it prints what it can't return.
fn archive(site: &Path, folder: &str) -> Result<Vec<u8>> {
    let mut paths = site::files(site)?;
    paths.sort();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for path in paths {
        let name = path.strip_prefix(site).unwrap_or(&path).display().to_string().replace('\\', "/");
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
