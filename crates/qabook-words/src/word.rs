//! A word or text, and what is put into it.

use icu_plurals::{PluralCategory, PluralRules};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A number's gap: its value chooses the plural form.
pub(crate) const NUMBER: &str = "n";

/// The form that every language has.
pub(crate) const OTHER: &str = "other";

/// The plural forms that languages have, as CLDR and files of words call them.
pub(crate) const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", OTHER];

/// The words of a part of the tool, by their keys.
pub type Table = BTreeMap<String, Word>;

/// What is said under a key: for templates and scripts a text, or a map of texts by plural form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Word {
    /// The same for every number.
    Text(String),
    /// A text for each plural form.
    Plural(Plural),
}

/// Texts by plural form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Plural {
    forms: BTreeMap<String, String>,
    /// Whose forms they are.
    #[serde(skip)]
    language: Arc<str>,
}

impl Plural {
    pub(crate) fn new(forms: BTreeMap<String, String>, language: &str) -> Self {
        Self { forms, language: language.into() }
    }

    /// Its texts, each with the name of its form.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.forms.iter().map(|(form, text)| (form.as_str(), text.as_str()))
    }

    /// The text for the number `n`.
    fn form(&self, n: &str) -> &str {
        let form = category(&self.language, n);
        self.forms.get(form).or_else(|| self.forms.get(OTHER)).map_or("", String::as_str)
    }
}

/// The plural form of the number `n` in `language`; `other` when either is none.
fn category(language: &str, n: &str) -> &'static str {
    let locale = language.parse::<icu_locale_core::Locale>();
    let rules = locale.ok().and_then(|locale| PluralRules::try_new_cardinal(locale.into()).ok());
    let (Some(rules), Ok(n)) = (rules, n.parse::<usize>()) else { return OTHER };
    match rules.category_for(n) {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => OTHER,
    }
}

impl Word {
    /// The text; of several forms, that which every language has.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Plural(plural) => plural.forms.get(OTHER).map_or("", String::as_str),
        }
    }

    /// Its texts, each with the name of its plural form.
    pub(crate) fn forms(&self) -> Vec<(&str, &str)> {
        match self {
            Self::Text(text) => vec![(OTHER, text)],
            Self::Plural(plural) => plural.texts().collect(),
        }
    }

    /// The text with its gaps filled, each by the name next to the value; the value of `n` chooses the plural form.
    #[must_use]
    pub fn filled(&self, values: &[(&str, &str)]) -> String {
        let number = values.iter().find(|(name, _)| *name == NUMBER);
        match (self, number) {
            (Self::Plural(plural), Some((_, n))) => fill(plural.form(n), values),
            _ => fill(self.text(), values),
        }
    }
}

/// `text` with each `{name}` that is in `values` replaced; what was put in is not looked at again.
fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, name, after)) = next_gap(rest) {
        filled.push_str(before);
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.push_str(&format!("{{{name}}}")),
        }
        rest = after;
    }
    filled + rest
}

/// The names of the gaps of `text`.
pub(crate) fn gaps(text: &str) -> BTreeSet<&str> {
    let mut rest = text;
    std::iter::from_fn(|| {
        let (_, name, after) = next_gap(rest)?;
        rest = after;
        Some(name)
    })
    .collect()
}

/// The first gap of `text`: what is before it, its name, what is after it. Braces around anything else are text.
fn next_gap(text: &str) -> Option<(&str, &str, &str)> {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    text.match_indices('{').find_map(|(at, _)| {
        let (name, after) = text[at + 1..].split_once('}')?;
        is_name(name).then_some((&text[..at], name, after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plural(language: &str, forms: &[(&str, &str)]) -> Word {
        let forms = forms.iter().map(|(form, text)| ((*form).to_string(), (*text).to_string()));
        Word::Plural(Plural::new(forms.collect(), language))
    }

    #[test]
    fn a_number_chooses_the_form_of_its_language() {
        let forms = [("one", "{n} a"), ("few", "{n} b"), ("other", "{n} c")];
        for (language, expected) in [
            ("en", ["0 c", "1 a", "2 c", "5 c", "21 c"]),
            ("fr-CA", ["0 a", "1 a", "2 c", "5 c", "21 c"]),
            ("ru", ["0 c", "1 a", "2 b", "5 c", "21 a"]),
            ("zh-CN", ["0 c", "1 c", "2 c", "5 c", "21 c"]),
            ("no such language", ["0 c", "1 c", "2 c", "5 c", "21 c"]),
        ] {
            let word = plural(language, &forms);
            let filled = ["0", "1", "2", "5", "21"].map(|n| word.filled(&[("n", n)]));
            assert_eq!(filled, expected, "{language}");
        }
    }

    #[test]
    fn what_is_no_number_has_the_form_of_every_language() {
        let word = plural("en", &[("one", "{n} a"), ("other", "{n} b")]);
        assert_eq!(word.filled(&[("n", "many")]), "many b");
        assert_eq!(word.filled(&[("m", "1")]), "{n} b");
        assert_eq!(word.text(), "{n} b");
    }

    #[test]
    fn each_gap_is_filled_once() {
        let word = Word::Text("{a} of {b}, {c} {a} {} { a }".into());
        assert_eq!(word.filled(&[("a", "{b}"), ("b", "2")]), "{b} of 2, {c} {b} {} { a }");
        assert_eq!(gaps("{a} {b} {a} {} { c } {d"), BTreeSet::from(["a", "b"]));
    }
}
