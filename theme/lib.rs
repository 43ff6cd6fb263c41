//! The files of the theme, embedded: what a book has where its own `theme/` has no file of that path.
//!
//! Which of them pages load, and in which order, the defaults of `qabook-document` say. The icons in this folder are those of
//! 问锈 and stay outside.

use include_dir::{Dir, DirEntry, include_dir};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static FOLDERS: [(&str, Dir<'static>); 5] = [
    ("css", include_dir!("$CARGO_MANIFEST_DIR/css")),
    ("fonts", include_dir!("$CARGO_MANIFEST_DIR/fonts")),
    ("js", include_dir!("$CARGO_MANIFEST_DIR/js")),
    ("katex", include_dir!("$CARGO_MANIFEST_DIR/katex")),
    ("practice", include_dir!("$CARGO_MANIFEST_DIR/practice")),
];

static FILES: [(&str, &[u8]); 4] = [
    ("clipboard.min.js", include_bytes!("clipboard.min.js")),
    ("head.hbs", include_bytes!("head.hbs")),
    ("highlight.js", include_bytes!("highlight.js")),
    ("on-demand.toml", include_bytes!("on-demand.toml")),
];

/// Every file by its path.
static ALL: LazyLock<BTreeMap<String, &'static [u8]>> = LazyLock::new(|| {
    let mut all: BTreeMap<_, _> = FILES.iter().map(|(path, content)| ((*path).to_string(), *content)).collect();
    for (name, folder) in &FOLDERS {
        collect(name, folder, &mut all);
    }
    all
});

fn collect(name: &str, folder: &'static Dir<'static>, all: &mut BTreeMap<String, &'static [u8]>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(below) => collect(name, below, all),
            DirEntry::File(file) => {
                let path = file.path().display().to_string().replace('\\', "/");
                all.insert(format!("{name}/{path}"), file.contents());
            }
        }
    }
}

/// The file at `path`, which is relative to the theme's folder, with forward slashes, such as `css/page.css`; `None` when the
/// theme has no such file.
#[must_use]
pub fn file(path: &str) -> Option<Cow<'static, [u8]>> {
    ALL.get(path).map(|content| Cow::Borrowed(*content))
}

/// The paths of all files, as [`file`] takes them, in alphabetical order.
pub fn files() -> impl Iterator<Item = &'static str> {
    ALL.keys().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_every_depth_are_found_by_their_path() {
        for path in ["head.hbs", "css/page.css", "practice/ts-fsrs/index.umd.js", "katex/fonts/KaTeX_Main-Bold.woff2"] {
            let file = file(path).unwrap_or_else(|| panic!("{path} is missing"));
            assert!(!file.is_empty(), "{path}");
            assert!(files().any(|found| found == path), "{path}");
        }
        assert!(file("css").is_none() && file("css/gone.css").is_none() && file("/css/page.css").is_none());
    }

    #[test]
    fn the_icons_of_wenxiu_stay_outside() {
        assert!(!files().any(|path| path.contains("icon")), "{:?}", files().collect::<Vec<_>>());
    }

    #[test]
    fn paths_are_in_order() {
        assert!(files().is_sorted());
    }
}
