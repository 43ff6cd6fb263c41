//! What the author may set, in book.toml.

use serde::Deserialize;
use std::fs;
use std::path::Path;

use crate::error::Error;
use crate::synonyms::Synonyms;

/// The table `[output.zh-search]` of book.toml, that of a renderer, or `[preprocessor.zh-search]`, where mdBook is to know the
/// settings and run nothing: then it says `renderers = []`. The first counts when there are both. Unknown keys are errors.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Groups of words of one meaning: whoever searches for one finds the others. A word is one run of 汉字 or one Latin
    /// word.
    pub synonyms: Vec<Vec<String>>,
    /// Those of the file beside book.toml.
    #[serde(skip)]
    pub more_synonyms: Synonyms,
    /// Pages that repeat what others say (indexes, collections): they are found last. An entry is the end of an address:
    /// `index.html` means that of every folder. `#references` means the section with that id on every page: it is shown only
    /// for what the rest of its page doesn't say.
    pub overview: Vec<String>,
    /// Read by mdBook, not here.
    pub renderers: Vec<String>,
    /// Read by mdBook, not here.
    pub command: Option<String>,
    /// Read by mdBook, not here.
    pub optional: bool,
}

/// What is read of a book's settings.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct BookConfig {
    output: Tables,
    preprocessor: Tables,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Tables {
    #[serde(rename = "zh-search")]
    search: Option<Config>,
}

impl BookConfig {
    /// The table that counts.
    pub(crate) fn search(self) -> Config {
        self.output.search.or(self.preprocessor.search).unwrap_or_default()
    }
}

impl Config {
    /// Reads the table from the book.toml at `path`; a file without it gives the defaults.
    ///
    /// # Errors
    /// A file, this or the book's synonyms.toml, that can't be read, isn't TOML, or has an unknown key or a wrong type.
    pub fn from_book_toml(path: &Path) -> Result<Self, Error> {
        let text = fs::read_to_string(path).map_err(|reason| Error::io(path, reason))?;
        let hint = "[output.zh-search] and [preprocessor.zh-search] know `synonyms` and `overview`";
        let book: BookConfig = toml::from_str(&text).map_err(|error| Error::settings(path, &text, &error, hint))?;
        let more_synonyms = Synonyms::of_book(path.parent().unwrap_or(Path::new(".")))?;
        Ok(Self { more_synonyms, ..book.search() })
    }

    /// The ids of sections in [`overview`](Self::overview).
    pub(crate) fn repeated_sections(&self) -> Vec<&str> {
        self.overview.iter().filter_map(|entry| entry.strip_prefix('#')).collect()
    }

    /// All words that stand for each other.
    pub(crate) fn all_synonyms(&self) -> Synonyms {
        let Synonyms { same, near, means } = self.more_synonyms.clone();
        Synonyms { same: [self.synonyms.clone(), same].concat(), near, means }
    }

    /// Whether the page at `address` in the site is one of [`overview`](Self::overview), or a later page of one: `a-2.html`.
    pub(crate) fn is_overview(&self, address: &str) -> bool {
        let first = match address.strip_suffix(".html").and_then(|name| name.rsplit_once('-')) {
            Some((first, number)) if number.parse::<u32>().is_ok() => format!("{first}.html"),
            _ => address.to_string(),
        };
        let ends = |entry: &String| {
            let rest = [address, &first].into_iter().filter_map(|address| address.strip_suffix(entry.as_str()));
            rest.into_iter().any(|rest| rest.is_empty() || rest.ends_with('/'))
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
            ("b/tags-12.html", true),
            ("b/tags-a.html", false),
            ("b/tags.html", true),
            ("tags.html", false),
        ] {
            assert_eq!(config.is_overview(address), is, "{address}");
        }
    }

    #[test]
    fn the_table_of_the_renderer_counts_when_there_are_both() {
        let book = |text: &str| toml::from_str::<BookConfig>(text).unwrap().search().overview;
        let preprocessor = "[preprocessor.zh-search]\nrenderers = []\noverview = [\"a\"]\n";
        assert_eq!(book(preprocessor), ["a"]);
        assert_eq!(book(&format!("{preprocessor}[output.zh-search]\noverview = [\"b\"]\ncommand = \"x\"\n")), ["b"]);
        assert_eq!(book("[output.html]\n"), [""; 0]);
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
            assert!(error.contains("book.toml:2: ") && error.matches("hint: ").count() == 1, "{error}");
        }
    }
}
