//! What a new book says about itself, and writing it.

use anyhow::Result;
use qabook_support::markdown::escape;
use qabook_support::{Diagnostics, shown};
use std::path::Path;

use super::files::{self, File};
use super::folder::Folder;
use super::language::Language;
use super::rule::NEW_BOOK;

/// What a new book says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// Its title, one line of plain text.
    pub title: String,
    /// The language that it is written in, such as `en` or `zh-CN` (BCP 47).
    pub language: String,
    /// What it is, in a sentence; `None` for the words that every new book of its language has.
    pub description: Option<String>,
}

/// Writes a new book into the folder `dir`, which is made when needed: settings, `.gitignore`, README and the workflow that
/// deploys it; with `sample`, three questions and two programs, too.
///
/// A file that is there is never touched. With `sample` the folder must be empty; otherwise it may hold anything but a
/// `book.toml`, and what is missing is added.
///
/// # Errors
/// A folder that isn't empty, a title or language that isn't one, a file that can't be written. Nothing new is left then.
pub fn write(dir: &Path, book: &Book, sample: bool) -> Result<()> {
    book.check()?;
    let language = Language::of(&book.language);
    let mut files: Vec<(String, String)> =
        files::bare(language).iter().map(|(path, text)| ((*path).into(), book.fill(text, language))).collect();
    let folder = Folder::open(dir)?;
    if sample {
        if !folder.is_empty()? {
            return Err(not_empty(dir).into());
        }
        let package = files::PACKAGE.iter().map(|(path, text)| (format!("snippets/{path}"), (*text).to_string()));
        files.extend(package);
        let questions = files::sample(language);
        files.extend(questions.iter().map(|(path, text)| ((*path).into(), book.fill(text, language))));
    }
    if dir.join("book.toml").exists() {
        return Err(there_is_one(dir).into());
    }
    folder.write(&files)
}

/// Writes a package without programs into the folder `dir`, where `[preprocessor.snippets]` looks for it.
///
/// # Errors
/// A file that can't be written.
pub fn write_package(dir: &Path) -> Result<()> {
    let files: Vec<(String, String)> =
        files::PACKAGE.iter().map(|&(path, text): &File| (path.into(), text.into())).collect();
    Folder::open(dir)?.write(&files)
}

fn not_empty(dir: &Path) -> Diagnostics {
    let message = "the folder isn't empty: nothing was written";
    NEW_BOOK.broken(message, "name a folder that doesn't exist, or an empty one").in_file(shown(dir)).into()
}

fn there_is_one(dir: &Path) -> Diagnostics {
    let message = "there is a book already: nothing was written";
    NEW_BOOK.broken(message, "name another folder").in_file(shown(&dir.join("book.toml"))).into()
}

impl Book {
    /// Looks at what the book says about itself.
    ///
    /// # Errors
    /// Everything that no book can be made with.
    pub fn check(&self) -> Result<(), Diagnostics> {
        let mut problems = Diagnostics::default();
        for (name, text) in [("title", Some(&self.title)), ("description", self.description.as_ref())] {
            let Some(text) = text else { continue };
            if text.trim().is_empty() {
                problems.push(NEW_BOOK.broken(format!("the {name} is empty"), format!("name it by --{name}")));
            } else if text.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
                let message = format!("the {name} {text:?} is more than a line of text");
                problems.push(NEW_BOOK.broken(message, "leave line breaks and control characters out"));
            }
        }
        if !is_language(&self.language) {
            let message = format!("{:?} is no language", self.language);
            problems.push(NEW_BOOK.broken(message, "write its BCP 47 tag, such as en, zh-CN or pt-BR"));
        }
        problems.into_result(())
    }

    /// `text` with its gaps filled.
    fn fill(&self, text: &str, language: Language) -> String {
        let description = self.description.as_deref().unwrap_or(language.description());
        let toml = |text: &str| toml::Value::String(text.trim().into()).to_string();
        let repository = env!("CARGO_PKG_REPOSITORY");
        // Names under .example lead nowhere (RFC 2606): the address is still to be chosen.
        let placeholder = if repository.contains(".example/") {
            "  # This address is a placeholder: write that of the repository that your qabook comes from.\n"
        } else {
            ""
        };
        let version = env!("CARGO_PKG_VERSION");
        let revision = option_env!("QABOOK_REVISION").map_or(format!("v{version}"), Into::into);
        let gaps = [
            ("@TITLE_TOML@", toml(&self.title)),
            ("@DESCRIPTION_TOML@", toml(description)),
            ("@LANGUAGE_TOML@", toml(&self.language)),
            ("@PLACEHOLDER@", placeholder.into()),
            ("@REPOSITORY@", repository.into()),
            ("@VERSION@", version.into()),
            ("@REVISION@", revision),
            // Last: a title may contain any of the others.
            ("@TITLE@", escape(self.title.trim())),
        ];
        fill_gaps(text, &gaps)
    }
}

/// `text` with each gap replaced by its value, once: values aren't looked into.
fn fill_gaps(text: &str, gaps: &[(&str, String)]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        let (gap, value) = gaps
            .iter()
            .find(|(gap, _)| rest.starts_with(gap))
            .map_or(("@", "@"), |(gap, value)| (*gap, value.as_str()));
        filled.push_str(value);
        rest = &rest[gap.len()..];
    }
    filled + rest
}

/// Whether `tag` has the form of a language tag: letters, then parts of letters and digits between hyphens.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_main = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.next().is_some_and(is_main) && parts.all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(title: &str, language: &str) -> Book {
        Book { title: title.into(), language: language.into(), description: None }
    }

    #[test]
    fn any_title_is_written_as_toml_and_as_markdown() {
        for title in
            ["Plain", "\"quoted\" 'both'", "</script><b>", "🦀 {{#include x}} @TITLE@", "a\\b `c` $d$ [e](f) {#g}"]
        {
            let book = book(title, "en");
            book.check().unwrap();
            let settings: toml::Table =
                toml::from_str(&book.fill(files::bare(Language::English)[0].1, Language::English)).unwrap();
            assert_eq!(settings["book"]["title"].as_str(), Some(title));
            let home = book.fill("# @TITLE@\n", Language::English);
            let events = qabook_support::markdown::parse(&home).map(|(event, _)| event);
            let text: String = events
                .filter_map(|event| match event {
                    pulldown_cmark::Event::Text(text) => Some(text.to_string()),
                    pulldown_cmark::Event::Start(pulldown_cmark::Tag::Heading { id: None, .. })
                    | pulldown_cmark::Event::End(_) => None,
                    other => panic!("{title}: {other:?}"),
                })
                .collect();
            assert_eq!(text, title);
            assert!(!home.contains("{{"), "{home}");
        }
    }

    #[test]
    fn what_no_book_can_be_called_is_told() {
        for (title, language, message) in [
            (" ", "en", "the title is empty"),
            ("one\ntwo", "en", "the title \"one\\ntwo\" is more than a line of text"),
            ("one", "english please", "\"english please\" is no language"),
            ("one", "../en", "\"../en\" is no language"),
            ("one", "", "\"\" is no language"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let error = write(&folder.path().join("book"), &book(title, language), true).unwrap_err().to_string();
            assert!(error.contains(message) && error.contains("hint: "), "{error}");
            assert_eq!(folder.path().read_dir().unwrap().count(), 0);
        }
    }

    #[test]
    fn no_gap_is_left_in_any_file() {
        for language in ["en", "zh-CN", "zh-Hant-TW", "fr", "pt-BR"] {
            let folder = tempfile::tempdir().unwrap();
            write(folder.path(), &book("A", language), true).unwrap();
            for entry in walkdir::WalkDir::new(folder.path())
                .into_iter()
                .filter(|entry| entry.as_ref().unwrap().path().is_file())
            {
                let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
                assert!(!files_gap(&text), "{text}");
            }
        }
    }

    /// Whether `text` holds a name in capitals between two `@`.
    fn files_gap(text: &str) -> bool {
        text.split('@')
            .skip(1)
            .any(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'))
    }

    #[test]
    fn a_folder_with_a_book_or_anything_else_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("README.md"), "mine").unwrap();
        let error = write(folder.path(), &book("A", "en"), true).unwrap_err().to_string();
        assert!(error.contains("the folder isn't empty: nothing was written"), "{error}");
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);

        write(folder.path(), &book("A", "en"), false).unwrap();
        assert_eq!(std::fs::read_to_string(folder.path().join("README.md")).unwrap(), "mine");
        assert!(folder.path().join("book.toml").exists() && !folder.path().join("src").exists());
        let error = write(folder.path(), &book("B", "en"), false).unwrap_err().to_string();
        assert!(error.contains("there is a book already"), "{error}");
    }
}
