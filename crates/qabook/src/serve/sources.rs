//! The files that a build reads, as they are now.

use ignore::{DirEntry, WalkBuilder};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::build::{Inputs, is_hidden, leads_outside};

/// What a build reads, and how it was when it was last looked at.
pub(super) struct Sources {
    pub(super) inputs: Inputs,
    fingerprint: Fingerprint,
}

impl Sources {
    /// Those of the book in `root`. To be called before a build: what changes while it runs is then built again.
    pub(super) fn of(root: &Path) -> Self {
        Self::new(Inputs::of(root).unwrap_or_else(|_| Inputs::settings_of(root)))
    }

    fn new(inputs: Inputs) -> Self {
        Self { fingerprint: Fingerprint::of(&inputs), inputs }
    }

    /// Whether a change of `file` is one: nothing is built for what git ignores.
    pub(super) fn hold(&self, file: &Path) -> bool {
        self.fingerprint.0.contains_key(file)
    }

    /// Whether they are no longer as they were. Then they are known anew: a chapter may include another file, the settings
    /// may name another folder. Settings that can't be read leave the list as it is.
    pub(super) fn have_changed(&mut self) -> bool {
        if Fingerprint::of(&self.inputs) == self.fingerprint {
            return false;
        }
        let inputs = Inputs::of(&self.inputs.root).unwrap_or_else(|_| self.inputs.clone());
        *self = Self::new(inputs);
        true
    }
}

/// Size and time of change of every file.
#[derive(PartialEq)]
struct Fingerprint(BTreeMap<PathBuf, (u64, Option<SystemTime>)>);

impl Fingerprint {
    fn of(inputs: &Inputs) -> Self {
        // A file that vanishes while it is looked at is one that has changed.
        let states = inputs.paths.iter().flat_map(|path| walk(inputs, path)).filter_map(|entry| match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) => None,
            Ok(entry) => {
                let metadata = entry.metadata().ok()?;
                Some((entry.into_path(), (metadata.len(), metadata.modified().ok())))
            }
            // The build that it stopped is made again when it is gone.
            Err(error) => Some((broken_link(&error)?.to_path_buf(), (0, None))),
        });
        Self(states.collect())
    }
}

/// The link at which looking at the files ended in `error`; `None` for a hidden one, which stops no build.
fn broken_link(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => {
            Some(path.as_path()).filter(|path| path.is_symlink() && !path.file_name().is_some_and(is_hidden))
        }
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => broken_link(err),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

/// The files of `path`; a file that a build names is one, whatever its name is.
fn walk(inputs: &Inputs, path: &Path) -> ignore::Walk {
    let wanted = inputs.clone();
    WalkBuilder::new(path)
        .standard_filters(false)
        // As git does: those of the folders above count, too, up to that of the repository.
        .git_ignore(true)
        .parents(true)
        .require_git(false)
        .follow_links(true)
        .filter_entry(move |entry| entry.depth() == 0 || is_source(&wanted, entry))
        .build()
}

/// Whether a build may read it and a reader see it. What cargo writes when a program of a package with its own target folder
/// is run is none: the page that shows the run would be loaded again.
fn is_source(inputs: &Inputs, entry: &DirEntry) -> bool {
    if is_hidden(entry.file_name()) || entry.file_name() == "Cargo.lock" {
        return false;
    }
    if entry.file_type().is_some_and(|kind| kind.is_dir()) {
        let is_cache = entry.path().join("CACHEDIR.TAG").is_file();
        let is_site = same_file::is_same_file(entry.path(), &inputs.destination).unwrap_or(false);
        // Of the sources, such a folder isn't published; a theme may be shared by several books.
        let is_elsewhere = entry.path_is_symlink()
            && entry.path().starts_with(&inputs.src)
            && leads_outside(&inputs.root, entry.path());
        return !(is_cache || is_site || is_elsewhere);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    struct Book(TempDir);

    impl Book {
        fn new() -> Self {
            let book = Self(tempfile::tempdir().unwrap());
            book.write("book.toml", "[book]\ntitle = \"A\"\nlanguage = \"en\"\n");
            book.write("src/SUMMARY.md", "- [A](a.md)\n");
            book.write("src/a.md", "# A\n");
            book
        }

        fn write(&self, name: &str, text: &str) {
            let file = self.0.path().join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }

        fn sources(&self) -> Sources {
            Sources::of(self.0.path())
        }
    }

    #[test]
    fn what_cargo_writes_is_no_change() {
        let book = Book::new();
        book.write("snippets/Cargo.toml", "");
        book.write("snippets/examples/a/main.rs", "");
        let mut sources = book.sources();
        book.write("snippets/Cargo.lock", "");
        book.write("snippets/target/CACHEDIR.TAG", "");
        book.write("snippets/target/debug/a", "");
        assert!(!sources.have_changed());
        book.write("snippets/examples/a/main.rs", "fn main() {}");
        assert!(sources.have_changed());
    }

    #[test]
    fn what_editors_write_beside_a_file_is_no_change() {
        let book = Book::new();
        let mut sources = book.sources();
        for name in [".a.md.swp", "a.md~", "#a.md#", ".#a.md", "4913", "a.md.orig", ".DS_Store", ".git/index"] {
            book.write(&format!("src/{name}"), "1");
            assert!(!sources.have_changed(), "{name}");
        }
        book.write("src/b.png", "1");
        assert!(sources.have_changed());
    }

    #[test]
    fn what_gitignore_names_is_no_change() {
        let book = Book::new();
        book.write(".gitignore", "*.log\n/src/drafts/\n");
        book.write("src/part/.gitignore", "*.tmpl\n!kept.tmpl\n");
        let mut sources = book.sources();
        for name in ["src/run.log", "src/drafts/b.md", "src/part/a.tmpl"] {
            book.write(name, "1");
            assert!(!sources.have_changed(), "{name}");
        }
        book.write("src/part/kept.tmpl", "1");
        assert!(sources.have_changed());
    }

    #[test]
    fn an_ignored_folder_that_holds_the_book_hides_nothing() {
        let book = Book::new();
        book.write(".gitignore", "inner/\n");
        book.write("inner/book.toml", "[book]\ntitle = \"A\"\n");
        book.write("inner/src/SUMMARY.md", "- [A](a.md)\n");
        let mut sources = Sources::of(&book.0.path().join("inner"));
        book.write("inner/src/a.md", "# A\n");
        assert!(sources.have_changed());
    }

    #[test]
    fn files_elsewhere_that_a_build_reads_are_sources() {
        let book = Book::new();
        book.write(".gitignore", "*.gen\n");
        book.write("src/a.md", "# A\n\n{{#include ../code/a.rs}}\n{{#include ../code/b.gen}}\n");
        book.write("code/a.rs", "{{#include deeper.rs}}");
        book.write(
            "book.toml",
            "[book]\ntitle = \"A\"\n[build]\nextra-watch-dirs = [\"data\"]\n[output.html]\nadditional-css = [\"look.css\"]\n\
             additional-js = [\"act.js\"]\n[preprocessor.katex]\nmacros = \"macros.txt\"\n",
        );
        let mut sources = book.sources();
        for name in [
            "code/a.rs",
            "code/deeper.rs",
            "code/b.gen",
            "data/x.csv",
            "look.css",
            "act.js",
            "macros.txt",
            "synonyms.toml",
            "check.toml",
        ] {
            assert!(!sources.have_changed(), "before {name}");
            book.write(name, "{{#include deeper.rs}} changed");
            assert!(sources.have_changed(), "{name}");
        }
        book.write("code/other.rs", "1");
        assert!(!sources.have_changed());
    }

    #[cfg(feature = "share-images")]
    #[test]
    fn fonts_of_pictures_are_sources() {
        let book = Book::new();
        book.write("theme/templates/share-image.svg", "<style>@font-face { src: url(fonts/a.ttf) }</style>");
        let mut sources = book.sources();
        book.write("fonts/a.ttf", "1");
        assert!(sources.have_changed());
    }

    #[test]
    fn the_list_follows_the_settings() {
        let book = Book::new();
        let mut sources = book.sources();
        book.write("book.toml", "[book]\ntitle = \"A\"\nsrc = \"text\"\n");
        assert!(sources.have_changed());
        book.write("text/SUMMARY.md", "- [A](a.md)\n");
        assert!(sources.have_changed());
        book.write("src/a.md", "# no source any more\n");
        assert!(!sources.have_changed());
        book.write("book.toml", "[book\n");
        assert!(sources.have_changed());
        book.write("text/a.md", "# still one\n");
        assert!(sources.have_changed());
    }

    #[test]
    fn a_site_among_the_sources_is_no_source() {
        let book = Book::new();
        book.write("book.toml", "[book]\ntitle = \"A\"\nsrc = \".\"\n");
        book.write("SUMMARY.md", "- [A](a.md)\n");
        book.write("book/index.html", "");
        let mut sources = book.sources();
        book.write("book/index.html", "new");
        assert!(!sources.have_changed());
        book.write("a.md", "# A\n");
        assert!(sources.have_changed());
    }

    #[cfg(unix)]
    #[test]
    fn links_that_stop_a_build_are_sources_and_locks_are_none() {
        use std::os::unix::fs::symlink;
        let book = Book::new();
        let mut sources = book.sources();
        for (name, to, changes) in
            [("src/x.png", "gone", true), ("src/itself", ".", true), ("src/.#a.md", "me@host.1:2", false)]
        {
            let link = book.0.path().join(name);
            symlink(to, &link).unwrap();
            assert_eq!(sources.have_changed(), changes, "{name} comes");
            std::fs::remove_file(&link).unwrap();
            assert_eq!(sources.have_changed(), changes, "{name} goes");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_linked_folder_of_elsewhere_is_no_source() {
        let (book, other) = (Book::new(), Book::new());
        std::os::unix::fs::symlink(other.0.path(), book.0.path().join("src/other")).unwrap();
        let mut sources = book.sources();
        other.write("secret.txt", "1");
        assert!(!sources.have_changed());
    }
}
