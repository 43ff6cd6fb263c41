//! This book as a PDF, examined by poppler, qpdf and lopdf.
//!
//! Where poppler or qpdf is missing those checks are skipped with a message; `QABOOK_REQUIRE_PDF_TOOLS=1` makes that an
//! error. Without optimization they take two minutes; with it, compiling Typst takes eight.

mod structure;
mod text;

use qabook_document::{Chapter, Document, Options};
use qabook_pdf::{Layout, Pdf, Settings, Site, missing_characters, render};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

struct Made {
    document: Document,
    pdf: Pdf,
    /// The file, for tools.
    file: PathBuf,
    _folder: tempfile::TempDir,
}

fn settings() -> Settings {
    let edition = qabook_document::Edition {
        version: None,
        commit: Some("0123456789ab".into()),
        moment: jiff::Timestamp::constant(1_764_000_000, 0),
    };
    Settings { layout: Layout::default(), site: Site::new("https://example.org/wenxiu/"), edition }
}

/// The book, made once for all tests.
fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let options = Options { renderer: "pdf".into(), diagram_font: qabook_pdf::TEXT_FACE.into() };
        let loaded = qabook_document::open(&root)
            .and_then(|book| qabook_document::load(&book, &options))
            .unwrap_or_else(|error| panic!("{error:#}"));
        let pdf = render(&loaded.document, &settings()).unwrap_or_else(|problems| panic!("{problems}"));
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("book.pdf");
        std::fs::write(&file, &pdf.bytes).expect("a file");
        Made { document: loaded.document, pdf, file, _folder: folder }
    })
}

/// What `program` prints about the file; `None`, with a message, where it isn't installed.
fn tool(program: &str, arguments: &[&str]) -> Option<String> {
    let file = made().file.as_os_str();
    let arguments = arguments.iter().map(|&argument| if argument == "FILE" { file } else { argument.as_ref() });
    match Command::new(program).args(arguments).output() {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{program}: {said}");
            Some(String::from_utf8_lossy(&output.stdout).into_owned())
        }
        Err(_) if std::env::var_os("QABOOK_REQUIRE_PDF_TOOLS").is_none() => {
            eprintln!("skipped: {program} is not installed");
            None
        }
        Err(error) => panic!("{program}: {error}"),
    }
}

/// Every chapter whose text stands in the PDF: the index takes the place of the made page of tags.
fn chapters() -> Vec<&'static Chapter> {
    made().document.chapters().filter(|chapter| chapter.path != "tags.md").collect()
}

#[test]
fn the_fonts_cover_every_character() {
    for chapter in chapters() {
        let missing = missing_characters(&text::of(&chapter.blocks));
        assert!(missing.is_empty(), "{}: {missing:?}", chapter.path);
    }
}

#[test]
fn nothing_runs_over_the_edge_and_typst_warns_of_nothing() {
    let warnings: Vec<_> = made().pdf.warnings.iter().map(ToString::to_string).collect();
    assert!(warnings.is_empty(), "{}", warnings.join("\n"));
}

#[test]
fn it_is_small() {
    assert!(made().pdf.bytes.len() < 6_000_000, "{} bytes", made().pdf.bytes.len());
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    let again = render(&made().document, &settings()).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(again.bytes == made().pdf.bytes, "the second run differs");
}

#[test]
fn qpdf_finds_no_fault() {
    tool("qpdf", &["--check", "FILE"]);
}

#[test]
fn every_font_is_embedded_and_none_is_type_3() {
    let Some(fonts) = tool("pdffonts", &["FILE"]) else { return };
    let fonts: Vec<_> = fonts.lines().skip(2).collect();
    assert!(fonts.len() >= 4, "{fonts:?}");
    for font in fonts {
        assert!(font.contains("yes yes yes") && !font.contains("Type 3"), "{font}");
    }
}

#[test]
fn it_claims_to_be_accessible_and_archival() {
    let Some(metadata) = tool("pdfinfo", &["-meta", "FILE"]) else { return };
    for claim in ["<pdfuaid:part>1</pdfuaid:part>", "<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A<"] {
        assert!(metadata.contains(claim), "{claim} in {metadata}");
    }
}
