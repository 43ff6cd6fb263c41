//! A built site in memory.

use anyhow::{Context, Result};
use mdbook_driver::config::Config;
use qabook_support::Place;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::origin::{Origins, page_of};
use super::page::Page;
use super::{reader, urls};
use crate::check::source::Chapter;
use crate::site::{self, Address};

/// A built site in memory.
pub(in crate::check) struct Site<'a> {
    /// Where the site is.
    folder: &'a Path,
    /// All files by their path in the site, with forward slashes, and their size in bytes.
    pub(super) files: BTreeMap<String, u64>,
    /// The HTML files by their path.
    pub(super) pages: BTreeMap<String, Page>,
    pub(super) origins: Origins<'a>,
    /// The path below which the site is served, with a slash at either end.
    pub(super) base: String,
    /// Whether book.toml says so: then it is known what is outside of it.
    pub(super) is_placed: bool,
    /// `[output.html.redirect]` of book.toml, in the order of its keys.
    pub(super) redirects: BTreeMap<String, String>,
    /// The folder of the author's theme, from the book's.
    pub(super) theme: PathBuf,
    /// Files that may be made later: the book's other forms.
    pub(super) downloads: Vec<String>,
}

/// An external link and where it is first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct ExternalLink {
    /// The address without its fragment.
    pub(in crate::check) url: String,
    pub(in crate::check) place: Place,
}

/// The path of what book.toml redirects `from`, below the site's root, and its fragment.
pub(super) fn redirected(from: &str) -> (&str, Option<&str>) {
    let (page, fragment) = from.split_once('#').map_or((from, None), |(page, fragment)| (page, Some(fragment)));
    (page.trim_start_matches("./").trim_start_matches('/'), fragment)
}

impl<'a> Site<'a> {
    /// Reads the site in `folder`, made of `chapters`; reports call the folder `label`.
    /// Errors: A folder or file that can't be read.
    pub(in crate::check) fn read(
        folder: &'a Path,
        label: String,
        config: &'a Config,
        chapters: &'a [Chapter],
    ) -> Result<Self> {
        let files = sizes(folder)?;
        let html: Vec<&String> = with_extension(&files, "html").collect();
        let page = |path: &&String| anyhow::Ok(((*path).clone(), reader::read(path, &read(&folder.join(path))?)));
        let pages = html.par_iter().map(page).collect::<Result<_>>()?;
        let html = config.html_config().unwrap_or_default();
        let address = html.site_url.as_deref().and_then(Address::parse);
        let is_placed = address.is_some();
        let base = address.map_or_else(|| "/".into(), |address| address.base().to_string());
        let theme = html.theme.unwrap_or_else(|| "theme".into());
        let redirects = html.redirect.into_iter().collect();
        let downloads = mdbook_questions::Config::from_book(config).unwrap_or_default().downloads;
        let origins = Origins::new(label, chapters);
        Ok(Self { folder, files, pages, origins, base, is_placed, redirects, theme, downloads })
    }

    /// How many HTML files there are.
    pub(in crate::check) fn len(&self) -> usize {
        self.pages.len()
    }

    /// The external links that a reader can click, each once, in the order of their addresses.
    pub(in crate::check) fn external_links(&self) -> Vec<ExternalLink> {
        let mut found = BTreeMap::new();
        for page in self.pages.values().filter(|page| !page.is_print()) {
            for reference in page.references.iter().filter(|reference| reference.is_click()) {
                let Some(url) = urls::external(&reference.url) else { continue };
                found
                    .entry(url)
                    .or_insert_with(|| self.origins.place(&page.path, reference.line, &reference.needles()));
            }
        }
        found.into_iter().map(|(url, place)| ExternalLink { url, place }).collect()
    }

    /// The letters and digits of the page that mdBook makes of the chapter at `path`; `None` when there is no such page.
    pub(in crate::check) fn letters_of(&self, path: &Path) -> Option<&str> {
        self.pages.get(&page_of(path)).map(|page| page.letters.as_str())
    }

    /// Whether book.toml sends readers of this id elsewhere.
    pub(super) fn has_fragment_redirect(&self, path: &str, fragment: &str) -> bool {
        self.redirects.contains_key(&format!("/{path}#{fragment}"))
    }

    /// The files with `extension` by their path, with their text however it is encoded.
    pub(super) fn texts(&self, extension: &str) -> impl Iterator<Item = Result<(&str, String)>> {
        with_extension(&self.files, extension).map(|path| Ok((path.as_str(), read(&self.folder.join(path))?)))
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

/// All files below `folder` by their path in it, and their size.
fn sizes(folder: &Path) -> Result<BTreeMap<String, u64>> {
    let size = |path: PathBuf| {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        Ok((name, fs::metadata(&path).with_context(|| path.display().to_string())?.len()))
    };
    site::files(folder)?.into_iter().map(size).collect()
}
