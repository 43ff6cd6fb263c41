//! What goes wrong is named with file and line; what can be shown is shown, with a warning.

mod common;

use common::{book, chapter, pdf, settings};
use qabook_document::Document;
use qabook_pdf::render;
use std::fs;

/// The message of a chapter that can't become a document.
fn refusal(markdown: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    book(folder.path(), &[("a.md", markdown)]).expect_err("a mistake").to_string()
}

/// The message of a document that can't become a PDF.
fn failure(document: &Document) -> String {
    render(document, &settings()).expect_err("a mistake").to_string()
}

/// A document with images in a temporary folder, which lives as long as the first value.
fn with_image(name: &str, data: &[u8], markdown: &str) -> (tempfile::TempDir, Document) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("src").join(name), data).unwrap();
    let document = book(folder.path(), &[("a.md", markdown)]).expect("a document").document;
    (folder, document)
}

#[test]
fn a_formula_that_katex_refuses_is_named_with_its_line() {
    let message = refusal("# 甲\n\n正文 $\\frac{1}$。\n");
    assert!(message.contains("a.md:3"), "{message}");
}

#[test]
fn a_missing_image_is_named_with_its_line() {
    let message = refusal("# 甲\n\n![图](no.png)\n");
    assert!(message.contains("a.md:3") && message.contains("no.png"), "{message}");
}

#[test]
fn a_link_to_nowhere_is_named_with_its_line() {
    let message = refusal("# 甲\n\n[乙](b.md)和[丙](#nowhere)\n");
    assert!(message.contains("a.md:3") && message.contains("b.md") && message.contains("nowhere"), "{message}");
}

#[test]
fn a_character_without_a_glyph_is_named_with_its_line() {
    let message = failure(&chapter("# 甲\n\n好🦀。\n\n`龘` 也没有\n"));
    assert!(message.contains("a.md:3: no font of the PDF has 🦀 (U+1F980)"), "{message}");
    assert!(message.contains("a.md:5: no font of the PDF has 龘 (U+9F98)"), "{message}");
    assert!(message.contains("into theme/pdf-fonts"), "{message}");
}

#[test]
fn signs_that_only_change_others_are_left_out() {
    pdf("# 甲\n\n注意⚠\u{fe0f}，看\u{200b}这里\u{200d}。\n").unwrap();
}

#[test]
fn a_broken_image_is_named_with_its_line() {
    let (_folder, document) = with_image("a.png", b"no picture", "# 甲\n\n字\n\n![图](a.png)\n");
    let message = failure(&document);
    assert!(message.contains("a.md:5"), "{message}");
}

#[test]
fn an_image_in_an_unknown_format_is_named_with_its_line() {
    let (_folder, document) = with_image("a.bmp", b"BM", "# 甲\n\n![图](a.bmp)\n");
    let message = failure(&document);
    assert!(message.contains("a.md:3: a.bmp is in a format that a PDF can't hold"), "{message}");
}

#[test]
fn an_svg_without_fonts_is_set_in_the_fonts_of_the_book() {
    let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40"><text x="5" y="20" font-family="Nowhere">汉字 text</text></svg>"#;
    let (_folder, document) = with_image("a.svg", svg.as_bytes(), "# 甲\n\n![图](a.svg)\n");
    let pdf = render(&document, &settings()).unwrap();
    let fonts = lopdf::Document::load_mem(&pdf.bytes).unwrap();
    let names: Vec<String> = fonts
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"BaseFont").ok()?.as_name().ok())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect();
    assert!(names.iter().any(|name| name.contains("NotoSansSC")), "{names:?}");
}

#[test]
fn a_letter_of_an_svg_without_a_glyph_is_an_error() {
    let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40"><text y="20">龘</text></svg>"#;
    let (_folder, document) = with_image("a.svg", svg.as_bytes(), "# 甲\n\n![图](a.svg)\n");
    let message = failure(&document);
    assert!(message.contains("a.md:3") && message.contains("龘"), "{message}");
}

#[test]
fn a_word_of_500_letters_breaks() {
    let word = "x".repeat(500);
    let pdf = pdf(&format!("# 甲\n\n{word}\n\n`{word}`\n\n- {word}\n\n| a | b |\n|---|---|\n| {word} | `{word}` |\n\n```rust\nlet a = \"{word}\";\n```\n")).unwrap();
    assert!(pdf.warnings.is_empty(), "{:?}", pdf.warnings);
}

#[test]
fn a_table_of_ten_columns_stays_on_the_page() {
    let row = |cell: &str| format!("|{}\n", format!(" {cell} |").repeat(10));
    let table = row("column") + &row("---") + &row("averylongword 汉字汉字汉字");
    let pdf = pdf(&format!("# 甲\n\n{table}\n")).unwrap();
    assert!(pdf.warnings.is_empty(), "{:?}", pdf.warnings);
}

#[test]
fn a_table_wider_than_the_page_is_a_warning_with_its_line() {
    let row = |cell: &str| format!("|{}\n", format!(" {cell} |").repeat(80));
    let table = row("c") + &row("---") + &row("word");
    let pdf = pdf(&format!("# 甲\n\n{table}\n")).unwrap();
    let warning = pdf.warnings.first().expect("a warning").to_string();
    assert!(warning.contains("a.md:3: a table of 80 columns can't be read on a page"), "{warning}");
}

#[test]
fn what_runs_over_the_edge_of_the_page_is_a_warning_with_its_line() {
    let pdf = pdf(&format!("# 甲\n\n字。\n\n$$\n{}x\n$$\n", "x_1 \\cdot ".repeat(80))).unwrap();
    let warning = pdf.warnings.first().expect("a warning").to_string();
    assert!(warning.contains("a.md:5: ") && warning.contains("runs over the edge of the page"), "{warning}");
}

#[test]
fn an_unknown_html_tag_is_a_warning_and_its_text_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let loaded = book(folder.path(), &[("a.md", "# 甲\n\n<blink>字</blink>\n")]).unwrap();
    let warning = loaded.warnings.first().expect("a warning").to_string();
    assert!(warning.contains("a.md:3") && warning.contains("blink"), "{warning}");
    render(&loaded.document, &settings()).unwrap();
}

#[test]
fn a_gap_in_the_headings_is_closed() {
    pdf("# 甲\n\n## 乙\n\n#### 丁\n\n## 戊\n").unwrap();
}

#[test]
fn an_empty_chapter_and_a_chapter_without_title_are_set() {
    pdf("").unwrap();
    pdf("只有一段话。\n").unwrap();
}
