//! Words by which lists are understood: data, in `words.toml`.

use serde::Deserialize;
use std::sync::LazyLock;

/// The words of `words.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) contents: Vec<String>,
    pub(crate) back_to_top: Vec<String>,
    pub(crate) question_prefix: Vec<String>,
    pub(crate) question_suffix: Vec<String>,
    pub(crate) columns: Columns,
    pub(crate) files: Files,
    pub(crate) languages: Vec<Language>,
}

/// A language that is told by its letters.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Language {
    /// Its tag by BCP 47.
    pub(crate) tag: String,
    /// Its letters, as they stand between the brackets of a regular expression.
    pub(crate) letters: String,
    /// How many of a hundred letters at least are these: programs and terms are in Latin letters everywhere.
    pub(crate) percent: usize,
}

/// Names of a table's columns.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Columns {
    pub(crate) question: Vec<String>,
    pub(crate) answer: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) part: Vec<String>,
}

/// Names of files.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Files {
    pub(crate) about: Vec<String>,
}

/// All words; a test reads them, so that the default is never seen.
pub(crate) static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).unwrap_or_default());

/// Whether `text`, without what surrounds its words, is one of `words`.
pub(crate) fn is_one_of(text: &str, words: &[String]) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_can_be_read() {
        let words: Words = toml::from_str(include_str!("words.toml")).unwrap();
        assert!(is_one_of("**[⬆ Back  to Top]", &words.back_to_top));
        assert!(is_one_of("【目录】", &words.contents));
        assert!(!is_one_of("", &words.contents));
    }
}
