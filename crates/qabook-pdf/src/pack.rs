//! A smaller file: objects that are no streams go into compressed object streams (PDF 1.5).
//!
//! A tagged book has tens of thousands of small objects, one for each paragraph, cell and link; the exporter writes them
//! as plain text.

use lopdf::{Document, SaveOptions};

/// `pdf` with its objects packed: the same pages, the same bytes for the same input.
///
/// # Errors
/// `pdf` can't be read back, which the exporter's output always can.
pub(crate) fn pack(pdf: &[u8]) -> Result<Vec<u8>, lopdf::Error> {
    let mut document = Document::load_mem(pdf)?;
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(500)
        .compression_level(9)
        .build();
    let mut packed = Vec::with_capacity(pdf.len() / 2);
    document.save_with_options(&mut packed, options)?;
    Ok(packed)
}
