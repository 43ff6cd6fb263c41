//! 问锈, the book in the root of the repository, as a PDF, examined by poppler, qpdf and lopdf.
//!
//! Where poppler or qpdf is missing those tests are ignored; `QABOOK_REQUIRE_PDF_TOOLS=1` makes that a failure. Without
//! optimization they take two minutes; with it, compiling Typst takes eight.

mod file;
mod sheet;
mod structure;
mod text;

use qabook_document::{Chapter, Document, Options, PageKind};
use qabook_pdf::{Fonts, Layout, Pdf, Settings, Site, Typst, render};
use qabook_support::testing::{Tool, is_installed, run_of_book};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::OnceLock;

struct Made {
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
    Settings {
        layout: Layout::default(),
        site: Site::new("https://example.org/wenxiu/"),
        edition,
        fonts: Fonts::linked(),
        typst: Typst::default(),
    }
}

/// The book, read once for all tests.
fn document() -> &'static Document {
    static DOCUMENT: OnceLock<Document> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let options = Options { renderer: "pdf".into(), diagram_font: qabook_pdf::TEXT_FACE.into() };
        let loaded = qabook_document::open(&root)
            .and_then(|book| qabook_document::load(&book, &options))
            .unwrap_or_else(|error| panic!("{error:#}"));
        loaded.document
    })
}

/// Its PDF, made once, too.
fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let pdf = render(document(), &settings()).unwrap_or_else(|problems| panic!("{problems}"));
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("book.pdf");
        std::fs::write(&file, &pdf.bytes).expect("a file");
        Made { pdf, file, _folder: folder }
    })
}

const POPPLER: Tool = Tool {
    name: "poppler",
    is_here: || ["pdffonts", "pdfinfo", "pdftotext"].iter().all(|program| is_installed(program, "-v")),
    required_by: "QABOOK_REQUIRE_PDF_TOOLS",
};

const QPDF: Tool =
    Tool { name: "qpdf", is_here: || is_installed("qpdf", "--version"), required_by: "QABOOK_REQUIRE_PDF_TOOLS" };

/// What `program` prints about the book's file.
fn tool(program: &str, arguments: &[&str]) -> String {
    tool_on(&made().file, program, arguments)
}

/// What `program` prints about `file`, which stands for the argument `FILE`.
fn tool_on(file: &Path, program: &str, arguments: &[&str]) -> String {
    let file = file.as_os_str();
    let arguments = arguments.iter().map(|&argument| if argument == "FILE" { file } else { argument.as_ref() });
    let output = Command::new(program).args(arguments).output().unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Every chapter whose text is in the PDF: the index takes the place of the page of tags.
fn chapters() -> Vec<&'static Chapter> {
    document().chapters().filter(|chapter| chapter.kind != PageKind::Tags).collect()
}

fn main() -> ExitCode {
    let chapter = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/network/tcp-handshake.md");
    run_of_book(&[file::TESTS, sheet::TESTS, structure::TESTS, text::TESTS].concat(), &chapter, &[])
}
