//! The files of words, `w/a.js` to `w/z.js`: what a mistyped Latin word may have meant.

use std::collections::BTreeMap;
use std::io;

use crate::files::IndexFolder;

/// Shorter words have too many neighbours to guess from.
const LENGTH_MIN: usize = 3;

/// Words of one first letter, the most frequent first.
const WORDS_MAX: usize = 3_000;

/// Collects the Latin words of the index.
#[derive(Default)]
pub(crate) struct Words(BTreeMap<char, Vec<(u32, String)>>);

impl Words {
    /// Adds a term that is in so many documents.
    pub(crate) fn add(&mut self, term: &str, documents: u32) {
        let Some(first) = term.chars().next().filter(char::is_ascii_lowercase) else { return };
        if term.len() >= LENGTH_MIN && term.is_ascii() {
            self.0.entry(first).or_default().push((documents, term.to_string()));
        }
    }

    /// Writes the files; returns the letters that have one.
    pub(crate) fn write(self, folder: &mut IndexFolder) -> io::Result<String> {
        let letters = self.0.keys().collect();
        for (first, mut words) in self.0 {
            words.sort_by(|(a, word_a), (b, word_b)| b.cmp(a).then_with(|| word_a.cmp(word_b)));
            let words: Vec<String> = words.into_iter().take(WORDS_MAX).map(|(_, word)| word).collect();
            folder.write(&format!("w/{first}"), &words.join(" "))?;
        }
        Ok(letters)
    }
}
