//! Words of one meaning: those of book.toml, and what the book's `synonyms.toml` says more exactly.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use crate::error::Error;

/// Words that stand for each other, by how well they do. A word is one run of 汉字 or one Latin word.
///
/// ```toml
/// same = [["黏包", "粘包"]]            # of one meaning: who searches for one finds the others
/// near = [["包", "报文段"]]            # close: the others are found after the word itself
/// [means]                             # one way: what readers say, and what the book says
/// "端口被占用" = ["地址已在使用"]
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Synonyms {
    /// Groups of words of one meaning.
    pub same: Vec<Vec<String>>,
    /// Groups of words that are close to each other.
    pub near: Vec<Vec<String>>,
    /// What readers say, with what the book says.
    pub means: BTreeMap<String, Vec<String>>,
}

impl Synonyms {
    /// The file's name, beside book.toml.
    pub const FILE: &str = "synonyms.toml";

    /// Reads the file beside the book.toml in the folder `root`; none when there is no such file.
    ///
    /// # Errors
    /// A file that can't be read, isn't TOML, or has an unknown key or a wrong type.
    pub fn of_book(root: &Path) -> Result<Self, Error> {
        let path = root.join(Self::FILE);
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            text => text.map_err(|source| Error::io(&path, source))?,
        };
        let hint = "it knows the lists of groups `same` and `near`, and a table `means`";
        toml::from_str(&text).map_err(|error| Error::settings(&path, &text, &error, hint))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_may_have_the_file_and_mistakes_in_it_name_the_line() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Synonyms::of_book(folder.path()).unwrap(), Synonyms::default());
        fs::write(
            folder.path().join(Synonyms::FILE),
            "near = [[\"包\", \"报文段\"]]\n[means]\n\"占用\" = [\"在使用\"]\n",
        )
        .unwrap();
        let found = Synonyms::of_book(folder.path()).unwrap();
        assert_eq!(found.near, [["包", "报文段"]]);
        assert_eq!(found.means["占用"], ["在使用"]);
        for (wrong, line) in [("nears = []", 2), ("same = [\"死锁\"]", 2), ("[means]\n\"a\" = 1", 3)] {
            fs::write(folder.path().join(Synonyms::FILE), format!("\n{wrong}\n")).unwrap();
            let error = Synonyms::of_book(folder.path()).unwrap_err().to_string();
            assert!(error.contains(&format!("synonyms.toml:{line}: ")) && error.contains("hint: it knows"), "{error}");
        }
    }
}
