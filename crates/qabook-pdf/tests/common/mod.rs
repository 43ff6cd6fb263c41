//! Small books in memory.
#![allow(dead_code)]

use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::config::Config;
use qabook_document::{Document, Edition, Loaded, Options, from_book};
use qabook_pdf::{Fonts, Layout, Pdf, Settings, Site, Typst};
use qabook_support::Diagnostics;
use std::path::Path;

/// A book of `chapters`: path below `src` and Markdown. They are written to `root`/src, where messages find their lines and
/// images are looked for.
pub(crate) fn book(root: &Path, chapters: &[(&str, &str)]) -> Result<Loaded, Diagnostics> {
    let mut book = Book::new();
    for (path, markdown) in chapters {
        let file = root.join("src").join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, markdown).expect("a chapter's file");
        book.push_item(BookItem::Chapter(Chapter::new(path, (*markdown).to_string(), path, Vec::new())));
    }
    let config: Config =
        "[book]\ntitle = \"小书\"\nlanguage = \"zh-CN\"\n[preprocessor.katex]\n".parse().expect("a valid book.toml");
    let options = Options { renderer: "pdf".into(), diagram_font: qabook_pdf::TEXT_FACE.into() };
    from_book(root, &config, &book, &options)
}

/// One chapter, `a.md`.
pub(crate) fn chapter(markdown: &str) -> Document {
    let folder = tempfile::tempdir().expect("a temporary folder");
    book(folder.path(), &[("a.md", markdown)]).expect("a chapter without mistakes").document
}

/// A4, a fixed date.
pub(crate) fn settings() -> Settings {
    Settings {
        layout: Layout::default(),
        site: None,
        edition: Edition { version: None, commit: None, moment: jiff::Timestamp::UNIX_EPOCH },
        fonts: Fonts::linked(),
        typst: Typst::default(),
    }
}

/// The same for a book with an address.
pub(crate) fn on_site(address: &str) -> Settings {
    Settings { site: Site::new(address), ..settings() }
}

/// The PDF of one chapter.
pub(crate) fn pdf(markdown: &str) -> Result<Pdf, Diagnostics> {
    qabook_pdf::render(&chapter(markdown), &settings())
}
