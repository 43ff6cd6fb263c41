//! This book as a PDF, examined by poppler, qpdf and lopdf.
//!
//! Where poppler or qpdf is missing those checks are skipped with a message; `QABOOK_REQUIRE_PDF_TOOLS=1` makes that an
//! error. Run it with `--release`: Typst is slow without optimization.

use document::{Block, BlockKind, Chapter, Document, Inline, Options, for_each_block};
use lopdf::{Dictionary, Object};
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
    let edition = document::Edition { version: None, commit: Some("0123456789ab".into()), seconds: 1_764_000_000 };
    Settings { layout: Layout::default(), site: Site::new("https://example.org/wenxiu/"), edition }
}

/// The book, made once for all tests.
fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let options = Options { renderer: "pdf".into(), diagram_font: qabook_pdf::TEXT_FACE.into() };
        let loaded = document::load(&root, &options).unwrap_or_else(|error| panic!("{error:#}"));
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
        let missing = missing_characters(&text_of(&chapter.blocks));
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

#[test]
fn no_word_stands_outside_its_page() {
    let Some(words) = tool("pdftotext", &["-bbox", "FILE", "-"]) else { return };
    let number = |line: &str, name: &str| -> f64 {
        let value = line.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        value.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{name} in {line}"))
    };
    let (mut width, mut height, mut count) = (0.0, 0.0, 0);
    for line in words.lines().map(str::trim) {
        if line.starts_with("<page") {
            (width, height) = (number(line, "width"), number(line, "height"));
        } else if line.starts_with("<word") {
            count += 1;
            let inside = number(line, "xMin") >= -0.5
                && number(line, "yMin") >= -0.5
                && number(line, "xMax") <= width + 0.5
                && number(line, "yMax") <= height + 0.5;
            assert!(inside, "{line} on a page of {width} × {height}");
        }
    }
    assert!(count > 20_000, "{count} words");
}

#[test]
fn every_paragraph_stands_in_order() {
    let Some(text) = tool("pdftotext", &["-raw", "FILE", "-"]) else { return };
    let squeezed: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut at = 0;
    let mut paragraphs = 0;
    for chapter in chapters() {
        for_each_block(&chapter.blocks, &mut |block| {
            let BlockKind::Paragraph(inlines) = &block.kind else { return };
            // Formulas are drawn with letters of their own.
            let words = plain_words(inlines);
            let end = find_in_order(&squeezed, at, &words)
                .unwrap_or_else(|| panic!("{}:{:?}: “{words}” is not in the PDF", chapter.file.display(), block.line));
            // Footnotes stand at the foot of the page, before what follows their mark.
            at = end.saturating_sub(3000);
            paragraphs += 1;
        });
    }
    assert!(paragraphs > 1000, "{paragraphs} paragraphs");
}

/// Where `words` end when their characters follow each other in `text` behind `from`.
///
/// In between only a little may stand, such as a page number, and twice as much as is at the turn of a page: footnotes,
/// the page's number and the running head.
fn find_in_order(text: &[char], from: usize, words: &str) -> Option<usize> {
    let words: Vec<char> = words.chars().filter(|c| !c.is_whitespace()).collect();
    let Some(first) = words.first() else { return Some(from) };
    (from..text.len()).filter(|&start| text[start] == *first).find_map(|start| follow(text, start, &words, 2))
}

/// As [`find_in_order`], from exactly `at`, over at most `turns` turns of a page.
fn follow(text: &[char], at: usize, words: &[char], turns: usize) -> Option<usize> {
    const LITTLE: usize = 12;
    const TURN: usize = 3000;
    let mut places = Vec::with_capacity(words.len());
    let mut next = at;
    for c in words {
        let reach = text.len().min(next + LITTLE);
        let Some(found) = text.get(next..reach)?.iter().position(|found| found == c) else { break };
        next += found + 1;
        places.push(next);
    }
    if places.len() == words.len() {
        return Some(next);
    }
    if turns == 0 {
        return None;
    }
    // The page ended a little before what was found last, perhaps: a character of its foot may have looked right.
    (0..=places.len().min(LITTLE)).find_map(|back| {
        let done = places.len() - back;
        let (before, rest) = (done.checked_sub(1).map_or(at, |last| places[last]), &words[done..]);
        let start = &rest[..rest.len().min(4)];
        let end = text.len().min(before + TURN);
        let found = text[before..end].windows(start.len()).position(|window| window == start)?;
        follow(text, before + found, rest, turns - 1)
    })
}

fn plain_words(inlines: &[Inline]) -> String {
    let mut words = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => words.push_str(text),
            Inline::Styled(_, inside) => words.push_str(&plain_words(inside)),
            Inline::Link(link) => words.push_str(&plain_words(&link.text)),
            _ => {}
        }
    }
    words
}

fn text_of(blocks: &[Block]) -> String {
    let mut text = String::new();
    for_each_block(blocks, &mut |block| match &block.kind {
        BlockKind::Paragraph(inlines) => text.push_str(&plain_words(inlines)),
        BlockKind::Heading(heading) => text.push_str(&plain_words(&heading.text)),
        BlockKind::Code(code) => text.push_str(&code.text),
        BlockKind::Snippet(snippet) => {
            text.push_str(&snippet.code);
            text.push_str(snippet.recorded.as_deref().unwrap_or_default());
        }
        _ => {}
    });
    text
}

// --- Outline and links, read by lopdf ---

fn parsed() -> &'static lopdf::Document {
    static PARSED: OnceLock<lopdf::Document> = OnceLock::new();
    PARSED.get_or_init(|| lopdf::Document::load_mem(&made().pdf.bytes).expect("a PDF"))
}

fn resolve<'a>(value: &'a Object) -> &'a Object {
    match value {
        Object::Reference(id) => parsed().get_object(*id).expect("an object"),
        other => other,
    }
}

fn get<'a>(dictionary: &'a Dictionary, key: &str) -> Option<&'a Object> {
    dictionary.get(key.as_bytes()).ok().map(resolve)
}

/// How many entries stand below `node`, on every level.
fn outline_entries(node: &Dictionary) -> usize {
    let mut count = 0;
    let mut next = get(node, "First");
    while let Some(entry) = next {
        let entry = entry.as_dict().expect("an outline entry");
        count += 1 + outline_entries(entry);
        next = get(entry, "Next");
    }
    count
}

#[test]
fn the_outline_holds_every_part_chapter_and_section() {
    let catalog = parsed().catalog().expect("a catalog");
    let outlines = get(catalog, "Outlines").and_then(|outlines| outlines.as_dict().ok()).expect("an outline");
    let parts = made().document.parts.iter().filter(|part| part.title.is_some()).count();
    let mut sections = 0;
    for chapter in chapters() {
        for_each_block(&chapter.blocks, &mut |block| {
            sections += usize::from(matches!(&block.kind, BlockKind::Heading(heading) if heading.level > 1));
        });
    }
    // Contents and index are the renderer's own.
    assert_eq!(outline_entries(outlines), parts + chapters().len() + sections + 2);
}

#[test]
fn every_link_leads_to_a_page_or_an_address() {
    let pages: std::collections::HashSet<_> = parsed().get_pages().into_values().collect();
    let catalog = parsed().catalog().expect("a catalog");
    let names = get(catalog, "Names").is_some() || get(catalog, "Dests").is_some();
    let (mut jumps, mut addresses) = (0, 0);
    for object in parsed().objects.values() {
        let Ok(annotation) = object.as_dict() else { continue };
        if annotation.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Link") {
            continue;
        }
        let action = get(annotation, "A").and_then(|action| action.as_dict().ok());
        if let Some(uri) = action.and_then(|action| get(action, "URI")) {
            let uri = String::from_utf8_lossy(uri.as_str().expect("an address")).into_owned();
            assert!(uri.starts_with("https://") || uri.starts_with("http://"), "{uri}");
            addresses += 1;
            continue;
        }
        let destination = get(annotation, "Dest").or_else(|| action.and_then(|action| get(action, "D")));
        match destination.expect("a destination") {
            Object::Array(place) => {
                let page = place[0].as_reference().expect("a page");
                assert!(pages.contains(&page), "a link to what is no page");
            }
            // Named destinations are kept in a tree that the exporter makes of the same places.
            named => assert!(names, "{named:?} without names"),
        }
        jumps += 1;
    }
    assert!(jumps > 1000 && addresses > 500, "{jumps} jumps, {addresses} addresses");
}

#[test]
fn a_missing_paragraph_would_be_noticed() {
    let text: Vec<char> = "甲乙丙丁，戊己庚p.12辛。".chars().collect();
    assert_eq!(find_in_order(&text, 0, "乙丙丁，戊己庚辛。"), Some(text.len()));
    assert_eq!(find_in_order(&text, 0, "乙丙庚丁"), None);
    assert_eq!(find_in_order(&text, 0, "没有这一段话"), None);
}
