//! The words on cards: data, one file a language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The files by their language; the first is that of all other languages.
const FILES: [(&str, &str); 2] = [("en", include_str!("../words/en.json")), ("zh", include_str!("../words/zh.json"))];

/// Those of [`FILES`], in their order.
static ALL: LazyLock<Vec<Words>> = LazyLock::new(|| FILES.iter().map(|(_, json)| Words::read(json)).collect());

/// The words of a language.
#[derive(Debug)]
pub(crate) struct Words(BTreeMap<String, String>);

/// The words for a book in `language`, such as `zh-CN`.
pub(crate) fn of_language(language: &str) -> &'static Words {
    let main = language.split(['-', '_']).next().unwrap_or_default();
    let index = FILES.iter().position(|(name, _)| name.eq_ignore_ascii_case(main));
    &ALL[index.unwrap_or(0)]
}

impl Words {
    /// The files are part of the program: a test reads them.
    fn read(json: &str) -> Self {
        Self(serde_json::from_str(json).unwrap_or_default())
    }

    /// The text `name`; the empty string when there is none, which tests rule out.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// The text `name` with each `{gap}` filled by the value next to it.
    pub(crate) fn filled(&self, name: &str, values: &[(&str, &str)]) -> String {
        let fill = |text: String, (gap, value): &(&str, &str)| text.replace(&format!("{{{gap}}}"), value);
        values.iter().fold(self.text(name).to_string(), fill)
    }

    /// All texts by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::Kind;

    #[test]
    fn every_language_says_the_same_things() {
        for words in ALL.iter() {
            assert!(words.0.len() > 25 && words.0.keys().eq(ALL[0].0.keys()), "{words:?}");
            assert!(words.0.values().all(|text| !text.trim().is_empty()), "{words:?}");
        }
    }

    #[test]
    fn fields_have_names_that_anki_accepts() {
        for words in ALL.iter() {
            for kind in Kind::ALL {
                let mut names: Vec<&str> =
                    kind.fields().iter().map(|field| words.text(&format!("{field}_field"))).collect();
                let forbidden = |name: &&str| name.is_empty() || name.contains([':', '"', '{', '}', '#', '^', '/']);
                assert!(!names.iter().any(forbidden), "{names:?}");
                names.sort_unstable();
                names.dedup();
                assert_eq!(names.len(), kind.fields().len(), "{names:?}");
            }
        }
    }

    #[test]
    fn other_languages_get_english() {
        assert_eq!(of_language("fr").text("right"), "Right");
        assert_eq!(of_language("ZH-Hant").text("right"), of_language("zh").text("right"));
        assert_eq!(of_language("en").filled("numbered", &[("number", "5"), ("title", "A")]), "Question 5 · A");
    }
}
