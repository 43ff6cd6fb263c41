//! The pages that `qabook serve` makes by themselves are those that a build makes.

use qabook::build::{self, Options, Verbosity};
use qabook::site::Audience;
use qabook_support::testing::Test;
use qabook_support::tests;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

use crate::root;

pub(crate) const TESTS: &[Test] = tests![every_chapter_alone_is_as_in_the_whole];

fn every_chapter_alone_is_as_in_the_whole() {
    let book = tempfile::tempdir().unwrap();
    for name in ["book.toml", "check.toml", "synonyms.toml", "snippets", "src", "theme"] {
        copy(&root().join(name), &book.path().join(name));
    }
    let options =
        Options { verbosity: Verbosity::Quiet, site_url: Some("/".into()), audience: Audience::Author, archive: None };
    let kept = build::build_keeping(book.path(), &options).unwrap();
    let mut pages = Vec::new();
    for source in kept.sources().collect::<Vec<_>>() {
        let text = fs::read_to_string(&source).unwrap();
        // In the middle of what it says first, and at its end.
        let body = text.rfind("\n+++\n").unwrap_or_default();
        let text = format!("{}{}", &text[..body], text[body..].replacen("。\n", "，**改过**。\n", 1));
        fs::write(&source, format!("{text}\n\nOne more **paragraph** on `{}`, see [above](#x).\n", source.display()))
            .unwrap();
        match kept.make_page(&source) {
            Ok(()) => pages.push(page_of(book.path(), &source)),
            // What they list or say first, other pages show.
            Err(error) => assert!(!text.starts_with("+++"), "{}: {error}", source.display()),
        }
    }
    let early: Vec<String> = pages.iter().map(|page| without_index(page)).collect();
    build::build(book.path(), &options).unwrap();
    for (page, early) in pages.iter().zip(early) {
        assert!(without_index(page) == early, "{} is another in the whole", page.display());
    }
    assert!(pages.len() > 50, "{pages:?}");
}

fn copy(from: &Path, to: &Path) {
    let is_wanted = |entry: &DirEntry| entry.file_name() != "target";
    for entry in WalkDir::new(from).into_iter().filter_entry(is_wanted).map(Result::unwrap) {
        let below = entry.path().strip_prefix(from).unwrap();
        // A file that is copied by itself would get a slash at its end.
        let to = if below == Path::new("") { to.to_path_buf() } else { to.join(below) };
        if entry.file_type().is_dir() {
            fs::create_dir_all(to).unwrap();
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// The page of the chapter in the file `source`.
fn page_of(book: &Path, source: &Path) -> PathBuf {
    book.join("book").join(source.strip_prefix(book.join("src")).unwrap()).with_extension("html")
}

/// A page without the name of its search index, which a build makes anew.
fn without_index(page: &Path) -> String {
    let html = fs::read_to_string(page).unwrap();
    html.lines().filter(|line| !line.starts_with("<script data-zh-search ")).map(|line| format!("{line}\n")).collect()
}
