//! The service worker that keeps the whole book for reading without a network.
//!
//! It holds the hash of every file: what it keeps is of one build, whatever the host serves by then, and a build that
//! changes any byte is a new version.

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mdbook_driver::config::Config;
use qabook_support::Templates;
use qabook_words::Table;
use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::files::files;
use super::model::{Model, SHARE_IMAGES};

/// The worker's file; at the root of the site, so that its scope is all of it.
pub(super) const FILE: &str = "sw.js";

/// The page in the place of a download.
const NO_NETWORK: &str = "no-network.html";

/// The templates and their built-in texts.
pub(super) const TEMPLATES: [(&str, &str); 2] =
    [(FILE, include_str!("templates/sw.js")), (NO_NETWORK, include_str!("templates/no-network.html"))];

/// Files for search engines and hosts, which no reader opens.
const NOT_FOR_READERS: [&str; 6] = ["robots.txt", "sitemap.xml", "feed.xml", "CNAME", ".nojekyll", FILE];

#[derive(Serialize)]
struct Worker {
    /// Differs between any two builds that differ in a byte.
    version: String,
    /// `[["index.html","…base64 of SHA-256…"],…]`
    files: String,
    /// How much they are together.
    bytes: u64,
    /// The names of files that aren't kept, though readers want them, as JSON.
    downloads: String,
    /// The page in their place while there is no network, as a string of JavaScript.
    no_network: String,
}

/// What the page in the place of a download says.
#[derive(Serialize)]
struct NoNetwork<'a> {
    language: &'a str,
    title: &'a str,
    words: &'a Table,
}

/// The hash of a file's content, as the worker compares it.
pub(super) fn hash_of(content: impl AsRef<[u8]>) -> String {
    STANDARD.encode(Sha256::digest(content))
}

/// Writes the worker into `site`, all other files of which are finished; `known` are the hashes of its pages.
/// Errors: A file that can't be read or written, or what is wrong with a template.
pub(super) fn write(
    root: &Path,
    config: &Config,
    model: &Model,
    site: &Path,
    known: &HashMap<String, String>,
) -> Result<()> {
    let templates = Templates::of_book(root, config, &TEMPLATES)?;
    let downloads = mdbook_questions::Config::from_book(config)?.downloads;
    let files = hashes(site, &downloads, known)?;
    let sizes = files.iter().map(|(file, _)| fs::metadata(site.join(file)).map(|metadata| metadata.len()));
    let bytes = sizes.sum::<std::io::Result<u64>>().context("the size of the site")?;
    let mut version = Sha256::new();
    for (file, hash) in &files {
        version.update(format!("{file}\n{hash}\n"));
    }
    let version = version.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let page = NoNetwork { language: &model.language, title: &model.title, words: model.words.table("site") };
    let worker = Worker {
        version,
        files: serde_json::to_string(&files)?,
        bytes,
        downloads: serde_json::to_string(&downloads)?,
        no_network: serde_json::to_string(&templates.render(NO_NETWORK, &page)?)?,
    };
    fs::write(site.join(FILE), templates.render(FILE, &worker)?).context(FILE)
}

/// The files that readers need, each with its hash, in the order of their names. The book's other forms are too large to
/// keep, and the pictures of shared links are for those who haven't come yet.
fn hashes(site: &Path, downloads: &[String], known: &HashMap<String, String>) -> Result<Vec<(String, String)>> {
    let mut paths = files(site)?;
    paths.sort();
    let named = paths.into_iter().filter_map(|path| {
        let name = path.strip_prefix(site).ok()?.to_string_lossy().replace('\\', "/");
        let is_hidden = name.split('/').any(|part| part.starts_with('.'));
        let left_out = is_hidden
            || NOT_FOR_READERS.contains(&name.as_str())
            || downloads.contains(&name)
            || name.starts_with(SHARE_IMAGES);
        (!left_out).then_some((name, path))
    });
    let named: Vec<(String, PathBuf)> = named.collect();
    let hash = |(name, path): (String, PathBuf)| {
        let hash = match known.get(&name) {
            Some(hash) => hash.clone(),
            None => hash_of(fs::read(&path).with_context(|| path.display().to_string())?),
        };
        Ok((name, hash))
    };
    named.into_par_iter().map(hash).collect()
}
