//! The book for e-readers: EPUB 3.
//!
//! ```text
//! Document ─ content (a page of XHTML per chapter) ─┐
//!          ─ navigation (nav.xhtml, toc.ncx) ───────┼─ package (content.opf) ─ archive ─> book/wenxiu.epub
//!          ─ cover, images, style.css ──────────────┘
//! ```
//!
//! The same commit gives the same bytes: dates are the commit's, the identifier is made of title and address, and the
//! archive has fixed times and order. Nothing in it is loaded from the network.
//! See <https://www.w3.org/TR/epub-33/>.

mod archive;
mod cards;
mod code;
pub mod content;
mod cover;
mod images;
mod inline;
mod names;
mod navigation;
mod package;
mod xml;

use anyhow::{Context, Result};
use qabook_document::{Document, Edition, Loaded, Options};
use qabook_support::{Templates, write_whole};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use archive::Entry;

/// The font of diagrams: readers have no other that is sure to show 汉字.
const DIAGRAM_FONT: &str = "sans-serif";

const STYLE: &str = include_str!("style.css");

/// How an EPUB is made.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder of book.toml.
    pub root: PathBuf,
    /// The file to write; `None` for the site's name in the build folder.
    pub out: Option<PathBuf>,
    /// Whether warnings and the last line are left out.
    pub quiet: bool,
}

/// Makes the EPUB of a book.
///
/// # Errors
/// Everything that is wrong with the sources, with file and line; then no file is written, and an old one stays.
pub fn run(settings: &Settings) -> Result<()> {
    let options = Options { renderer: "epub".into(), diagram_font: DIAGRAM_FONT.into() };
    let book = qabook_document::open(&settings.root)?;
    crate::build::sources::check(&book.root, &book.config)?;
    let Loaded { document, mut warnings } = qabook_document::load(&book, &options)?;
    let edition = Edition::of(&settings.root)?;
    let theme = book.config.html_config().unwrap_or_default().theme_dir(&settings.root);
    let (bytes, found) = pack(&document, &edition, &settings.root, &theme)?;
    warnings.extend(found);
    if !settings.quiet {
        for warning in warnings {
            eprintln!("warning: {warning}");
        }
    }
    let out = settings
        .out
        .clone()
        .unwrap_or_else(|| book.destination().join(format!("{}.epub", names::file(&document.file_stem))));
    write_whole(&out, |mut file| Ok(file.write_all(&bytes)?))?;
    if !settings.quiet {
        eprintln!("made {} chapters, {} KB: {}", document.chapters().count(), bytes.len() / 1024, out.display());
    }
    Ok(())
}

/// The bytes of the EPUB of `document`, and warnings; templates and the style sheet in `theme` win over the built-in ones.
/// `root` is the folder of book.toml.
///
/// # Errors
/// An image that e-readers can't show, a broken template, a cover that can't be drawn.
pub fn pack(
    document: &Document,
    edition: &Edition,
    root: &Path,
    theme: &Path,
) -> Result<(Vec<u8>, Vec<qabook_support::Diagnostic>)> {
    let templates = Templates::load(&theme.join("templates"), &[cover::TITLE, cover::COVER, package::TEMPLATE])?;
    let style = match fs::read_to_string(theme.join("epub.css")) {
        Ok(style) => style,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => STYLE.to_string(),
        Err(error) => return Err(error).with_context(|| theme.join("epub.css").display().to_string()),
    };
    let (images, mut warnings) = images::collect(document)?;
    let mut pages = Vec::new();
    for chapter in document.chapters() {
        pages.push(content::page(document, chapter, &mut warnings));
    }
    let entries = vec![
        Entry::new("style.css", "text/css", "", style),
        cover::picture(document, edition, &templates, root, theme)?,
        Entry::new("title.xhtml", xml::XHTML, "", cover::title_page(document, edition, &templates)?),
        Entry::new("nav.xhtml", xml::XHTML, "nav", navigation::nav(document)),
    ];
    let entries: Vec<Entry> = entries.into_iter().chain(pages).chain(images).collect();
    let ncx = Entry::new("toc.ncx", "application/x-dtbncx+xml", "", navigation::ncx(document));
    let package = package::opf(document, edition, &entries, &templates)?;
    let files = entries.into_iter().chain([ncx]).collect();
    Ok((archive::zip(&package, files)?, warnings))
}
