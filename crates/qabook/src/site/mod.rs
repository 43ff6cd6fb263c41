//! The pass over rendered pages, and what a site needs beside them.
//!
//! mdBook's own theme files stay as they are; what the site needs beyond them is done here: each page is read and written once
//! ([`lol_html`]). A selector that no longer matches is an error with its name, so that an mdBook upgrade can't silently
//! lose a feature. What is inside `<main>` isn't touched: that comes from the preprocessors, and the stock `mdbook build`
//! makes it, too.
//!
//! - labels, landmarks: the page's own words and how it is reached by keyboard;
//! - head: title, description, addresses, Open Graph, JSON-LD, from the typed model of the book;
//! - discovery: sitemap, feed, robots.txt; `404.html`, redirects; share images (what a shared link shows);
//! - assets, weight: what a page loads;
//! - seal, policy, manifest, offline: what depends on every other byte of a page.

mod address;
mod assets;
mod dates;
mod discovery;
mod head;
mod json_ld;
mod katex;
mod labels;
mod landmarks;
mod manifest;
mod model;
mod not_found;
mod offline;
mod pass;
mod plain;
mod policy;
mod redirects;
mod rewriting;
mod seal;
pub(crate) mod share_images;
mod weight;

use anyhow::{Context, Result};
use mdbook_driver::config::Config;
use mdbook_preprocessor::book::Book;
use mdbook_questions::Catalog;
use mdbook_zh_search::Stamp;
use qabook_support::{Templates, shown};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

pub use address::Address;
pub use seal::Audience;
pub use weight::Weight;

use assets::Sheets;
use model::Model;
use pass::Pass;
use seal::Seal;

/// mdBook writes the first chapter here, too.
const HOME: &str = "index.html";

/// What the site is made of.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// The chapters as the pages were made from them, with those that a preprocessor added.
    pub book: &'a Book,
    /// The questions.
    pub catalog: &'a Catalog,
}

/// What pages load, ready for them to be told of it.
#[derive(Debug)]
pub struct Prepared {
    /// The page at the root, as mdBook rendered it.
    home: Option<String>,
    /// What becomes of the links to style sheets.
    sheets: Sheets,
    /// KaTeX's style sheet, as `additional-css` names it.
    katex: Option<PathBuf>,
}

/// Puts what pages load in order, in the site that mdBook rendered into `site` for the book in `root`.
///
/// # Errors
/// A file that can't be read or written.
pub fn prepare(root: &Path, config: &Config, site: &Path) -> Result<Prepared> {
    not_found::write_script(site)?;
    assets::minify(site)?;
    let home = site.join(HOME);
    let home = home.is_file().then(|| {
        tracing::trace!(target: "html", file = HOME, "read");
        fs::read_to_string(&home).context(HOME)
    });
    let home = home.transpose()?;
    let sheets = home.as_ref().map(|home| assets::join_sheets(site, home)).transpose()?.unwrap_or_default();
    let katex = katex::style_sheet(config);
    if let Some(style_sheet) = &katex {
        katex::copy_fonts(root, style_sheet, site)?;
    }
    Ok(Prepared { home, sheets, katex })
}

/// How a site is finished.
#[derive(Debug)]
pub struct Finish<'a> {
    /// The folder of book.toml.
    pub root: &'a Path,
    /// The book's settings.
    pub config: &'a Config,
    /// Where the site is to be.
    pub address: &'a Address,
    /// What the site is made of.
    pub sources: Sources<'a>,
    /// Which search index is the pages' own.
    pub stamp: &'a Stamp,
    /// Who reads it: pages get their policy, and readers a copy for reading offline. `None` leaves both out.
    pub audience: Option<Audience>,
}

/// What was finished.
#[derive(Debug)]
pub struct Finished {
    /// The number of pages that readers should find.
    pub pages: usize,
    /// What the heaviest of them costs its reader, in a sealed site.
    pub heaviest: Option<Weight>,
}

impl Finish<'_> {
    /// Finishes the site in the folder `site`. Nothing may change a file of it afterwards.
    ///
    /// # Errors
    /// A file that can't be read or written, a template that is wrong, icons that can't be used, pages that don't have the
    /// form this pass relies on or that hold what their policy refuses.
    pub fn run(&self, prepared: Prepared, site: &Path) -> Result<Finished> {
        let Self { root, config, address, .. } = *self;
        let html = config.html_config().unwrap_or_default();
        let theme = html.theme_dir(root);
        let templates = [&[head::TEMPLATE, not_found::TEMPLATE][..], &discovery::TEMPLATES[..]].concat();
        let templates = Templates::load(&theme.join("templates"), &templates)?;
        let model = Model::new(root, config, &self.sources, share_images::are_drawn(root, &theme));
        let seal = self.audience.map(|audience| {
            let apple_icon = manifest::write(root, config, site)?;
            anyhow::Ok(Seal { audience, apple_icon })
        });
        let pass = Pass {
            model: &model,
            address,
            templates: &templates,
            redirects: redirects::of_config(config),
            themes: [html.default_theme, html.preferred_dark_theme],
            prepared,
            stamp: self.stamp,
            seal: seal.transpose()?,
        };
        let pages = pass.run(site, files_below(site, "html")?)?;
        discovery::write(&model, address, &templates, site)?;
        #[cfg(feature = "share-images")]
        if model.has_share_images {
            share_images::write(root, &theme, &model, site)?;
        }
        if self.audience == Some(Audience::Readers) {
            offline::write(root, config, site, &pages.hashes)?;
        }
        Ok(Finished { pages: model.pages.len(), heaviest: weight::heaviest(site, &pages.loads)? })
    }
}

/// The start of a content's SHA-256, which mdBook, too, puts into file names: a changed file gets a new one.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// All files below `folder` with this extension, in the order of their names.
fn files_below(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let mut found = files(folder)?;
    found.retain(|path| path.extension().is_some_and(|found| found == extension));
    found.sort();
    Ok(found)
}

/// All files below `folder`, in no order.
///
/// # Errors
/// A folder that can't be listed.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).follow_links(true) {
        let entry = entry.map_err(|error| {
            let place = shown(error.path().unwrap_or(folder)).display().to_string();
            let reason = error.into_io_error().unwrap_or_else(|| std::io::Error::other("links lead in a circle"));
            anyhow::Error::from(reason).context(place)
        })?;
        found.extend((!entry.file_type().is_dir()).then(|| entry.into_path()));
    }
    Ok(found)
}
