//! Files about the site: `sitemap.xml`, `robots.txt` and an Atom feed.

use anyhow::{Context, Result};
use jiff::Timestamp;
use qabook_support::Templates;
use serde::Serialize;
use std::cmp::Reverse;
use std::fs;
use std::path::Path;

use super::address::Address;
use super::model::{Kind, Model, Page};

/// The templates and their built-in texts.
pub(super) const TEMPLATES: [(&str, &str); 3] = [
    ("sitemap.xml", include_str!("templates/sitemap.xml")),
    ("feed.xml", include_str!("templates/feed.xml")),
    ("robots.txt", include_str!("templates/robots.txt")),
];

/// The feed's file.
pub(super) const FEED: &str = "feed.xml";

/// Chapters that a feed holds at most.
const FEED_LENGTH: usize = 30;

/// A page as the templates see it.
#[derive(Serialize)]
struct PageModel<'a> {
    url: String,
    name: &'a str,
    description: &'a str,
    modified: Option<Timestamp>,
}

#[derive(Serialize)]
struct Sitemap<'a> {
    pages: Vec<PageModel<'a>>,
}

#[derive(Serialize)]
struct Feed<'a> {
    title: &'a str,
    description: &'a str,
    language: &'a str,
    authors: &'a [String],
    url: &'a str,
    /// The feed's own address.
    itself: String,
    updated: Timestamp,
    pages: Vec<PageModel<'a>>,
}

#[derive(Serialize)]
struct Robots {
    sitemap: String,
}

/// Writes the files into `site`; none when the pages have no addresses, and no feed when nothing has a date.
/// Errors: What is wrong with a template, or a file that can't be written.
pub(super) fn write(model: &Model, address: &Address, templates: &Templates, site: &Path) -> Result<()> {
    let (Some(url), Some(feed), Some(sitemap)) =
        (address.of_page("index.html"), address.of_file(FEED), address.of_file("sitemap.xml"))
    else {
        return Ok(());
    };
    let put = |file: &str, text: String| fs::write(site.join(file), allowed(&text)).with_context(|| file.to_string());
    let pages = model.pages.iter().filter_map(|page| page_model(page, address)).collect();
    put("sitemap.xml", templates.render("sitemap.xml", &Sitemap { pages })?)?;
    put("robots.txt", templates.render("robots.txt", &Robots { sitemap })?)?;
    let changed = changed(model);
    if let Some(updated) = changed.first().and_then(|page| page.modified) {
        let feed = Feed {
            title: &model.title,
            description: &model.description,
            language: &model.language,
            // A feed must name an author.
            authors: if model.authors.is_empty() { std::slice::from_ref(&model.title) } else { &model.authors },
            url: &url,
            itself: feed,
            updated,
            pages: changed.iter().filter_map(|page| page_model(page, address)).collect(),
        };
        put(FEED, templates.render("feed.xml", &feed)?)?;
    }
    Ok(())
}

/// `text` with `�` for what XML 1.0 (§2.2) has no character for, not even by a reference.
fn allowed(text: &str) -> String {
    let is_forbidden = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}');
    text.replace(is_forbidden, "\u{fffd}")
}

/// The written chapters that changed last, newest first; of one moment, in the order of the book.
fn changed(model: &Model) -> Vec<&Page> {
    let written = |page: &&Page| page.modified.is_some() && matches!(page.kind, Kind::Question(_) | Kind::Other);
    let mut pages: Vec<&Page> = model.pages.iter().filter(written).collect();
    pages.sort_by_key(|page| Reverse(page.modified));
    pages.truncate(FEED_LENGTH);
    pages
}

fn page_model<'m>(page: &'m Page, address: &Address) -> Option<PageModel<'m>> {
    Some(PageModel {
        url: address.of_page(&page.file)?,
        name: &page.name,
        description: &page.description,
        modified: page.modified,
    })
}
