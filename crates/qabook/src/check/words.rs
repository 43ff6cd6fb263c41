//! What the book says besides its author's words: mistakes in its own files, and what is left in English.

use qabook_document::Opened;
use qabook_support::Diagnostic;
use qabook_words::{Words, folder};
use std::collections::BTreeMap;
use std::path::PathBuf;

use super::rules::MISSING_WORDS;

/// So many keys are named, and of others how many they are.
const NAMED: usize = 12;

/// What is wrong with the words of the book.
pub(super) fn check(opened: &Opened) -> Vec<Diagnostic> {
    let words = match Words::of_book(&opened.root, &opened.config) {
        Ok(words) => words,
        Err(problems) => return problems.into_iter().collect(),
    };
    if words.untranslated().is_empty() {
        return Vec::new();
    }
    let language = opened.config.book.language.clone().unwrap_or_default();
    let Some(file) = file(opened, &language) else {
        let message =
            format!("the book is in `{language}`, and what the tool says is in English: it has no words for that");
        let hint = format!("add them in {}", folder(&opened.root, &opened.config).join(language + ".toml").display());
        return vec![MISSING_WORDS.broken(message, hint).in_file(opened.root.join("book.toml"))];
    };
    let mut tables: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (table, key) in words.untranslated().iter().filter_map(|key| key.split_once('.')) {
        tables.entry(table).or_default().push(key);
    }
    let finding = |(table, keys): (&str, Vec<&str>)| {
        let named = keys.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        let more = if keys.len() > NAMED { format!(" and {} more", keys.len() - NAMED) } else { String::new() };
        let message = format!("[{table}] lacks what is said in English now: {named}{more}");
        MISSING_WORDS.broken(message, "add them, or leave them in English").in_file(&file)
    };
    tables.into_iter().map(finding).collect()
}

/// The book's own file of the words of `language`; `None` when it has none.
fn file(opened: &Opened, language: &str) -> Option<PathBuf> {
    let main = language.split(['-', '_']).next().unwrap_or_default();
    let folder = folder(&opened.root, &opened.config);
    let files = [language, main].map(|name| folder.join(format!("{name}.toml")));
    files.into_iter().find(|file| file.is_file())
}
