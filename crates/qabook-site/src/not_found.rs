//! `404.html`: works under any path, leads home and to the parts, and suggests the page that was probably meant.

use anyhow::{Context, Result};
use qabook_support::{Diagnostics, Templates};
use qabook_words::Table;
use serde::Serialize;
use std::fs;
use std::path::Path;

use super::address::Address;
use super::files::hash;
use super::model::{Kind, Model};
use super::rewriting::{Occurs, Place, Rewriting};

/// The template and its built-in text.
pub(super) const TEMPLATE: (&str, &str) = ("not-found.html", include_str!("templates/not-found.html"));

/// Suggests a page; the table of contents of the page itself tells it which there are.
const SCRIPT: &str = include_str!("templates/not-found.js");

/// The links are below the text, in its column; in the page, because every theme of mdBook has that column.
const STYLE: &str = ".not-found{max-inline-size:var(--content-max-width);margin-inline:auto}.not-found a{display:inline-block;padding-block:3px}";

#[derive(Serialize)]
struct NotFound<'a> {
    words: &'a Table,
    home: Link<'a>,
    parts: Vec<Link<'a>>,
    script: String,
}

#[derive(Serialize)]
struct Link<'a> {
    title: &'a str,
    href: &'a str,
}

/// Writes the page's script into `site`.
/// Errors: It can't be written.
pub(super) fn write_script(site: &Path) -> Result<()> {
    let file = script_file();
    fs::write(site.join(&file), SCRIPT).context(file)
}

/// Finishes the page made for missing ones.
/// Errors: What is wrong with the template.
pub(super) fn finish(
    model: &Model,
    address: &Address,
    templates: &Templates,
    rewriting: &mut Rewriting<'_>,
) -> Result<(), Diagnostics> {
    // In front of everything that it is the base for; and the path alone, so that any host can show the page.
    let base = format!("\n        <base href=\"{}\">", address.base());
    rewriting.insert("meta[charset]", Place::After, base);
    rewriting.element("head > base", Occurs::Once, |stock| {
        stock.remove();
        Ok(())
    });
    let parts = model.pages.iter().filter(|page| matches!(page.kind, Kind::Part));
    let links = NotFound {
        words: model.words.table("site"),
        home: Link { title: &model.title, href: "index.html" },
        parts: parts.map(|page| Link { title: &page.name, href: &page.file }).collect(),
        script: script_file(),
    };
    let links = templates.render(TEMPLATE.0, &links)?;
    rewriting.insert("main", Place::After, format!("\n{links}"));
    rewriting.insert("head", Place::End, format!("<style>{STYLE}</style>\n"));
    let robots = "\n        <meta name=\"robots\" content=\"noindex\">";
    rewriting.insert("meta[name=\"viewport\"]", Place::After, robots);
    Ok(())
}

/// Named by its content, as mdBook names its own.
fn script_file() -> String {
    format!("not-found-{}.js", hash(SCRIPT.as_bytes()))
}
