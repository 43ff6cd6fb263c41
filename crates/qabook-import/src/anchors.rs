//! Where links of the list lead in the book.

use percent_encoding::percent_decode_str;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use crate::body::{Resolve, Target};
use crate::slug::Names;

/// A page, and an id on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// Relative to `src/`, with forward slashes.
    pub(crate) page: String,
    pub(crate) id: Option<String>,
}

/// Everything that links can lead to.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// By source and anchor, in lower case.
    pub(crate) anchors: HashMap<(usize, String), Place>,
    /// By path on disk: which source it is, and where links to all of it lead.
    pub(crate) files: HashMap<PathBuf, (usize, Place)>,
    pictures: RefCell<Pictures>,
}

/// Pictures that are copied: where each is, and its name in `src/`.
#[derive(Debug, Default)]
struct Pictures {
    names: Names,
    copied: BTreeMap<PathBuf, String>,
}

/// Endings of pictures. Nothing else is copied, whatever a list says: it may come from a stranger.
const PICTURES: [&str; 9] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico"];

impl Places {
    /// The pictures that links were made to, with their names below `src/`.
    pub(crate) fn pictures(self) -> BTreeMap<PathBuf, String> {
        self.pictures.into_inner().copied
    }

    /// The name below `src/` of a copy of the picture at `path`.
    fn copy(&self, path: &Path) -> Option<String> {
        let path = path.canonicalize().ok().filter(|path| path.is_file())?;
        let ending = path.extension()?.to_string_lossy().to_lowercase();
        if !PICTURES.contains(&ending.as_str()) {
            return None;
        }
        let mut pictures = self.pictures.borrow_mut();
        if let Some(name) = pictures.copied.get(&path) {
            return Some(name.clone());
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = format!("images/{}.{ending}", pictures.names.give(&stem, "picture"));
        pictures.copied.insert(path, name.clone());
        Some(name)
    }
}

/// The links of one page.
pub(crate) struct PageLinks<'a> {
    pub(crate) places: &'a Places,
    /// Which source the page is made of, and where that is.
    pub(crate) source: usize,
    pub(crate) file: &'a Path,
    /// The page, relative to `src/`.
    pub(crate) page: &'a str,
}

impl PageLinks<'_> {
    fn to(&self, place: &Place) -> Target {
        let id = place.id.as_ref().map(|id| format!("#{id}")).unwrap_or_default();
        if place.page == self.page {
            // A link to the page that it is on, not to a heading of it, leads nowhere new.
            return if id.is_empty() { Target::Nowhere } else { Target::Moved(id) };
        }
        Target::Moved(relative(self.page, &place.page) + &id)
    }

    fn anchor(&self, source: usize, name: &str) -> Option<&Place> {
        let name = percent_decode_str(name).decode_utf8_lossy().to_lowercase();
        let find = |name: &str| self.places.anchors.get(&(source, name.to_string()));
        // GitHub itself puts this in front of names.
        find(&name).or_else(|| find(name.strip_prefix("user-content-")?))
    }

    /// `path`, as the list writes it, on disk.
    fn on_disk(&self, path: &str) -> PathBuf {
        let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
        self.file.parent().unwrap_or(Path::new("")).join(path)
    }
}

impl Resolve for PageLinks<'_> {
    fn link(&self, destination: &str) -> Target {
        let destination = destination.trim();
        if let Some(name) = destination.strip_prefix('#') {
            return self.anchor(self.source, name).map_or(Target::Nowhere, |place| self.to(place));
        }
        match scheme(destination) {
            Some("http" | "https" | "mailto" | "tel" | "ftp") => return Target::Same,
            Some(_) => return Target::Nowhere,
            None if destination.starts_with("//") => return Target::Same,
            None => {}
        }
        let (path, fragment) = destination.split_once('#').unwrap_or((destination, ""));
        let path = self.on_disk(path.split('?').next().unwrap_or_default());
        if let Some((source, place)) = path.canonicalize().ok().and_then(|path| self.places.files.get(&path)) {
            let anchor = Some(fragment).filter(|name| !name.is_empty()).and_then(|name| self.anchor(*source, name));
            return self.to(anchor.unwrap_or(place));
        }
        self.places.copy(&path).map_or(Target::Nowhere, |name| Target::Moved(relative(self.page, &name)))
    }

    fn image(&self, destination: &str) -> Target {
        let destination = destination.trim();
        if destination.starts_with("//") || matches!(scheme(destination), Some("http" | "https")) {
            return Target::Same;
        }
        let path = destination.split(['?', '#']).next().unwrap_or_default();
        if path.is_empty() || scheme(destination).is_some() {
            return Target::Nowhere;
        }
        self.places.copy(&self.on_disk(path)).map_or(Target::Nowhere, |name| Target::Moved(relative(self.page, &name)))
    }
}

/// The scheme of an address, in lower case letters.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_scheme =
        scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then_some(scheme)
}

/// How the page at `from` names the file at `to`, both relative to `src/`.
pub(crate) fn relative(from: &str, to: &str) -> String {
    let folders: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let most = folders.len().min(to.len()) - 1;
    let shared = folders.iter().zip(&to).take(most).take_while(|(from, to)| from == to).count();
    "../".repeat(folders.len() - 1 - shared) + &to[shared..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use qabook_support::path::joined;

    #[test]
    fn pages_name_one_another_by_relative_paths() {
        for (from, to, written) in [
            ("a/x.md", "a/y.md", "y.md"),
            ("a/x.md", "b/y.md", "../b/y.md"),
            ("README.md", "b/y.md", "b/y.md"),
            ("a/x.md", "README.md", "../README.md"),
        ] {
            assert_eq!(relative(from, to), written);
            assert_eq!(joined(from, written), to);
        }
    }

    #[test]
    fn links_lead_to_pages_or_elsewhere_or_nowhere() {
        let mut places = Places::default();
        let place = |page: &str, id: Option<&str>| Place { page: page.into(), id: id.map(str::to_string) };
        places.anchors.insert((0, "what-is-a".into()), place("p/a.md", None));
        places.anchors.insert((0, "汉字".into()), place("p/b.md", Some("x")));
        let links = PageLinks { places: &places, source: 0, file: Path::new("/nowhere/list.md"), page: "p/a.md" };
        let moved = |address: &str| Target::Moved(address.into());
        for (destination, target) in [
            ("#what-is-a", Target::Nowhere),
            ("#%E6%B1%89%E5%AD%97", moved("b.md#x")),
            ("#toc", Target::Nowhere),
            ("https://a.cn", Target::Same),
            ("//a.cn", Target::Same),
            ("javascript:alert(1)", Target::Nowhere),
            ("../src/main.rs", Target::Nowhere),
            ("/etc/passwd", Target::Nowhere),
        ] {
            assert_eq!(links.link(destination), target, "{destination}");
        }
        assert_eq!(links.image("/etc/passwd"), Target::Nowhere);
        assert_eq!(links.image("https://a.cn/x.png"), Target::Same);
    }
}
