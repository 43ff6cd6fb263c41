//! The picture that a link to a page shows where it is shared (Open Graph, Twitter cards).
//!
//! Drawing them takes the libraries behind the cargo feature `og-images`; without it pages name no picture.

#[cfg(feature = "og-images")]
mod draw;
#[cfg(feature = "og-images")]
mod lines;

#[cfg(feature = "og-images")]
pub(super) use draw::write;

use super::model::Page;

/// The size of a card in pixels: what the big services show without cutting.
pub(super) const WIDTH: u32 = 1200;
/// See [`WIDTH`].
pub(super) const HEIGHT: u32 = 630;

/// The card's file below the site's root.
pub(super) fn file_of(page: &Page<'_>) -> Option<String> {
    cfg!(feature = "og-images").then(|| format!("og/{}.png", page.file.trim_end_matches(".html")))
}
