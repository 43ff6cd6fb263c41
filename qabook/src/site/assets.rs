//! Style sheets and scripts: smaller, and without those that say nothing.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

use super::rewriting::{Occurs, Rewriting};

/// Takes comments and needless spaces out of every style sheet and script that isn't `.min` already.
///
/// mdBook's own are half comments and indentation. One that the minifier doesn't understand stays as it is.
///
/// # Errors
/// A file that can't be read or written.
pub(super) fn minify(site: &Path) -> Result<()> {
    use rayon::prelude::*;
    let files = [super::files_below(site, "css")?, super::files_below(site, "js")?].concat();
    let is_min = |file: &PathBuf| file.to_string_lossy().contains(".min.");
    files.into_par_iter().filter(|file| !is_min(file)).try_for_each(|file| {
        let name = || file.strip_prefix(site).unwrap_or(&file).display().to_string();
        let text = fs::read_to_string(&file).with_context(name)?;
        let smaller = if file.extension().is_some_and(|extension| extension == "css") {
            minifier::css::minify(&text).map(|minified| minified.to_string())
        } else {
            minifier::js::minify(&text).map(|minified| minified.to_string())
        };
        match smaller {
            Ok(smaller) if smaller.len() < text.len() => fs::write(&file, smaller).with_context(name),
            _ => Ok(()),
        }
    })
}

/// mdBook's style sheet of web fonts, when the theme has replaced it by one without rules: nothing needs to load it.
pub(super) fn empty_fonts_sheet(site: &Path) -> Result<Option<PathBuf>> {
    let fonts = site.join("fonts");
    if !fonts.is_dir() {
        return Ok(None);
    }
    for file in super::files_below(&fonts, "css")? {
        if !fs::read_to_string(&file).with_context(|| file.display().to_string())?.contains('{') {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

/// Takes the link to the sheet of web fonts out of a page.
pub(super) fn drop_fonts_sheet(rewriting: &mut Rewriting<'_>) {
    rewriting.element("link[rel=\"stylesheet\"][href*=\"fonts/fonts\"]", Occurs::Once, |link| {
        link.remove();
        Ok(())
    });
}
