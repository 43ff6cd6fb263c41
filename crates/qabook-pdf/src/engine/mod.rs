//! The Typst that is linked in: a book's files to the bytes of a PDF.

mod overflow;
mod world;

use qabook_document::{DOCUMENT, DOUBTFUL};
use qabook_support::{Diagnostic, Diagnostics};
use std::ops::Range;
use typst::WorldExt;
use typst::diag::{Severity, SourceDiagnostic};
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::assemble::Assembled;
use crate::emit::ChapterCode;
use crate::pdf::{Pdf, internal, pack};
use world::BookWorld;

/// Sets and exports the book; `ident` names it in the file's id.
///
/// The file claims PDF/UA-1 (accessible) and PDF/A-2a (archival); the exporter refuses what would break the claim.
///
/// # Errors
/// What Typst or its exporter refuses, with the author's file and line where they are known.
pub(crate) fn compile(book: Assembled, ident: &str) -> Result<Pdf, Diagnostics> {
    let Assembled { files, fonts, chapters } = book;
    let book = Book { world: BookWorld::new(files, &fonts), chapters };
    let result = typst::compile::<PagedDocument>(&book.world);
    // What Typst remembers in order to set the book again; the exporter needs the room.
    comemo::evict(0);
    let mut warnings: Vec<_> = book.chapters.iter().flat_map(|chapter| chapter.warnings.iter().cloned()).collect();
    warnings.extend(result.warnings.iter().map(|warning| book.diagnostic(warning)));
    let pages = result.output.map_err(|errors| book.diagnostics(&errors))?;
    warnings.extend(overflow::find(&pages).into_iter().map(|found| {
        let (file, line) = book.author_place([found.span.into()].iter().copied()).unwrap_or(("PDF".into(), None));
        let message = format!("“{}” on page {} runs over the edge of the page", found.text, found.page);
        let hint = "shorten it, or break it up: a table with fewer columns, a smaller drawing";
        DOUBTFUL.broken(message, hint).in_file(file).on_line(line)
    }));
    let options = PdfOptions {
        ident: Smart::Custom(ident.to_string()),
        creator: Smart::Custom(Some(concat!("qabook-pdf ", env!("CARGO_PKG_VERSION")).to_string())),
        timestamp: None,
        page_ranges: None,
        standards: PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
            .map_err(|error| internal(error.message()))?,
        tagged: true,
        pretty: false,
    };
    let exported = typst_pdf::pdf(&pages, &options).map_err(|errors| book.diagnostics(&errors))?;
    // As does the packer: what was laid out takes hundreds of megabytes.
    drop(pages);
    comemo::evict(0);
    let (bytes, pages) = pack(&exported)?;
    Ok(Pdf { bytes, pages, warnings })
}

/// What Typst is given, and what came of which line.
struct Book {
    world: BookWorld,
    chapters: Vec<ChapterCode>,
}

impl Book {
    fn diagnostics(&self, errors: &[SourceDiagnostic]) -> Diagnostics {
        let mut problems = Diagnostics::default();
        problems.extend(errors.iter().map(|error| self.diagnostic(error)));
        problems
    }

    /// A message of Typst at the author's line.
    fn diagnostic(&self, found: &SourceDiagnostic) -> Diagnostic {
        // The place itself is often in the template; who called it is what the author wrote.
        let spans = std::iter::once(found.span).chain(found.trace.iter().map(|point| point.span.into()));
        let (file, line) = self.author_place(spans).unwrap_or(("PDF".into(), None));
        let hints: Vec<_> = found.hints.iter().map(|hint| hint.v.to_string()).collect();
        let hint = if hints.is_empty() { "write it differently, or leave it out".into() } else { hints.join("; ") };
        let rule = if found.severity == Severity::Error { DOCUMENT } else { DOUBTFUL };
        rule.broken(found.message.to_string(), hint).in_file(file).on_line(line)
    }

    /// The chapter's file and line of the first of `spans` that is in a chapter.
    fn author_place(
        &self,
        mut spans: impl Iterator<Item = typst::syntax::DiagSpan>,
    ) -> Option<(std::path::PathBuf, Option<usize>)> {
        spans.find_map(|span| {
            let path = span.id()?.get().vpath().get_with_slash().to_string();
            let chapter = self.chapters.iter().find(|chapter| chapter.path == path)?;
            let line = self.world.range(span).and_then(|range: Range<usize>| chapter.line_at(range.start));
            Some((chapter.file.clone(), line))
        })
    }
}
