//! The picture that a link to a page shows where it is shared (Open Graph, Twitter cards).
//!
//! Drawing them takes the libraries behind the cargo feature `og-images`; without it pages name no picture.
//! A book without the fonts of the built-in template has none either, until `theme/templates/card.svg` names fonts of its own.

#[cfg(feature = "og-images")]
mod draw;

#[cfg(feature = "og-images")]
pub(crate) use draw::fonts;
#[cfg(feature = "og-images")]
pub(super) use draw::write;

use std::path::Path;

use super::model::Page;

/// The size of a card in pixels: what the big services show without cutting.
pub(super) const WIDTH: u32 = 1200;
/// See [`WIDTH`].
pub(super) const HEIGHT: u32 = 630;

/// Whether pages get cards: built with the feature, and with the built-in template only where the book has its fonts.
#[cfg_attr(not(feature = "og-images"), expect(unused_variables, reason = "nothing is drawn"))]
pub(super) fn are_drawn(root: &Path, theme: &Path) -> bool {
    #[cfg(feature = "og-images")]
    return draw::has_fonts(root, theme);
    #[cfg(not(feature = "og-images"))]
    return false;
}

/// Where the cards are, below the site's root.
pub(super) const FOLDER: &str = "og/";

/// The card's file below the site's root.
pub(super) fn file_of(page: &Page<'_>) -> String {
    format!("{FOLDER}{}.png", page.file.trim_end_matches(".html"))
}
