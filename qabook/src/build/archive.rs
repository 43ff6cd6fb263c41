//! The finished site in one file, for reading without a server and for moving to another host.
//!
//! Two archives of the same site are the same bytes: names are sorted, and no time or system leaves a trace.

use anyhow::{Context, Result};
use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;
use tempfile::NamedTempFile;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::site;

/// Writes the files of `site` into the archive `file`, below a folder of its own, so that unpacking never scatters them.
///
/// # Errors
/// A file that can't be read or written; an archive that was there before is as it was then.
pub(super) fn write(site: &Path, file: &Path) -> Result<()> {
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let said = || format!("the archive {} can't be written", file.display());
    fs::create_dir_all(parent).with_context(said)?;
    let unfinished = tempfile::Builder::new().prefix(".qabook-").tempfile_in(parent).with_context(said)?;
    fill(site, &folder_name(file), &unfinished).with_context(said)?;
    unfinished.as_file().sync_all().with_context(said)?;
    make_readable(&unfinished).with_context(said)?;
    unfinished.persist(file).with_context(said)?;
    Ok(())
}

/// The archive's name without its extension.
fn folder_name(archive: &Path) -> String {
    archive.file_stem().map_or_else(|| "book".into(), |stem| stem.to_string_lossy().into_owned())
}

fn fill(site: &Path, folder: &str, archive: &NamedTempFile) -> Result<()> {
    let mut paths = site::files(site)?;
    paths.sort();
    let mut zip = ZipWriter::new(BufWriter::new(archive.as_file()));
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

/// Temporary files are for their owner only; an archive is meant to be passed on.
#[cfg_attr(not(unix), allow(unused_variables, clippy::unnecessary_wraps))]
fn make_readable(file: &NamedTempFile) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    Ok(())
}
