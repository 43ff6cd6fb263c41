//! What was once published stays reachable: `published.txt` lists pages and the ids on them, one per line.
//!
//! ```text
//! network/arp.html
//! network/arp.html#cache
//! ```
//!
//! A line whose page or id is gone needs a redirect in book.toml, and stays in the list:
//!
//! ```toml
//! [output.html.redirect]
//! "/network/arp.html" = "address-resolution.html"
//! "/network/osi-model.html#layers" = "#seven-layers"
//! ```
//!
//! `qabook check --update-published` adds what is new; nothing takes lines out. A list with no chapter of the site is another
//! book's, whose repository was taken over: one warning says so in the place of an error per line.

use anyhow::{Context, Result};
use qabook_support::Diagnostic;
use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use super::model::Site;
use super::page::Page;
use super::urls::{Target, resolve};
use crate::check::order::slashed;
use crate::check::rules;

/// Where the list is, relative to the book's root.
const FILE: &str = "published.txt";

const HEADER: &str = "\
# Pages and ids that were published, so that links to them go on working. `qabook check` reports each that is gone without
# a redirect in book.toml ([output.html.redirect]); `qabook check --update-published` adds new ones. Delete no line.
";

/// Whether others link to `page`.
fn is_listed(page: &Page) -> bool {
    page.has_main && !page.is_print() && page.path != "404.html"
}

/// The published pages and ids that are gone, and how many are not in the list yet. Nothing without a list.
pub(super) fn check(site: &Site<'_>, root: &Path) -> Vec<Diagnostic> {
    let path = root.join(FILE);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            let message = format!("it can't be read: {error}");
            return vec![rules::SOURCE.broken(message, "save it as UTF-8 text").in_file(&path)];
        }
    };
    if is_of_another_book(site, &text) {
        let message = "no chapter in this list is in the site: it seems to be another book's";
        let hint = "delete it, and run `qabook check --update-published` when this book is published";
        return vec![rules::OTHER_PUBLISHED.broken(message, hint).in_file(&path)];
    }
    let gone = text.lines().enumerate().filter(|(_, line)| is_entry(line)).filter_map(|(index, entry)| {
        let problem = gone(site, entry.trim())?;
        let message = format!("{} was published and is gone: {problem}", entry.trim());
        let hint =
            format!("bring it back, or write under [output.html.redirect] in book.toml: \"/{}\" = \"…\"", entry.trim());
        Some(rules::GONE_PUBLISHED.broken(message, hint).in_file(&path).on_line(index + 1))
    });
    let mut findings: Vec<Diagnostic> = gone.collect();
    let listed: BTreeSet<&str> = text.lines().map(str::trim).collect();
    let new: Vec<String> = entries(site).into_iter().filter(|entry| !listed.contains(entry.as_str())).collect();
    if let Some(first) = new.first() {
        let message = format!("{} pages and ids of this site are not in the list yet, {first} among them", new.len());
        let hint = "when they are published, run `qabook check --update-published`";
        findings.push(rules::UNPUBLISHED.broken(message, hint).in_file(&path));
    }
    findings
}

/// Whether none of several listed pages in folders, where chapters are, is in the site or has a redirect. Pages outside
/// folders, such as index.html, are in many books.
fn is_of_another_book(site: &Site<'_>, text: &str) -> bool {
    let mut pages = text.lines().filter(|line| is_entry(line) && line.contains('/') && !line.contains('#'));
    let several = pages.clone().count() > 1;
    several && pages.all(|page| !site.pages.contains_key(page.trim()))
}

/// Adds the pages and ids of `site` to the list of published ones and returns how many were new.
/// Errors: A list that can't be read or written.
pub(in crate::check) fn update(site: &Site<'_>, root: &Path) -> Result<usize> {
    let path = root.join(FILE);
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error).context(slashed(&path)),
        text => text.unwrap_or_default(),
    };
    let mut listed: BTreeSet<String> =
        text.lines().filter(|line| is_entry(line)).map(|line| line.trim().into()).collect();
    let before = listed.len();
    listed.extend(entries(site));
    if listed.len() > before {
        let lines: String = listed.iter().map(|entry| format!("{entry}\n")).collect();
        fs::write(&path, format!("{HEADER}{lines}")).with_context(|| slashed(&path))?;
    }
    Ok(listed.len() - before)
}

fn is_entry(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with('#')
}

/// What there is to be listed, in order.
fn entries(site: &Site<'_>) -> BTreeSet<String> {
    let mut entries = BTreeSet::new();
    for page in site.pages.values().filter(|page| is_listed(page)) {
        entries.insert(page.path.clone());
        entries.extend(page.anchors.iter().map(|id| format!("{}#{id}", page.path)));
    }
    entries
}

/// Why a reader of `entry` finds nothing.
fn gone(site: &Site<'_>, entry: &str) -> Option<String> {
    let (path, fragment) = entry.split_once('#').map_or((entry, None), |(path, fragment)| (path, Some(fragment)));
    let Some(page) = site.pages.get(path) else { return Some(format!("the site has no page {path}")) };
    let fragment = fragment?;
    if site.has_fragment_redirect(path, fragment) || page.ids.contains_key(fragment) {
        return None;
    }
    if !page.is_redirect {
        return Some(format!("the page has no id `{fragment}`"));
    }
    // mdBook's redirect keeps the fragment.
    let to = site.redirects.get(&format!("/{path}"))?;
    let served = format!("{}{path}", site.base);
    let Target::Site { path: target, .. } = resolve(to, &served, &site.base) else { return None };
    let there = site.pages.get(&target)?;
    let found = there.ids.contains_key(fragment) || site.has_fragment_redirect(&target, fragment);
    (!found).then(|| format!("its page became {target}, which has no id `{fragment}`"))
}
