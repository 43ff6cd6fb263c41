//! The files that finishing a site makes by fixed names: no file of the author's can have one of these.

use std::path::Path;

use super::address::Address;
use super::{discovery, manifest, offline};

/// Whether finishing `site`, that of the book in `root` with this `theme`, makes the file of this `name`. Its pages are rendered
/// already, so that what is made for each of them is known; a site for nobody is as one for readers.
#[must_use]
pub fn makes(root: &Path, theme: &Path, address: &Address, site: &Path, name: &str) -> bool {
    [offline::FILE, manifest::FILE].contains(&name)
        || address.is_full() && discovery::TEMPLATES.iter().any(|(file, _)| *file == name)
        || manifest::makes_icon(theme, name)
        || is_share_image(root, theme, site, name)
}

/// Whether `name` is that of a page's picture.
#[cfg(feature = "share-images")]
fn is_share_image(root: &Path, theme: &Path, site: &Path, name: &str) -> bool {
    let page = name.strip_prefix(super::model::SHARE_IMAGES).and_then(|name| name.strip_suffix(".png"));
    page.is_some_and(|page| site.join(format!("{page}.html")).is_file()) && super::share_images::are_drawn(root, theme)
}

/// Pages have none.
#[cfg(not(feature = "share-images"))]
fn is_share_image(_: &Path, _: &Path, _: &Path, _: &str) -> bool {
    false
}
