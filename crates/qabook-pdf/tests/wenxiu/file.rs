//! The file as a whole.

use qabook_pdf::Fonts;
use qabook_support::testing::Test;
use qabook_support::tests;

use crate::{POPPLER, QPDF, chapters, made, text, tool};

pub(crate) const TESTS: &[Test] = tests![
    the_fonts_cover_every_character,
    nothing_runs_over_the_edge_and_typst_warns_of_nothing,
    it_is_small,
    qpdf_finds_no_fault: QPDF,
    every_font_is_embedded_and_none_is_type_3: POPPLER,
    it_claims_to_be_accessible_and_archival: POPPLER,
];

fn the_fonts_cover_every_character() {
    for chapter in chapters() {
        let missing = Fonts::linked().missing(&text::of(&chapter.blocks));
        assert!(missing.is_empty(), "{}: {missing:?}", chapter.path);
    }
}

fn nothing_runs_over_the_edge_and_typst_warns_of_nothing() {
    let warnings: Vec<_> = made().pdf.warnings.iter().map(ToString::to_string).collect();
    assert!(warnings.is_empty(), "{}", warnings.join("\n"));
}

fn it_is_small() {
    assert!(made().pdf.bytes.len() < 6_000_000, "{} bytes", made().pdf.bytes.len());
}

fn qpdf_finds_no_fault() {
    tool("qpdf", &["--check", "FILE"]);
}

fn every_font_is_embedded_and_none_is_type_3() {
    let fonts = tool("pdffonts", &["FILE"]);
    let fonts: Vec<_> = fonts.lines().skip(2).collect();
    assert!(fonts.len() >= 4, "{fonts:?}");
    for font in fonts {
        assert!(font.contains("yes yes yes") && !font.contains("Type 3"), "{font}");
    }
}

fn it_claims_to_be_accessible_and_archival() {
    let metadata = tool("pdfinfo", &["-meta", "FILE"]);
    for claim in ["<pdfuaid:part>1</pdfuaid:part>", "<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A<"] {
        assert!(metadata.contains(claim), "{claim} in {metadata}");
    }
}
