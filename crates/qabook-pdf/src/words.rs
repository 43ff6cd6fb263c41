//! The words that the program writes itself: data, one file a language.
//!
//! The template of the whole book still holds its own, in Chinese.

use serde::Deserialize;
use std::sync::LazyLock;

/// The files by their language; the first is that of all other languages.
const FILES: [(&str, &str); 2] = [("en", include_str!("../words/en.json")), ("zh", include_str!("../words/zh.json"))];

/// Those of [`FILES`], in their order.
static ALL: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let read = |(language, json): &(&str, &str)| {
        serde_json::from_str(json).unwrap_or_else(|error| panic!("the built-in words/{language}.json: {error}"))
    };
    FILES.iter().map(read).collect()
});

/// The words of a language. `{name}` in a text is filled in by [`fill`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) version: String,
    pub(crate) commit: String,
    /// What is put between authors.
    pub(crate) separator: String,
    pub(crate) cheat_sheet: SheetWords,
    /// The same without answers.
    pub(crate) self_test: SheetWords,
    /// What a screen reader says of the code that leads to the site.
    pub(crate) site: String,
}

/// What a cheat-sheet says of itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SheetWords {
    pub(crate) name: String,
    pub(crate) about: String,
}

impl Words {
    /// The words for a book in `language`, such as `zh-CN`.
    pub(crate) fn of_language(language: &str) -> &'static Self {
        let main = language.split(['-', '_']).next().unwrap_or_default();
        let index = FILES.iter().position(|(name, _)| name.eq_ignore_ascii_case(main));
        &ALL[index.unwrap_or(0)]
    }
}

/// `text` with `{name}` replaced by `value`.
pub(crate) fn fill(text: &str, name: &str, value: &str) -> String {
    text.replace(&format!("{{{name}}}"), value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reading them all is a test, too: a missing or a further key is refused.
    #[test]
    fn other_languages_get_english() {
        assert_eq!(ALL.len(), FILES.len());
        let name = |language| Words::of_language(language).cheat_sheet.name.as_str();
        assert_eq!(name("fr"), name("en-GB"));
        assert_eq!(name("ZH-Hant"), name("zh_CN"));
        assert_ne!(name("zh"), name("en"));
    }

    #[test]
    fn every_language_has_the_same_gaps() {
        for words in ALL.iter() {
            for (text, gap) in [
                (&words.version, "version"),
                (&words.commit, "commit"),
                (&words.cheat_sheet.about, "count"),
                (&words.self_test.about, "count"),
                (&words.site, "address"),
            ] {
                assert!(!fill(text, gap, "1").contains('{') && text.contains(&format!("{{{gap}}}")), "{text}");
            }
        }
    }
}
