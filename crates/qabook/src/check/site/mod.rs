//! Checks of the built site: what a reader meets, whoever made it.

mod css;
mod links;
mod metadata;
mod origin;
mod page;
mod published;
mod reader;
mod references;
mod text;
mod urls;

use anyhow::{Context, Result};
use mdbook_driver::config::Config;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::site::Address;

use super::finding::{Finding, Rule};
use super::settings::{Settings, passes};
use super::source::Chapter;
use origin::Origins;
use page::Page;

/// The largest file that a page may load: 300 KB, more than two seconds on a slow 3G line.
const LARGEST: u64 = 300_000;

/// What all pages of the book are printed on: its text is that of the chapters.
const PRINT_PAGE: &str = "print.html";

/// What is wrong on one page, before it is known which file of the sources it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Flaw {
    rule: Rule,
    /// Line of the built file, from 1.
    line: usize,
    /// Texts that stand at its place in the chapter, the surest first.
    needles: Vec<Needle>,
    message: String,
    hint: String,
}

/// A text to look for in a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Needle {
    text: String,
    /// The byte of the text that is meant.
    at: usize,
}

impl From<String> for Needle {
    fn from(text: String) -> Self {
        Self { text, at: 0 }
    }
}

/// A built site in memory.
pub(super) struct Site<'a> {
    /// Where the site is.
    folder: &'a Path,
    /// All files by their path in the site, with forward slashes, and their size in bytes.
    files: BTreeMap<String, u64>,
    /// The HTML files by their path.
    pages: BTreeMap<String, Page>,
    origins: Origins<'a>,
    /// The path below which the site is served, with a slash at either end.
    base: String,
    /// `[output.html.redirect]` of book.toml, in the order of its keys.
    redirects: BTreeMap<String, String>,
    /// Files that may be made later: the book's other forms.
    downloads: Vec<String>,
}

/// An external link and where it first stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ExternalLink {
    /// The address without its fragment.
    pub(super) url: String,
    /// A finding's place: file, line and column.
    pub(super) place: (String, Option<usize>, Option<usize>),
}

impl<'a> Site<'a> {
    /// Reads the site in `folder`, made of `chapters`; reports call the folder `label`.
    ///
    /// # Errors
    /// A folder or file that can't be read.
    pub(super) fn read(folder: &'a Path, label: String, config: &'a Config, chapters: &'a [Chapter]) -> Result<Self> {
        let mut files = BTreeMap::new();
        list(folder, "", &mut files)?;
        let html: Vec<&String> = with_extension(&files, "html").collect();
        let page = |path: &&String| anyhow::Ok(((*path).clone(), Page::parse(path, &read(&folder.join(path))?)));
        let pages = html.par_iter().map(page).collect::<Result<_>>()?;
        let html = config.html_config().unwrap_or_default();
        let address = html.site_url.as_deref().and_then(Address::parse);
        let base = address.map_or_else(|| "/".into(), |address| address.base().to_string());
        let redirects = html.redirect.into_iter().collect();
        let downloads = mdbook_questions::Config::from_book(config).unwrap_or_default().downloads;
        Ok(Self { folder, files, pages, origins: Origins::new(label, chapters), base, redirects, downloads })
    }

    /// How many HTML files there are.
    pub(super) fn len(&self) -> usize {
        self.pages.len()
    }

    /// Everything that is wrong with the site.
    ///
    /// # Errors
    /// A style sheet that can't be read.
    pub(super) fn check(&self, root: &Path, settings: &Settings) -> Result<Vec<Finding>> {
        let of_page = |page: &Page| {
            let mut flaws = metadata::check(page);
            flaws.extend(links::check(self, page, settings));
            if page.path != PRINT_PAGE {
                flaws.extend(text::check(page));
            }
            self.findings(&page.path, flaws)
        };
        let pages: Vec<&Page> = self.pages.values().collect();
        let mut findings: Vec<Finding> = pages.par_iter().flat_map_iter(|page| of_page(page)).collect();
        for path in with_extension(&self.files, "css") {
            let text = read(&self.folder.join(path))?;
            findings.extend(self.findings(path, links::check_style_sheet(self, path, &text, settings)));
        }
        findings.extend(links::check_redirects(self, root));
        findings.extend(self.large_files(settings));
        findings.extend(published::check(self, root));
        Ok(findings)
    }

    /// Adds the pages and ids of this site to the list of published ones.
    ///
    /// # Errors
    /// A list that can't be read or written.
    pub(super) fn update_published(&self, root: &Path) -> Result<usize> {
        published::update(self, root)
    }

    /// The external links that a reader can click, each once, in the order of their addresses.
    pub(super) fn external_links(&self) -> Vec<ExternalLink> {
        let mut found = BTreeMap::new();
        for page in self.pages.values().filter(|page| page.path != PRINT_PAGE) {
            for reference in page.references.iter().filter(|reference| reference.is_click()) {
                let Some(url) = urls::external(&reference.url) else { continue };
                found
                    .entry(url)
                    .or_insert_with(|| self.origins.place(&page.path, reference.line, &reference.needles()));
            }
        }
        found.into_iter().map(|(url, place)| ExternalLink { url, place }).collect()
    }

    fn findings(&self, path: &str, flaws: Vec<Flaw>) -> Vec<Finding> {
        let finding = |flaw: Flaw| {
            let (file, line, column) = self.origins.place(path, flaw.line, &flaw.needles);
            Finding { column, ..Finding::of_file(flaw.rule, file, flaw.message, flaw.hint).on_line(line) }
        };
        flaws.into_iter().map(finding).collect()
    }

    /// Nobody waits for the book's other forms while reading: they are large by nature.
    fn large_files(&self, settings: &Settings) -> Vec<Finding> {
        let keeps_waiting = |path: &String| !self.downloads.contains(path) && !passes(&settings.large_file, path);
        let large = self.files.iter().filter(|(path, size)| **size > LARGEST && keeps_waiting(path));
        let finding = |(path, size): (&String, &u64)| {
            let message =
                format!("the file has {} KB; more than {} KB keep a reader waiting", size / 1000, LARGEST / 1000);
            let hint = "make it smaller, split it, or exempt it with a reason in check.toml";
            Finding::of_file(Rule::LargeFile, self.origins.built(path), message, hint)
        };
        large.map(finding).collect()
    }
}

/// The text of a file, however it is encoded.
fn read(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| file.display().to_string())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn with_extension<'f>(files: &'f BTreeMap<String, u64>, extension: &str) -> impl Iterator<Item = &'f String> {
    files.keys().filter(move |path| Path::new(path).extension().is_some_and(|found| found == extension))
}

/// All files below `folder`, whose path in the site is `prefix`.
fn list(folder: &Path, prefix: &str, files: &mut BTreeMap<String, u64>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let path: PathBuf = entry.path();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let metadata = fs::metadata(&path).with_context(|| path.display().to_string())?;
        if metadata.is_dir() {
            list(&path, &format!("{name}/"), files)?;
        } else {
            files.insert(name, metadata.len());
        }
    }
    Ok(())
}
