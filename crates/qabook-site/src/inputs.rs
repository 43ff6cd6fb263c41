//! The files of a book that are read to finish its site, beside those that book.toml names and those of the theme.

use mdbook_driver::config::Config;
use std::path::{Path, PathBuf};

use super::exemptions;

/// Files that the site of the book in `root` is finished with. Not all of them exist.
#[must_use]
pub fn inputs(root: &Path, config: &Config) -> Vec<PathBuf> {
    let mut files = vec![root.join(exemptions::FILE)];
    files.extend(fonts(root, config).into_iter().map(|file| root.join(file)));
    files
}

/// The fonts of pictures.
#[cfg(feature = "share-images")]
fn fonts(root: &Path, config: &Config) -> Vec<String> {
    super::share_images::font_files(&config.html_config().unwrap_or_default().theme_dir(root))
}

/// A site without pictures needs none.
#[cfg(not(feature = "share-images"))]
fn fonts(_: &Path, _: &Config) -> Vec<String> {
    Vec::new()
}
