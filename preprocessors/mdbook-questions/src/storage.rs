//! The name under which browsers keep what readers mark.

use qabook_support::facts::Fact;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What the book is called in its readers' browsers: a [`Fact`] of every page.
///
/// Marks, review dates and edited programs are kept under it, and the file that readers export says it, so that two books
/// on one host, or two files, are told apart. Whoever changes it leaves behind what was kept under the old name: a book
/// that had none keeps its readers' marks when `storage` is the name that was made from its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Storage(pub String);

impl Fact for Storage {
    const NAME: &'static str = "storage";
}

/// Whether `name` is good for keys and for the names of files.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// A name for the book `title`: its words in lower case. Where a title has more than that, another may have the same
/// words, and digits of its hash tell them apart: `c` and `c-1cb05bc2` for C and C++.
pub(crate) fn name_of(title: &str) -> String {
    let title = title.trim();
    let words: Vec<String> =
        title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let name = words.join("-");
    if title.to_lowercase().replace(' ', "-") == name && !name.is_empty() {
        return name;
    }
    let hash: String = Sha256::digest(title).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    if name.is_empty() { format!("book-{hash}") } else { format!("{name}-{hash}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Config;
    use mdbook_preprocessor::config::Config as BookConfig;

    #[test]
    fn a_title_gives_a_name_that_others_do_not_give() {
        assert_eq!(name_of("Rust Interview Questions"), "rust-interview-questions");
        assert_eq!(name_of("问锈"), "问锈");
        let names = ["C", "C++", "C#", "C ", "", "!", "Rust: Questions", "Rust, Questions"].map(name_of);
        let [c, same] = [&names[0], &names[3]];
        assert_eq!(c, same, "spaces around a title are none of it");
        let mut different = names.to_vec();
        different.sort();
        different.dedup();
        assert_eq!(different.len(), names.len() - 1, "{names:?}");
        assert!(names.iter().all(|name| is_name(name)), "{names:?}");
    }

    #[test]
    fn the_settings_name_what_the_title_would_name() {
        let storage = |toml: &str| {
            let book: BookConfig = toml.parse().unwrap();
            Config::from_book(&book).map(|config| config.storage(&book))
        };
        assert_eq!(storage("[book]\ntitle = \"A Book\"\n").unwrap(), "a-book");
        let set = |name: &str| storage(&format!("[preprocessor.questions]\nstorage = \"{name}\"\n"));
        assert_eq!(set("my_book-2").unwrap(), "my_book-2");
        for wrong in ["", "a b", "a:b", "../a"] {
            let error = format!("{:#}", set(wrong).unwrap_err());
            assert!(error.contains("in `storage` is no name\n    hint: "), "{error}");
        }
    }
}
