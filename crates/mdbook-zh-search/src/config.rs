//! What the author may set, in book.toml.

use serde::Deserialize;
use std::fs;
use std::path::Path;

use crate::error::Error;

/// The table `[preprocessor.zh-search]` of book.toml.
///
/// mdBook refuses tables it doesn't know, but for those of preprocessors; `renderers = []` keeps it from running this
/// one. Unknown keys are errors.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Groups of words of one meaning: whoever searches for one finds the others. A word is one run of 汉字 or one Latin
    /// word.
    pub synonyms: Vec<Vec<String>>,
    /// Pages that repeat what others say (indexes, collections): they are found last. An entry is the end of an address:
    /// `index.html` means that of every folder.
    pub overview: Vec<String>,
    /// Read by mdBook, not here.
    pub renderers: Vec<String>,
}

impl Config {
    /// Reads the table from the book.toml at `path`; a file without it gives the defaults.
    ///
    /// # Errors
    /// A file that can't be read, isn't TOML, or has an unknown key or a wrong type in the table.
    pub fn from_book_toml(path: &Path) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Book {
            #[serde(default)]
            preprocessor: Preprocessors,
        }
        #[derive(Default, Deserialize)]
        struct Preprocessors {
            #[serde(rename = "zh-search", default)]
            search: Config,
        }
        let text = fs::read_to_string(path).map_err(|source| Error::io(path, source))?;
        let book: Book = toml::from_str(&text)
            .map_err(|source| Error::Config { path: path.to_path_buf(), source: Box::new(source) })?;
        Ok(book.preprocessor.search)
    }

    /// Whether the page at `address` in the site is one of [`overview`](Self::overview).
    pub(crate) fn is_overview(&self, address: &str) -> bool {
        let ends = |entry: &String| {
            address.strip_suffix(entry.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        self.overview.iter().any(ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overview_entry_is_the_end_of_an_address() {
        let config = Config { overview: vec!["index.html".into(), "b/tags.html".into()], ..Config::default() };
        for (address, is) in [
            ("index.html", true),
            ("a/index.html", true),
            ("a/myindex.html", false),
            ("b/tags.html", true),
            ("tags.html", false),
        ] {
            assert_eq!(config.is_overview(address), is, "{address}");
        }
    }

    #[test]
    fn mistakes_in_the_table_are_errors_with_the_file_and_the_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.toml");
        fs::write(&path, "[book]\ntitle = \"书\"\n").unwrap();
        assert_eq!(Config::from_book_toml(&path).unwrap(), Config::default());
        for wrong in ["synonym = []", "synonyms = [\"死锁\"]", "overview = 1", "["] {
            fs::write(&path, format!("[preprocessor.zh-search]\n{wrong}\n")).unwrap();
            let error = Config::from_book_toml(&path).unwrap_err().to_string();
            assert!(error.contains("book.toml: TOML parse error at line 2"), "{error}");
        }
    }
}
