//! The folder of a book that lists are imported into.

use qabook_support::{Diagnostics, Rule, shown};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// A book that can't be written.
pub const WRITE: Rule = Rule::error("write");

/// The record of what imports wrote, in the book.
pub(crate) const RECORD: &str = ".qabook-import.json";

/// The settings of a book.
const SETTINGS: &str = "book.toml";

/// Whether `folder` is that of a book.
pub(crate) fn is_book(folder: &Path) -> bool {
    [SETTINGS, RECORD].iter().any(|name| folder.join(name).is_file())
}

/// Whether the book in `folder` has settings.
pub(crate) fn has_settings(folder: &Path) -> bool {
    folder.join(SETTINGS).exists()
}

/// What of book.toml is asked for.
#[derive(Default, Deserialize)]
struct Settings {
    #[serde(default)]
    book: Table,
}

#[derive(Default, Deserialize)]
struct Table {
    src: Option<toml::Spanned<PathBuf>>,
}

/// The folder of the chapters of the book in `book`, relative to it: what its settings say, else `src`.
///
/// # Errors
/// Settings that can't be read or aren't TOML, and a folder outside of the book: with file and line.
pub(crate) fn source(book: &Path) -> Result<PathBuf, Diagnostics> {
    let file = book.join(SETTINGS);
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => String::new(),
        Err(error) => {
            let hint = "is the path right, and may you read it?";
            return Err(WRITE.broken(format!("it can't be read: {error}"), hint).in_file(shown(&file)).into());
        }
    };
    let line = |at: usize| 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
    let settings: Settings = toml::from_str(&text).map_err(|error| {
        let problem = WRITE.broken(format!("the book's settings are wrong: {}", error.message()), "mend this line");
        problem.in_file(shown(&file)).on_line(error.span().map(|span| line(span.start)))
    })?;
    let Some(src) = settings.book.src else { return Ok("src".into()) };
    let components: Vec<Component<'_>> =
        src.get_ref().components().filter(|component| *component != Component::CurDir).collect();
    if components.iter().all(|component| matches!(component, Component::Normal(_))) {
        return Ok(components.into_iter().collect());
    }
    let problem = WRITE.broken("the folder of the chapters is outside of the book", "name one inside by `src`");
    Err(problem.in_file(shown(&file)).on_line(line(src.span().start)).into())
}

/// A book that there is already.
#[derive(Debug)]
pub(crate) struct Target {
    /// Its folder, without symbolic links.
    pub(crate) root: PathBuf,
    /// The folder of its chapters; `None` where none was made yet.
    pub(crate) source: Option<PathBuf>,
    /// The files that imports wrote, relative to the book.
    written: BTreeMap<PathBuf, String>,
}

impl Target {
    /// The book in `book`; `None` where there is no such folder.
    ///
    /// # Errors
    /// Those of [`source`].
    pub(crate) fn of(book: &Path) -> Result<Option<Self>, Diagnostics> {
        #[derive(Default, Deserialize)]
        struct Record {
            files: BTreeMap<PathBuf, String>,
        }
        let book = if book.as_os_str().is_empty() { Path::new(".") } else { book };
        let Ok(root) = book.canonicalize() else { return Ok(None) };
        let source = source(book)?;
        let source = root.join(source).canonicalize().ok().filter(|_| is_book(&root));
        // What is wrong with the record is told when the book is written.
        let text = fs::read_to_string(root.join(RECORD)).unwrap_or_default();
        let record: Record = serde_json::from_str(&text).unwrap_or_default();
        Ok(Some(Self { root, source, written: record.files }))
    }

    /// Whether an import wrote the file at `path`.
    pub(crate) fn wrote(&self, path: &Path) -> bool {
        let path = path.canonicalize().unwrap_or_default();
        path.strip_prefix(&self.root).is_ok_and(|path| self.written.contains_key(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_the_chapters_is_what_the_settings_say() {
        let book = tempfile::tempdir().unwrap();
        assert_eq!(source(book.path()).unwrap(), Path::new("src"));
        for (settings, expected) in [
            ("", Ok("src")),
            ("[book]\ntitle = \"A\"\n", Ok("src")),
            ("[book]\nsrc = \"./text/en/\"\n", Ok("text/en")),
            ("book.src = \".\"\n", Ok("")),
            ("[book]\n\nsrc = \"../text\"\n", Err("book.toml:3: the folder of the chapters is outside")),
            ("[book]\nsrc = 1\n", Err("book.toml:2: the book's settings are wrong: ")),
            ("[book]\ntitle = \"A\"\nsrc = [\n", Err("book.toml:3: the book's settings are wrong: ")),
        ] {
            fs::write(book.path().join("book.toml"), settings).unwrap();
            match (source(book.path()).map_err(|problems| problems.to_string()), expected) {
                (Ok(found), Ok(expected)) => assert_eq!(found, Path::new(expected), "{settings}"),
                (Err(problems), Err(expected)) => assert!(problems.contains(expected), "{settings}: {problems}"),
                (found, _) => panic!("{settings}: {found:?}"),
            }
        }
    }
}
