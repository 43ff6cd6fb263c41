//! Reading an EPUB.
// Each of its users uses a part.
#![allow(dead_code)]

use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::LazyLock;
use zip::ZipArchive;

/// The files of an EPUB by name, and the names in the order of the archive.
pub(crate) struct Archive {
    pub(crate) names: Vec<String>,
    files: BTreeMap<String, Vec<u8>>,
}

static HREF: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#" (?:href|src)="([^"]*)""#).unwrap());
static ID: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#" id="([^"]*)""#).unwrap());

impl Archive {
    pub(crate) fn read(bytes: Vec<u8>) -> Self {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip archive");
        let mut archive = Self { names: Vec::new(), files: BTreeMap::new() };
        for index in 0..zip.len() {
            let mut file = zip.by_index(index).expect("an entry");
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).expect("an intact entry");
            let name = file.name().expect("a name in UTF-8").into_owned();
            archive.names.push(name.clone());
            archive.files.insert(name, bytes);
        }
        archive
    }

    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name).to_vec()).expect("UTF-8 text")
    }

    pub(crate) fn bytes(&self, name: &str) -> &[u8] {
        self.files.get(name).unwrap_or_else(|| panic!("no {name} in {:?}", self.names))
    }

    /// The pages, nav.xhtml among them.
    pub(crate) fn pages(&self) -> impl Iterator<Item = (&str, String)> {
        let names =
            self.names.iter().filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "xhtml"));
        names.map(|name| (name.as_str(), self.text(name)))
    }

    /// Links inside the archive that lead to no file or no id of it, and how many lead somewhere.
    pub(crate) fn dangling_links(&self) -> (Vec<String>, usize) {
        let ids: BTreeMap<&str, BTreeSet<String>> = self
            .pages()
            .map(|(name, page)| (name, ID.captures_iter(&page).map(|found| found[1].to_string()).collect()))
            .collect();
        let mut dangling = Vec::new();
        let mut good = 0;
        for (name, page) in self.pages() {
            for found in HREF.captures_iter(&page) {
                let link = &found[1];
                if link.contains("://") || link.starts_with("mailto:") {
                    continue;
                }
                let (path, id) = link.split_once('#').unwrap_or((link, ""));
                let target = if path.is_empty() { name.to_string() } else { joined(name, path) };
                let has_id = || ids.get(target.as_str()).is_some_and(|ids| ids.contains(id));
                if self.files.contains_key(&target) && (id.is_empty() || has_id()) {
                    good += 1;
                } else {
                    dangling.push(format!("{name}: {link}"));
                }
            }
        }
        (dangling, good)
    }
}

fn joined(from: &str, relative: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
