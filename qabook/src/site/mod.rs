//! The pass over rendered pages.
//!
//! mdBook's own theme files stay as they are; what the site needs beyond them is done here. A selector that no longer
//! matches is an error with its name, so that an mdBook upgrade can't silently lose a feature.

mod katex;

use anyhow::{Context, Result};
use mdbook_driver::config::Config;
use std::fs;
use std::path::{Path, PathBuf};

/// Finishes the site that mdBook rendered into `site` for the book in `root`.
///
/// # Errors
/// A file that can't be read or written, or a page that doesn't have the form this pass relies on.
pub fn finish(root: &Path, config: &Config, site: &Path) -> Result<()> {
    let Some(style_sheet) = katex::style_sheet(config) else { return Ok(()) };
    katex::copy_fonts(root, &style_sheet, site)?;
    for page in pages(site)? {
        let html = fs::read_to_string(&page).with_context(|| page.display().to_string())?;
        // Only pages made from mdBook's index.hbs: not toc.html, not redirects.
        if html.contains("<main>") {
            let finished =
                katex::drop_unused_style_sheet(&html, &style_sheet).with_context(|| page.display().to_string())?;
            if let Some(finished) = finished {
                fs::write(&page, finished).with_context(|| page.display().to_string())?;
            }
        }
    }
    Ok(())
}

/// All HTML files below `folder`.
fn pages(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(pages(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "html") {
            found.push(path);
        }
    }
    Ok(found)
}
