//! The archive: OCF (EPUB 3.3 §4).

use anyhow::Result;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The folder of everything but what OCF itself wants.
const FOLDER: &str = "EPUB";

const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n<rootfiles>\n\
    <rootfile full-path=\"EPUB/content.opf\" media-type=\"application/oebps-package+xml\"/>\n</rootfiles>\n</container>\n";

/// A file of the book.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Its path in the book's folder.
    pub(super) name: String,
    pub(super) media_type: &'static str,
    /// What the package says about it, such as `nav`.
    pub(super) properties: String,
    bytes: Vec<u8>,
}

impl Entry {
    pub(super) fn new(
        name: impl Into<String>,
        media_type: &'static str,
        properties: impl Into<String>,
        bytes: impl Into<Vec<u8>>,
    ) -> Self {
        Self { name: name.into(), media_type, properties: properties.into(), bytes: bytes.into() }
    }
}

/// The archive of `files` and the package that lists them. Fixed times and order: the same files give the same bytes.
pub(super) fn zip(package: &str, files: Vec<Entry>) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // 1980-01-01, the earliest that a zip can say.
    let stored = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .compression_method(CompressionMethod::Stored);
    let deflated = stored.compression_method(CompressionMethod::Deflated).compression_level(Some(9));
    // First and uncompressed, so that the kind of file can be told from its first bytes.
    zip.start_file("mimetype", stored)?;
    zip.write_all(b"application/epub+zip")?;
    zip.start_file("META-INF/container.xml", deflated)?;
    zip.write_all(CONTAINER.as_bytes())?;
    zip.start_file(format!("{FOLDER}/content.opf"), deflated)?;
    zip.write_all(package.as_bytes())?;
    for file in files {
        zip.start_file(format!("{FOLDER}/{}", file.name), deflated)?;
        zip.write_all(&file.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
