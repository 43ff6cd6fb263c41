//! As a renderer of mdBook, which runs after that of HTML: `mdbook build` and `mdbook serve` then make the index themselves.

use qabook_words::Words;
use serde::Deserialize;
use std::fs;
use std::io::Read;
use std::path::PathBuf;

use crate::config::{BookConfig, Config};
use crate::error::Error;
use crate::index::{Report, index};
use crate::synonyms::Synonyms;

/// What is read of the book that mdBook sends:
/// <https://rust-lang.github.io/mdBook/for_developers/backends.html>.
#[derive(Deserialize)]
struct Context {
    /// The folder for this renderer's files. That of HTML is beside it: with two renderers each has its own.
    destination: PathBuf,
    /// The folder of book.toml.
    root: PathBuf,
    config: serde_json::Value,
}

/// Indexes the HTML of the book whose `RenderContext` is in `book`, as JSON.
///
/// # Errors
/// Those of [`index`]; a book that isn't one, or for which no HTML is made.
pub fn render(book: impl Read) -> Result<Report, Error> {
    let Context { destination, root, config } = serde_json::from_reader(book)?;
    let words = Words::of_book(&root, &serde_json::from_value(config.clone())?)?;
    let settings: BookConfig = serde_json::from_value(config)?;
    let site = destination.with_file_name("html");
    if !site.is_dir() {
        return Err(Error::NoHtml(site));
    }
    let config = Config { more_synonyms: Synonyms::of_book(&root)?, ..settings.search() };
    let report = index(&site, &config, &words)?;
    // mdBook made it; everything is in the site.
    let _ = fs::remove_dir(&destination);
    Ok(report)
}
