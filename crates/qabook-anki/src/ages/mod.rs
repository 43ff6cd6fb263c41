//! When notes last changed.
//!
//! Anki overwrites a note by one that is newer. If every note were as new as the book, each import would undo what readers
//! changed in theirs; so a note is as old as the commit since which its chapter has said the same.

mod history;
mod said;

use qabook_document::{BlockKind, Document, Edition, Opened, ProgramKind, Words, for_each_block};
use std::collections::HashMap;
use std::path::Path;
use std::time::UNIX_EPOCH;

use history::{History, Version};
use said::said;

use crate::ids::slugs;

/// When each note last changed, in seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ages {
    known: HashMap<String, i64>,
    other: i64,
}

impl Ages {
    /// Every note as old as `edition`.
    #[must_use]
    pub fn of_edition(edition: &Edition) -> Self {
        Self { known: HashMap::new(), other: edition.moment.as_second() }
    }

    /// The ages of the notes of `document` by the repository around `book`; where its history isn't known, as
    /// [`Ages::of_edition`].
    #[must_use]
    pub fn of_book(book: &Opened, document: &Document, edition: &Edition) -> Self {
        let mut ages = Self::of_edition(edition);
        let src = book.root.join(&book.config.book.src);
        if let Some(mut history) = History::below(&src) {
            for (path, slug) in slugs(document) {
                ages.add_question(path, &slug, &document.words, &src, &mut history);
            }
        }
        ages.add_programs(book, document);
        ages
    }

    /// When the note of the card `id` last changed.
    #[must_use]
    pub fn of(&self, id: &str) -> i64 {
        self.known.get(id).copied().unwrap_or(self.other)
    }

    /// The ages of what the question `slug`, whose chapter is at `path` below `src`, asks.
    fn add_question(&mut self, path: &str, slug: &str, words: &Words, src: &Path, history: &mut History) {
        let file = src.join(path);
        let Ok(now) = std::fs::read_to_string(&file) else { return };
        let versions = history.versions(path);
        let said_now = said(slug, &now, words);
        let mut open: HashMap<&String, i64> = said_now.keys().map(|id| (id, self.unsaved(&file))).collect();
        for Version { seconds, text } in versions {
            let said_then = said(slug, &text, words);
            open.retain(|id, age| {
                let same = said_then.get(*id) == said_now.get(*id);
                if same {
                    *age = seconds;
                } else {
                    self.known.insert((*id).clone(), *age);
                }
                same
            });
            if open.is_empty() {
                break;
            }
        }
        self.known.extend(open.into_iter().map(|(id, age)| (id.clone(), age)));
    }

    /// The ages of what the programs of `document` print: those of their files.
    fn add_programs(&mut self, book: &Opened, document: &Document) {
        let Ok(config) = mdbook_snippets::Config::from_book(&book.config) else { return };
        let package = book.root.join(config.package);
        let Some(history) = History::below(&package) else { return };
        for chapter in document.chapters() {
            for_each_block(&chapter.blocks, &mut |block| {
                let BlockKind::Snippet(program) = &block.kind else { return };
                let name = &program.reference.name;
                let (folder, record) = match program.kind {
                    ProgramKind::Runs => ("examples", "output.txt"),
                    ProgramKind::FailsToCompile => ("compile-fail", "error.txt"),
                };
                let files = ["main.rs", record].map(|file| format!("{folder}/{name}/{file}"));
                let age = |file: &String| match history.newest(file) {
                    Some(seconds) => seconds,
                    None => self.unsaved(&package.join(file)),
                };
                let newest = files.iter().map(age).max().unwrap_or(self.other);
                self.known.insert(format!("o:{name}"), newest);
            });
        }
    }

    /// The age of what isn't committed: that of its file, or of the edition where time is given.
    fn unsaved(&self, file: &Path) -> i64 {
        if std::env::var_os("SOURCE_DATE_EPOCH").is_some() {
            return self.other;
        }
        let modified = std::fs::metadata(file).and_then(|data| data.modified()).ok();
        let seconds = modified.and_then(|time| i64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok());
        seconds.unwrap_or(self.other)
    }
}
