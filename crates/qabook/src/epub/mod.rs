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
mod svg;
mod tables;
pub(crate) mod templates;
mod xml;

use anyhow::{Context, Result};
use clap::Args;
use qabook_document::{Document, Edition, Failures, Loaded, Opened, Options};
use qabook_support::{Diagnostic, Diagnostics, Templates, write_whole};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::build::{self, Stages, Verbosity};
use archive::Entry;
use templates::{STYLE, TEMPLATES};

/// The font of diagrams: readers have no other that is sure to show 汉字.
const DIAGRAM_FONT: &str = "sans-serif";

/// How an EPUB is made.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// Folder that holds book.toml
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub root: PathBuf,
    /// File to write [default: the site's name in the build folder, such as book/wenxiu.epub]
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Print errors only
    #[arg(long, short)]
    pub quiet: bool,
}

/// Makes the EPUB of a book.
///
/// # Errors
/// Everything that is wrong with the book, with file and line; then no file is written, and an old one stays.
pub fn run(settings: &Settings) -> Result<()> {
    let opened = qabook_document::open(&settings.root)?;
    let theme = opened.config.html_config().unwrap_or_default().theme_dir(&settings.root);
    let mut failures = Failures::default();
    let loaded = load(&opened, &mut failures);
    let edition = failures.take(Edition::of(&settings.root));
    failures.take(templates(&theme));
    let (Some(Loaded { document, mut warnings }), Some(edition), true) = (loaded, edition, failures.is_empty()) else {
        return Err(failures.into());
    };
    let (bytes, found) = pack(&document, &edition, &settings.root, &theme)?;
    warnings.extend(found);
    if !settings.quiet {
        for warning in warnings {
            eprintln!("warning: {warning}");
        }
    }
    let default = || opened.destination().join(format!("{}.epub", names::file(&document.file_stem)));
    let out = settings.out.clone().unwrap_or_else(default);
    write_whole(&out, |mut file| Ok(file.write_all(&bytes)?))?;
    if !settings.quiet {
        eprintln!("made {} chapters, {} KB: {}", document.chapters().count(), bytes.len() / 1024, out.display());
    }
    Ok(())
}

/// The document of a book whose files and preprocessors are in order; every other problem is added to `failures`.
fn load(opened: &Opened, failures: &mut Failures) -> Option<Loaded> {
    let options = Options { renderer: "epub".into(), diagram_font: DIAGRAM_FONT.into() };
    let mut book = build::load(opened, &mut Stages::new(Verbosity::Quiet), failures)?;
    failures.take(qabook_document::take_variants(opened, &mut book.book, &options.renderer));
    let book = failures.take(qabook_document::preprocess(opened, &mut book, &options))?;
    // Where a chapter is missing, the links to it would be reported, too.
    if !failures.is_empty() {
        return None;
    }
    failures.take(build::check_footnotes(&opened.root, &opened.config, &book));
    failures.take(qabook_document::from_book(&opened.root, &opened.config, &book, &options))
}

/// The templates, of which those in `theme` win over the built-in ones.
fn templates(theme: &Path) -> Result<Templates, Diagnostics> {
    Templates::load(&theme.join("templates"), &TEMPLATES)
}

/// The bytes of the EPUB of `document`, and warnings; templates and the style sheet in `theme` win over the built-in ones.
/// `root` is the folder of book.toml.
///
/// # Errors
/// Images that e-readers can't show, a broken template, a cover that can't be drawn: all of these at once.
pub fn pack(document: &Document, edition: &Edition, root: &Path, theme: &Path) -> Result<(Vec<u8>, Vec<Diagnostic>)> {
    let templates = templates(theme)?;
    let style = match fs::read_to_string(theme.join(STYLE.0)) {
        Ok(style) => style,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => STYLE.1.to_string(),
        Err(error) => return Err(error).with_context(|| theme.join(STYLE.0).display().to_string()),
    };
    let mut failures = Failures::default();
    let images = failures.take(images::collect(document));
    let cover = failures.take(cover::picture(document, edition, &templates, root, theme));
    let (Some((images, mut warnings)), Some(cover)) = (images, cover) else { return Err(failures.into()) };
    let mut pages = Vec::new();
    for chapter in document.chapters() {
        pages.push(content::page(document, chapter, &mut warnings));
    }
    let entries = vec![
        Entry::new("style.css", "text/css", "", style),
        cover,
        Entry::new("title.xhtml", xml::XHTML, "", cover::title_page(document, edition, &templates)?),
        Entry::new("nav.xhtml", xml::XHTML, "nav", navigation::nav(document)),
    ];
    let entries: Vec<Entry> = entries.into_iter().chain(pages).chain(images).collect();
    let ncx = Entry::new("toc.ncx", "application/x-dtbncx+xml", "", navigation::ncx(document));
    let package = package::opf(document, edition, &entries, &templates)?;
    let files = entries.into_iter().chain([ncx]).collect();
    Ok((archive::zip(&package, files)?, warnings))
}
