//! The book on paper: a PDF of an mdBook, made without a browser or network.
//!
//! ```text
//! Document (qabook-document) ─ emit ─> Typst code ─ Typst ─> pages ─ export ─> PDF/UA-1, PDF/A-2a
//! ```
//!
//! - [`render`] is the whole way, [`render_sheet`] that of a [`CheatSheet`]; [`Settings`] and [`Layout`] say how the book is set.
//! - Text enters Typst code only as string literals ([`literal()`]): nothing in a chapter can be markup.
//! - Typst is linked in, or an installed one is used ([`Typst`]), which is given the same files and fonts.
//! - Fonts are linked in or the book's own, there is no clock and no other file access: the same book gives the same bytes
//!   everywhere.
//! - Typst's messages name the chapter's file and line ([`qabook_support::Diagnostic`]).

// A reader who closes the pipe early, as `| head` does, is no reason to stop.
#[macro_use(eprintln)]
extern crate qabook_support;

mod assemble;
pub mod cli;
mod emit;
#[cfg(feature = "engine")]
mod engine;
mod fonts;
mod index;
mod installed;
mod layout;
mod literal;
pub mod maths;
mod pdf;
mod qr;
mod settings;
mod sheet;
mod svg;

pub use fonts::{FOLDER as FONTS_FOLDER, Fonts, TEXT_FACE};
pub use layout::{Layout, Paper};
pub use literal::literal;
pub use pdf::Pdf;
pub use qabook_document::Site;
pub use settings::{Settings, Typst};
pub use sheet::CheatSheet;

use assemble::Assembled;
use qabook_document::Document;
use qabook_support::Diagnostics;

/// Makes the PDF of `document`.
///
/// # Errors
/// Everything that is wrong with the chapters, with file and line: characters that no font has, images that can't be
/// read, and what Typst or the PDF standards refuse.
pub fn render(document: &Document, settings: &Settings) -> Result<Pdf, Diagnostics> {
    set(assemble::assemble(document, settings)?, &settings.typst, &document.title)
}

/// Makes the `kind` of cheat-sheet of `document`: its questions by part, on a few pages.
///
/// # Errors
/// As [`render`]; and when the book has no questions.
pub fn render_sheet(document: &Document, settings: &Settings, kind: CheatSheet) -> Result<Pdf, Diagnostics> {
    set(sheet::assemble(document, settings, kind)?, &settings.typst, &format!("{} {kind:?}", document.title))
}

/// Sets what was assembled; `ident` names it in the file's id, where the Typst that is linked in makes it.
#[cfg_attr(not(feature = "engine"), allow(unused_variables))]
fn set(book: Assembled, typst: &Typst, ident: &str) -> Result<Pdf, Diagnostics> {
    match typst {
        #[cfg(feature = "engine")]
        Typst::Linked => engine::compile(book, ident),
        Typst::Installed(program) => installed::compile(book, program),
    }
}

/// The Typst code of every chapter by its file, for tests and for the curious.
///
/// # Errors
/// As [`render`], before anything is set.
pub fn typst_code(document: &Document, settings: &Settings) -> Result<Vec<(String, String)>, Diagnostics> {
    let assembled = assemble::assemble(document, settings)?;
    let name = |file: &std::path::Path| file.display().to_string().replace('\\', "/");
    Ok(assembled.chapters.iter().map(|chapter| (name(&chapter.file), chapter.code.clone())).collect())
}
