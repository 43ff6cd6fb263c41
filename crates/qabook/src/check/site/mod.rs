//! Checks of the built site: what a reader meets, whoever made it.
//!
//! ```text
//! origin, urls <- reference <- css <- elements <- reader (into a page) <- model <- links <- redirects; metadata, published
//! origin, page <- excerpt <- marks, text
//! ```

mod css;
mod elements;
mod excerpt;
mod links;
mod marks;
mod metadata;
mod model;
mod origin;
mod page;
mod published;
mod reader;
mod redirects;
mod reference;
mod shared;
mod text;
mod urls;

pub(super) use marks::{escaped_marks, words_with_marks};
pub(super) use model::{ExternalLink, Site};
pub(super) use published::update as update_published;

use anyhow::Result;
use qabook_support::Diagnostic;
use rayon::prelude::*;
use regex::Regex;
use std::path::Path;
use std::sync::LazyLock;

use super::rules;
use crate::exemptions::{Settings, passes};
use origin::Flaw;
use page::Page;

/// The largest file that a page may load: 300 KB, more than two seconds on a slow 3G line.
const LARGEST: u64 = 300_000;

/// Everything that is wrong with `site`, which is that of the book in `root`. `plain` are words of the book that look like
/// marks and mean what they say.
/// Errors: A style sheet that can't be read.
pub(super) fn check(site: &Site<'_>, root: &Path, settings: &Settings, plain: &[String]) -> Result<Vec<Diagnostic>> {
    let of_page = |page: &Page| {
        let mut flaws = metadata::check(page);
        flaws.extend(links::check(site, page, settings));
        if !page.is_print() {
            flaws.extend(marks::check(page, plain));
            flaws.extend(text::check(page));
        }
        if site.origins.is_copy(&page.path) {
            // What is wrong with the chapter is found on its own page; but links from a folder lead elsewhere from here.
            flaws.retain(|flaw| flaw.problem.rule == rules::BROKEN_LINK);
        }
        let located = |flaw: Flaw| (site.origins.locate(&page.path, flaw.clone()), flaw.needles);
        flaws.into_iter().map(located).collect::<Vec<_>>()
    };
    let pages: Vec<&Page> = site.pages.values().collect();
    let found = pages.par_iter().flat_map_iter(|page| of_page(page)).collect();
    let mut findings = shared::once(found, pages.len(), &root.join(&site.theme));
    for file in site.texts("css") {
        let (path, text) = file?;
        let flaws = links::check_style_sheet(site, path, &text, settings);
        findings.extend(flaws.into_iter().map(|flaw| site.origins.locate(path, flaw)));
    }
    findings.extend(redirects::check(site, root));
    findings.extend(large_files(site, settings));
    findings.extend(published::check(site, root));
    Ok(findings)
}

/// The page with the whole book, for paper.
const PRINT: &str = "print.html";

/// Whether the file at `path` is one of the editor that mdBook adds for blocks of code to be changed: no author can shorten it.
fn is_editor(path: &str) -> bool {
    static EDITOR: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(?:ace|mode-rust)(?:-[0-9a-f]{8})?\.js$").expect("a valid pattern"));
    EDITOR.is_match(path)
}

/// Nobody waits for the book's other forms while reading: they are large by nature.
fn large_files(site: &Site<'_>, settings: &Settings) -> Vec<Diagnostic> {
    let is_other_form = |path: &String| path == PRINT || site.downloads.contains(path);
    let keeps_waiting = |path: &String| !is_other_form(path) && !is_editor(path) && !passes(&settings.large_file, path);
    let large = site.files.iter().filter(|(path, size)| **size > LARGEST && keeps_waiting(path));
    let finding = |(path, size): (&String, &u64)| {
        let message = format!("the file has {} KB; more than {} KB keep a reader waiting", size / 1000, LARGEST / 1000);
        let hint = "make it smaller, split it, or exempt it with a reason in check.toml";
        rules::LARGE_FILE.broken(message, hint).in_file(site.origins.built(path))
    };
    large.map(finding).collect()
}
