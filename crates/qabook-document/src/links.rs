//! Links inside the book, resolved over all of it.

use percent_encoding::percent_decode_str;
use qabook_support::Diagnostic;
use qabook_support::path::joined;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::{DOCUMENT, Target};

/// Where links can lead.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// The ids of each chapter, by its path.
    chapters: HashMap<String, HashSet<String>>,
    /// Files of the folder `src` can be linked, too.
    src: PathBuf,
    /// The first chapter, which is the home page, too.
    home: Option<String>,
}

impl Places {
    pub(crate) fn new(src: &Path, home: Option<String>) -> Self {
        Self { chapters: HashMap::new(), src: src.into(), home }
    }

    pub(crate) fn add(&mut self, path: &str, ids: HashSet<String>) {
        self.chapters.insert(path.into(), ids);
    }

    /// Replaces the address that the chapter at `from`, whose file is `file`, wrote on `line`.
    ///
    /// # Errors
    /// A link to nowhere.
    pub(crate) fn resolve(
        &self,
        target: &mut Target,
        from: &str,
        file: &Path,
        line: Option<usize>,
    ) -> Result<(), Diagnostic> {
        let Target::External(address) = &*target else { return Ok(()) };
        if has_scheme(address) {
            return Ok(());
        }
        let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
        let path = path.split('?').next().unwrap_or_default();
        let [path, id] = [path, fragment].map(|part| percent_decode_str(part).decode_utf8_lossy().into_owned());
        let problem = |message: String, hint: &str| Err(DOCUMENT.broken(message, hint).in_file(file).on_line(line));
        let full = if path.is_empty() { from.to_string() } else { joined(from, &path) };
        let Some((chapter, ids)) = self.chapter(&full) else {
            if !path.is_empty() && self.src.join(&full).is_file() {
                *target = Target::File(full);
                return Ok(());
            }
            if climbs_out(from, &path) {
                // What is beside the book on its host: renderers say what becomes of files.
                *target = Target::File(path);
                return Ok(());
            }
            let hint = "write the path of a chapter's .md file, relative to this one";
            return problem(format!("the link `{address}` leads to no page of the book"), hint);
        };
        if !id.is_empty() && !ids.contains(&id) {
            let hint = "write the id of one of its headings, or give the heading this one: `## Title {#id}`";
            return problem(format!("the link `{address}` leads to {chapter}, which has no id `{id}`"), hint);
        }
        *target = Target::Chapter { path: chapter.into(), id: Some(id).filter(|id| !id.is_empty()) };
        Ok(())
    }

    /// The chapter that `path` names: `.html` for `.md`, a folder or README.md for its index.md are good, too.
    fn chapter(&self, path: &str) -> Option<(&str, &HashSet<String>)> {
        let stem = path.strip_suffix(".html").or_else(|| path.strip_suffix(".md"));
        let folder = match stem {
            Some(stem) => stem.strip_suffix("README").or_else(|| stem.strip_suffix("index")),
            None => Some(path),
        };
        let in_folder = |name: &str| {
            let folder = folder?.trim_end_matches('/');
            Some(if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") })
        };
        let candidates = [
            Some(path.to_string()),
            stem.map(|stem| format!("{stem}.md")),
            in_folder("index.md"),
            in_folder("README.md"),
        ];
        let home = self.home.clone().filter(|_| ["", "index.html", "index.md"].contains(&path));
        let found = candidates.into_iter().chain([home]).flatten().find_map(|path| self.chapters.get_key_value(&path));
        found.map(|(path, ids)| (path.as_str(), ids))
    }
}

/// Whether `path`, as the chapter at `from` writes it, leads above the folder of all chapters.
fn climbs_out(from: &str, path: &str) -> bool {
    let mut depth = if path.starts_with('/') { 0 } else { from.matches('/').count() };
    path.split('/').any(|part| match part {
        ".." if depth == 0 => true,
        ".." => {
            depth -= 1;
            false
        }
        "" | "." => false,
        _ => {
            depth += 1;
            false
        }
    })
}

/// Whether `address` begins with a scheme (RFC 3986 §3.1) or a host.
fn has_scheme(address: &str) -> bool {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme);
    address.starts_with("//")
        || scheme.is_some_and(|scheme| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(address: &str) -> Result<Target, String> {
        let mut places = Places::new(Path::new("nowhere"), Some("first.md".into()));
        places.add("first.md", HashSet::new());
        places.add("a/b.md", HashSet::from(["甲".to_string()]));
        let mut target = Target::External(address.into());
        let result = places.resolve(&mut target, "a/c.md", Path::new("src/a/c.md"), Some(7));
        result.map(|()| target).map_err(|problem| problem.to_string())
    }

    fn chapter(path: &str, id: Option<&str>) -> Target {
        Target::Chapter { path: path.into(), id: id.map(Into::into) }
    }

    #[test]
    fn links_lead_to_chapters_and_their_ids() {
        assert_eq!(resolved("b.md").unwrap(), chapter("a/b.md", None));
        assert_eq!(resolved("./b.html#%E7%94%B2").unwrap(), chapter("a/b.md", Some("甲")));
        assert_eq!(resolved("/a/b.md#甲").unwrap(), chapter("a/b.md", Some("甲")));
        for index in ["../index.html", "../"] {
            assert_eq!(resolved(index).unwrap(), chapter("first.md", None), "{index}");
        }
    }

    #[test]
    fn other_addresses_stay() {
        for address in ["https://a.b/c#d", "mailto:x@y", "//host/path"] {
            assert_eq!(resolved(address).unwrap(), Target::External(address.into()));
        }
    }

    #[test]
    fn what_leads_out_of_the_book_is_a_file_of_its_host() {
        for (address, path) in
            [("../../std/a.html#x", "../../std/a.html"), ("/../std", "/../std"), ("../c/../../d/", "../c/../../d/")]
        {
            assert_eq!(resolved(address).unwrap(), Target::File(path.into()), "{address}");
        }
        for address in ["../std/", "d/../../std/"] {
            assert!(resolved(address).unwrap_err().contains("leads to no page of the book"), "{address}");
        }
    }

    #[test]
    fn a_link_to_nowhere_is_named() {
        let error = resolved("nope.md").unwrap_err();
        assert!(error.starts_with("src/a/c.md:7: the link `nope.md` leads to no page of the book\n"), "{error}");
        let error = resolved("b.md#乙").unwrap_err();
        assert!(error.contains("leads to a/b.md, which has no id `乙`"), "{error}");
    }
}
