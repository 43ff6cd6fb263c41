//! The pass over rendered pages, and what a site needs beside them.
//!
//! mdBook's own theme files stay as they are; what the site needs beyond them is done here, in one run over each page
//! ([`lol_html`]). A selector that no longer matches is an error with its name, so that an mdBook upgrade can't silently
//! lose a feature. What is inside `<main>` isn't touched: that comes from the preprocessors, and the stock `mdbook build`
//! makes it, too.
//!
//! - labels, landmarks: the page's own words and how it is reached by keyboard;
//! - head: title, description, addresses, Open Graph, JSON-LD, from the typed model of the book;
//! - discovery: sitemap, feed, robots.txt; `404.html`, redirects; cards (the pictures of shared links);
//! - assets, weight: what a page loads;
//! - seal, policy, manifest, offline: what depends on the last byte of every page.

mod address;
mod assets;
pub(crate) mod cards;
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
mod weight;

use anyhow::{Context, Result};
use mdbook_driver::config::Config;
use mdbook_preprocessor::book::Book;
use mdbook_questions::Catalog;
use qabook_support::Templates;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

pub use address::Address;
pub use weight::{Weight, heaviest};

pub use seal::{Audience, seal};

use model::Model;
use pass::Pass;

/// What the site is made of.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// The chapters as the pages were made from them, with those that a preprocessor added.
    pub book: &'a Book,
    /// The questions.
    pub catalog: &'a Catalog,
}

/// Finishes the site that mdBook rendered into `site` for the book in `root`, which is to stand at `address`.
///
/// Returns the files of the pages that readers should find.
///
/// # Errors
/// A file that can't be read or written, a template that is wrong, or a page that doesn't have the form this pass relies
/// on.
pub fn finish(
    root: &Path,
    config: &Config,
    address: &Address,
    sources: &Sources<'_>,
    site: &Path,
) -> Result<Vec<PathBuf>> {
    let html = config.html_config().unwrap_or_default();
    let theme = html.theme_dir(root);
    let templates = [&[head::TEMPLATE, not_found::TEMPLATE][..], &discovery::TEMPLATES[..]].concat();
    let templates = Templates::load(&theme.join("templates"), &templates)?;
    let model = Model::new(root, config, sources, cards::are_drawn(root, &theme));

    not_found::write_script(site)?;
    assets::minify(site)?;
    let sheets = assets::join_sheets(site)?;
    let katex = katex::style_sheet(config);
    if let Some(style_sheet) = &katex {
        katex::copy_fonts(root, style_sheet, site)?;
    }
    let pass = Pass {
        model: &model,
        address,
        templates: &templates,
        redirects: redirects::of_config(config),
        themes: [html.default_theme, html.preferred_dark_theme],
        katex,
        sheets,
    };
    pass.run(site, pages(site)?)?;
    discovery::write(&model, address, &templates, site)?;
    #[cfg(feature = "og-images")]
    if model.has_cards {
        cards::write(root, &theme, &model, site)?;
    }

    Ok(model.pages.iter().map(|page| PathBuf::from(&page.file)).collect())
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

/// All HTML files below `folder`.
fn pages(folder: &Path) -> Result<Vec<PathBuf>> {
    files_below(folder, "html")
}

/// All files below `folder`, in no order.
///
/// # Errors
/// A folder that can't be listed.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}
