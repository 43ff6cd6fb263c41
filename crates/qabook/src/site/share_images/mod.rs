//! The picture that a link to a page shows where it is shared (Open Graph, Twitter).
//!
//! Drawing them takes the libraries behind the cargo feature `share-images`; without it pages name no picture.
//! A book without the fonts of the built-in template has none either, until `theme/templates/share-image.svg` names fonts of its own.

#[cfg(feature = "share-images")]
mod draw;

#[cfg(feature = "share-images")]
pub(crate) use draw::fonts;
#[cfg(feature = "share-images")]
pub(super) use draw::write;

use std::path::Path;

use super::model::Page;

/// The size of a share image in pixels: what the big services show without cutting.
pub(super) const WIDTH: u32 = 1200;
/// See [`WIDTH`].
pub(super) const HEIGHT: u32 = 630;

/// Whether pages get one: built with the feature, and with the built-in template only where the book has its fonts.
#[cfg_attr(not(feature = "share-images"), expect(unused_variables, reason = "nothing is drawn"))]
pub(super) fn are_drawn(root: &Path, theme: &Path) -> bool {
    #[cfg(feature = "share-images")]
    return draw::has_fonts(root, theme);
    #[cfg(not(feature = "share-images"))]
    return false;
}

/// Where they are, below the site's root.
pub(super) const FOLDER: &str = "og/";

/// The file of the one of `page`, below the site's root.
pub(super) fn file_of(page: &Page<'_>) -> String {
    format!("{FOLDER}{}.png", page.file.trim_end_matches(".html"))
}
