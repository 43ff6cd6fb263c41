//! A finished PDF.

use lopdf::{Document, SaveOptions};
use qabook_support::{Diagnostic, Diagnostics, Rule};

/// A fault of this crate, not of the book.
const INTERNAL: Rule = Rule::error("internal");

/// A finished book.
#[derive(Debug)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// What could be shown, but not well.
    pub warnings: Vec<Diagnostic>,
}

/// A smaller file of the same pages, and how many they are: the same bytes for the same input: objects that are no streams go into compressed object
/// streams (PDF 1.5). A tagged book has tens of thousands of small ones, one for each paragraph, cell and link, which the
/// exporter writes as plain text.
///
/// # Errors
/// `pdf` can't be read back, which the exporter's output always can.
pub(crate) fn pack(pdf: &[u8]) -> Result<(Vec<u8>, usize), Diagnostics> {
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(500)
        .compression_level(9)
        .build();
    let mut packed = Vec::with_capacity(pdf.len() / 2);
    let pages = Document::load_mem(pdf)
        .and_then(|mut document| {
            document.save_with_options(&mut packed, options)?;
            Ok(document.get_pages().len())
        })
        .map_err(|error| internal(&error.to_string()))?;
    Ok((packed, pages))
}

/// That something is wrong which isn't the author's.
pub(crate) fn internal(message: &str) -> Diagnostics {
    INTERNAL.broken(message, "this is a bug of qabook-pdf: please report it").in_file("PDF").into()
}
