//! Golden pairs: a chapter and its page. `SNAPSHOTS=overwrite` accepts what is made.

use mdbook_preprocessor::book::{Book, Chapter};
use mdbook_preprocessor::config::Config;
use qabook_document::{Document, Edition, Options, from_book};
use qabook_support::testing::Test;
use qabook_support::tests;
use std::fs;
use std::path::{Path, PathBuf};

use crate::archive::Archive;
use crate::epubcheck::{EPUBCHECK, assert_epubcheck_is_clean};

pub(crate) const TESTS: &[Test] = tests![
    each_construct_becomes_its_xhtml,
    all_constructs_together_have_no_dangling_link,
    all_constructs_together_are_a_valid_book: EPUBCHECK,
    the_corpus_holds_sixty_formulas,
];

/// `src/NAME.md` and `NAME.xhtml`.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/epub/golden")
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder().join("src"))
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().unwrap().strip_suffix(".md").map(Into::into))
        .collect();
    names.sort();
    assert!(!names.is_empty());
    names
}

/// All golden chapters as one book, so that links between them resolve.
fn document() -> Document {
    let mut book = Book::new();
    for name in names() {
        let text = fs::read_to_string(folder().join("src").join(format!("{name}.md"))).unwrap();
        book.push_item(Chapter::new(&name, text, format!("{name}.md"), Vec::new()));
    }
    let config: Config = "[book]\ntitle = \"构造\"\nlanguage = \"zh-CN\"\n[preprocessor.katex]\n".parse().unwrap();
    let options = Options { renderer: "epub".into(), diagram_font: "sans-serif".into() };
    let loaded = from_book(&folder(), &config, &book, &options).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(loaded.warnings, []);
    loaded.document
}

fn each_construct_becomes_its_xhtml() {
    let document = document();
    for chapter in document.chapters() {
        let expected = folder().join(format!("{}.xhtml", chapter.title));
        let expected = snapbox::Data::read_from(&expected, Some(snapbox::data::DataFormat::Text));
        snapbox::Assert::new()
            .action_env("SNAPSHOTS")
            .eq(qabook::epub::content::body(chapter, &document.words), expected.raw());
    }
}

fn packed() -> Vec<u8> {
    let edition = Edition { version: Some("v1".into()), commit: None, moment: jiff::Timestamp::UNIX_EPOCH };
    let (bytes, warnings) = qabook::epub::pack(&document(), &edition, Path::new("none"), Path::new("none")).unwrap();
    assert_eq!(warnings, []);
    bytes
}

fn all_constructs_together_have_no_dangling_link() {
    let (dangling, _) = Archive::read(packed()).dangling_links();
    assert!(dangling.is_empty(), "{dangling:?}");
}

fn all_constructs_together_are_a_valid_book() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("golden.epub");
    fs::write(&file, packed()).unwrap();
    assert_epubcheck_is_clean(&file);
}

fn the_corpus_holds_sixty_formulas() {
    let page = fs::read_to_string(folder().join("formulas.xhtml")).unwrap();
    assert_eq!(page.matches("<math ").count(), 60);
    assert_eq!(page.matches("</math>").count(), 60);
}
