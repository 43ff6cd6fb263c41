//! The words of a card in Markdown, and those of the page of outputs to guess.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::snippet::Kind;

/// Above the program's Python twin.
pub(crate) const TWIN: &str = "Python 对照：";
/// The link to the Playground.
pub(crate) const PLAYGROUND: &str = "在 Playground 打开";

/// Above what was recorded.
pub(crate) fn recorded(kind: Kind) -> &'static str {
    match kind {
        Kind::Runs => "输出：",
        Kind::FailsToCompile => "编译器报错：",
    }
}

/// Words by the language that they are in; the first are those of all other languages.
const LANGUAGES: [(&str, &str); 2] =
    [("en", include_str!("../words/en.json")), ("zh", include_str!("../words/zh.json"))];

/// What the page of outputs to guess says. Each language has all of it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) title: String,
    intro: String,
    /// Between what something is and its name.
    caption: String,
    program: String,
    guess: String,
    /// The question about a program that doesn't compile.
    which: String,
    options: String,
    show: String,
    show_error: String,
    output: String,
    error: String,
}

impl Words {
    /// The words for a book in `language`, such as `zh-CN`.
    ///
    /// # Errors
    /// A file of words that lacks one or has one too many.
    pub(crate) fn of_language(language: Option<&str>) -> Result<Self> {
        let main = language.unwrap_or_default().split('-').next().unwrap_or_default();
        let found = LANGUAGES.iter().find(|(name, _)| name.eq_ignore_ascii_case(main));
        let (name, json) = found.unwrap_or(&LANGUAGES[0]);
        serde_json::from_str(json).with_context(|| format!("words/{name}.json"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn every_language_says_the_same_things() {
        let keys =
            |json| serde_json::from_str::<BTreeMap<String, String>>(json).unwrap().into_keys().collect::<Vec<_>>();
        for (language, json) in LANGUAGES {
            assert_eq!(keys(json), keys(LANGUAGES[0].1), "{language}");
            assert!(Words::of_language(Some(language)).is_ok(), "{language}");
        }
    }

    #[test]
    fn other_languages_get_english() {
        let words = |language| Words::of_language(language).unwrap();
        assert_eq!(words(Some("fr")), words(Some("en")));
        assert_eq!(words(None), words(Some("en")));
        assert_eq!(words(Some("ZH-Hant")), words(Some("zh-CN")));
        assert_ne!(words(Some("zh")), words(Some("en")));
    }
}
