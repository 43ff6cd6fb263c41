//! Markdown and the Typst code that it becomes, construct by construct: `NAME.in.md` and `NAME.out.md` (a Typst block).

mod common;

use qabook_pdf::typst_code;
use std::path::Path;

#[test]
fn every_construct_becomes_the_expected_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    qabook_support::testing::golden(&folder, |markdown| {
        let document = common::chapter(markdown);
        let code = typst_code(&document, &common::settings()).expect("code").remove(0).1;
        format!("```typst\n{code}```\n")
    });
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let files = std::fs::read_dir(folder).expect("the golden files").map(|entry| entry.expect("an entry").path());
    let inputs = files.filter(|path| path.to_string_lossy().ends_with(".in.md"));
    let chapters: Vec<_> = inputs
        .map(|path| {
            (
                path.file_name().expect("a name").to_string_lossy().into_owned(),
                std::fs::read_to_string(&path).expect("a text"),
            )
        })
        .collect();
    let chapters: Vec<_> = chapters.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let bytes = || {
        let loaded = common::book(folder.path(), &chapters).expect("a book without mistakes");
        qabook_pdf::render(&loaded.document, &common::settings()).expect("a PDF").bytes
    };
    assert!(bytes() == bytes(), "the second run differs");
}
