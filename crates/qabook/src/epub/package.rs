//! The package document: EPUB 3.3 §5.

use anyhow::Result;
use qabook_document::{Document, Edition};
use qabook_support::Templates;
use serde::Serialize;
use uuid::Uuid;

use super::archive::Entry;
use super::xml::XHTML;

pub(super) const TEMPLATE: (&str, &str) = ("epub-package.opf", include_str!("templates/epub-package.opf"));

#[derive(Serialize)]
struct Model<'a> {
    identifier: String,
    title: &'a str,
    description: Option<&'a str>,
    authors: &'a [String],
    language: &'a str,
    direction: &'static str,
    modified: String,
    date: String,
    items: Vec<Item<'a>>,
}

/// A file, as the manifest lists it.
#[derive(Serialize)]
struct Item<'a> {
    id: String,
    href: &'a str,
    media_type: &'a str,
    properties: &'a str,
    /// Whether it is read in its turn.
    in_spine: bool,
}

/// The same for every edition of a book: a UUID of its title and address (RFC 9562 §5.5).
pub(super) fn identifier(document: &Document) -> String {
    let name = format!("{}\n{}", document.site_url.as_deref().unwrap_or_default(), document.title);
    Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()).urn().to_string()
}

/// content.opf, which lists `entries`; pages are read in their order.
/// Errors: A broken template.
pub(super) fn opf(document: &Document, edition: &Edition, entries: &[Entry], templates: &Templates) -> Result<String> {
    let items = entries.iter().enumerate().map(|(index, entry)| Item {
        id: format!("file{index}"),
        href: &entry.name,
        media_type: entry.media_type,
        properties: &entry.properties,
        in_spine: entry.media_type == XHTML,
    });
    let model = Model {
        identifier: identifier(document),
        title: &document.title,
        description: document.description.as_deref(),
        authors: &document.authors,
        language: &document.language,
        direction: document.direction.attribute(),
        modified: edition.timestamp(),
        date: edition.date().to_string(),
        items: items.collect(),
    };
    Ok(templates.render(TEMPLATE.0, &model)?)
}
