//! `qabook new`.

use anyhow::{Context, Result};
use clap::Args;
use qabook_support::shell;
use std::path::{Path, PathBuf};

use super::book::{Book, write};
use super::language::Language;

/// What `qabook new` is asked for.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// Folder to make; it may exist if it is empty
    pub dir: PathBuf,
    /// Language of the book (BCP 47). There are questions to begin with in en and zh-CN; others get the English ones
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub language: String,
    /// Title of the book; without one, the name of the folder
    #[arg(long)]
    pub title: Option<String>,
}

/// Makes a book of three questions, and says how to go on.
///
/// # Errors
/// Those of [`write`]; a folder without a name of its own.
pub fn run(settings: &Settings) -> Result<()> {
    let title = settings.title.clone().map_or_else(|| title_of(&settings.dir), Ok)?;
    let book = Book { title, language: settings.language.clone(), description: None };
    write(&settings.dir, &book, true)?;
    eprintln!("made {}", settings.dir.join("book.toml").display());
    if Language::of(&book.language) == Language::English && !is_english(&book.language) {
        eprintln!("its questions are in English: there are none in `{}` to begin with", book.language);
    }
    eprintln!("next: cd {} && qabook serve --open", shell::quoted(&settings.dir));
    Ok(())
}

fn is_english(language: &str) -> bool {
    language.split('-').next().is_some_and(|main| main.eq_ignore_ascii_case("en"))
}

/// A title made of the name of `dir`: `my-book` becomes `My book`.
fn title_of(dir: &Path) -> Result<String> {
    let full = std::path::absolute(dir)?;
    // `..` has a name, too.
    let full = full.canonicalize().unwrap_or(full);
    let name = full.file_name().context("the folder has no name to make a title of\n    hint: name one by --title")?;
    let name = name.to_string_lossy().replace(['-', '_'], " ");
    let mut letters = name.trim().chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    Ok(first.chain(letters.clone()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_is_made_of_the_name_of_the_folder() {
        for (dir, title) in [("my-book", "My book"), ("a/linux_questions/", "Linux questions"), ("./问答", "问答")]
        {
            assert_eq!(title_of(Path::new(dir)).unwrap(), title);
        }
        let here = tempfile::tempdir().unwrap();
        let below = here.path().join("one-two");
        std::fs::create_dir(&below).unwrap();
        assert_eq!(title_of(&below.join(".")).unwrap(), "One two");
        assert!(title_of(Path::new("/")).is_err());
    }
}
