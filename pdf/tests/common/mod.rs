//! Small books in memory.
#![allow(dead_code)]

use document::{Document, Edition, Loaded, Options, from_book};
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::config::Config;
use qabook_pdf::{Layout, Pdf, Settings, Site};
use std::path::Path;
use support::Diagnostics;

/// A book of `chapters`: path below `src` and Markdown, read as the PDF reads it; images are looked for in `root`/src.
pub fn book(root: &Path, chapters: &[(&str, &str)]) -> Result<Loaded, Diagnostics> {
    let mut book = Book::new();
    for (path, markdown) in chapters {
        book.push_item(BookItem::Chapter(Chapter::new(path, (*markdown).to_string(), path, Vec::new())));
    }
    let config: Config = "[book]\ntitle = \"小书\"\nlanguage = \"zh-CN\"\n".parse().expect("a valid book.toml");
    let options = Options { renderer: "pdf".into(), diagram_font: qabook_pdf::TEXT_FACE.into() };
    from_book(root, &config, &book, &options)
}

/// One chapter, `a.md`.
pub fn chapter(markdown: &str) -> Document {
    book(Path::new("nowhere"), &[("a.md", markdown)]).expect("a chapter without mistakes").document
}

/// A4, a fixed date.
pub fn settings() -> Settings {
    Settings { layout: Layout::default(), site: None, edition: Edition { version: None, commit: None, seconds: 0 } }
}

/// The same for a book with an address.
pub fn on_site(address: &str) -> Settings {
    Settings { site: Site::new(address), ..settings() }
}

/// The PDF of one chapter.
pub fn pdf(markdown: &str) -> Result<Pdf, Diagnostics> {
    qabook_pdf::render(&chapter(markdown), &settings())
}
