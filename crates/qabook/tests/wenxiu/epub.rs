//! 问锈 as an EPUB.

use pulldown_cmark::{Event, Tag, TagEnd};
use qabook_support::testing::Test;
use qabook_support::{markdown, tests};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;
use tempfile::TempDir;

use crate::archive::Archive;
use crate::epubcheck::{EPUBCHECK, assert_epubcheck_is_clean};
use crate::root;

pub(crate) const TESTS: &[Test] = tests![
    epubcheck_finds_nothing: EPUBCHECK,
    #[cfg(feature = "share-images")]
    every_shelf_can_show_the_cover,
    two_runs_give_the_same_bytes,
    the_kind_of_file_comes_first_and_uncompressed,
    every_link_inside_the_book_leads_somewhere,
    nothing_is_loaded_from_another_host,
    every_text_of_a_chapter_stands_in_its_page_in_order,
    the_table_of_contents_lists_parts_chapters_and_sections,
    programs_come_with_what_they_printed,
];

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a temporary folder"));
static EPUB: LazyLock<PathBuf> = LazyLock::new(|| make("one.epub"));

fn make(name: &str) -> PathBuf {
    let out = FOLDER.path().join(name);
    let output = Command::new(env!("CARGO_BIN_EXE_qabook"))
        .arg("epub")
        .arg("--root")
        .arg(root())
        .arg("--out")
        .arg(&out)
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .output()
        .expect("qabook runs");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !messages.contains("warning"), "{messages}");
    out
}

fn archive() -> Archive {
    Archive::read(fs::read(&*EPUB).expect("the book"))
}

fn epubcheck_finds_nothing() {
    assert_epubcheck_is_clean(&EPUB);
}

#[cfg(feature = "share-images")]
fn every_shelf_can_show_the_cover() {
    let archive = archive();
    let package = archive.text("EPUB/content.opf");
    let item = package.lines().find(|line| line.contains("cover-image")).expect("a cover");
    assert!(item.contains("href=\"cover.png\"") && item.contains("media-type=\"image/png\""), "{item}");
    let cover = archive.bytes("EPUB/cover.png");
    assert_eq!((&cover[..8], &cover[16..24]), (&b"\x89PNG\r\n\x1a\n"[..], &[0, 0, 4, 0xb0, 0, 0, 6, 0x40][..]));
    // Without its text, as fonts that are not found would leave it, the picture has 11 KB; with it, 48.
    assert!(cover.len() > 30_000, "{}", cover.len());
}

fn two_runs_give_the_same_bytes() {
    let again = make("two.epub");
    assert!(fs::read(&*EPUB).unwrap() == fs::read(again).unwrap(), "the files differ");
}

fn the_kind_of_file_comes_first_and_uncompressed() {
    let bytes = fs::read(&*EPUB).unwrap();
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
    assert_eq!(archive().names[..3], ["mimetype", "META-INF/container.xml", "EPUB/content.opf"]);
}

fn every_link_inside_the_book_leads_somewhere() {
    let (dangling, good) = archive().dangling_links();
    assert!(dangling.is_empty(), "{dangling:#?}");
    assert!(good > 1000, "{good}");
}

fn nothing_is_loaded_from_another_host() {
    for (name, page) in archive().pages() {
        for loads in ["src=\"http", "<script", "@import", "url(http"] {
            assert!(!page.contains(loads), "{name}: {loads}");
        }
    }
    assert!(!archive().text("EPUB/style.css").contains("url("));
}

fn every_text_of_a_chapter_stands_in_its_page_in_order() {
    let archive = archive();
    let summary = fs::read_to_string(root().join("src/SUMMARY.md")).unwrap();
    let paths: Vec<&str> = summary.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(paths.len() > 50);
    for path in paths {
        let page =
            archive.text(&format!("EPUB/pages/{}.xhtml", path.replace("README", "index").trim_end_matches(".md")));
        let page = han(&text_of(&page));
        let mut from = 0;
        // What takes the chapter's place in an EPUB.
        let source = root().join("src").join(path);
        let own = source.with_extension("epub.md");
        for text in texts(&fs::read_to_string(if own.exists() { own } else { source }).unwrap()) {
            let found =
                page[from..].find(&text).unwrap_or_else(|| panic!("{path}: `{text}` is missing or out of order"));
            from += found + text.len();
        }
    }
}

/// The text of XHTML without its tags.
fn text_of(page: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in page.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (reference, c)| text.replace(reference, c))
}

/// The 汉字 of each paragraph, heading, item and cell of a chapter, as its author wrote it.
fn texts(source: &str) -> Vec<String> {
    let body = source.strip_prefix("+++").and_then(|rest| rest.split_once("\n+++\n")).map_or(source, |(_, body)| body);
    let mut texts = vec![String::new()];
    let mut in_code = false;
    for (event, _) in markdown::parse(body) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text) if !in_code && !text.contains("#snippet") => {
                texts.last_mut().unwrap().push_str(&han(&text));
            }
            Event::Code(text) => texts.last_mut().unwrap().push_str(&han(&text)),
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableCell) => {
                texts.push(String::new());
            }
            _ => {}
        }
    }
    texts.retain(|text| !text.is_empty());
    texts
}

fn han(text: &str) -> String {
    text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect()
}

fn the_table_of_contents_lists_parts_chapters_and_sections() {
    let nav = archive().text("EPUB/nav.xhtml");
    let summary = fs::read_to_string(root().join("src/SUMMARY.md")).unwrap();
    for part in summary.lines().skip(1).filter_map(|line| line.strip_prefix("# ")) {
        assert!(nav.contains(&format!("<span>{part}</span>")), "{part}");
    }
    assert!(nav.contains("<a href=\"pages/network/tcp-handshake.xhtml\">4 TCP 的三次握手与四次挥手</a>"), "{nav}");
    assert!(nav.contains("<a href=\"pages/network/tcp-handshake.xhtml#errata\">"));
}

fn programs_come_with_what_they_printed() {
    let page = archive().text("EPUB/pages/guide.xhtml");
    let recorded = fs::read_to_string(root().join("snippets/examples/par-map/output.txt")).unwrap();
    assert!(text_of(&page).contains(recorded.trim_end()));
    assert!(page.contains("<span class=\"k\">fn </span>"), "highlighted");
    assert!(page.contains("Python 对照"));
}
