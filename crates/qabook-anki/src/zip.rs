//! The package: a zip archive of a collection and its media.

use anyhow::Result;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The archive. Times and order are fixed: the same files give the same bytes.
pub(crate) fn package(collection: &[u8], media: impl Iterator<Item = (String, Vec<u8>)>) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // 1980-01-01, the earliest that a zip can say.
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9));
    zip.start_file("collection.anki2", options)?;
    zip.write_all(collection)?;
    // In the archive files are called by numbers; a list of their names is next to them.
    let mut names = BTreeMap::new();
    for (number, (name, bytes)) in media.enumerate() {
        zip.start_file(number.to_string(), options)?;
        zip.write_all(&bytes)?;
        names.insert(number.to_string(), name);
    }
    zip.start_file("media", options)?;
    zip.write_all(&serde_json::to_vec(&names)?)?;
    Ok(zip.finish()?.into_inner())
}
