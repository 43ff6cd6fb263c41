//! What of an EPUB an author may replace.

use super::{cover, package};

/// The style sheet; `epub.css` in the theme wins.
pub(crate) const STYLE: (&str, &str) = ("epub.css", include_str!("style.css"));

/// The built-in templates, by file name; one of that name under `theme/templates/` wins.
pub(crate) const TEMPLATES: [(&str, &str); 3] = [cover::TITLE, cover::COVER, package::TEMPLATE];
