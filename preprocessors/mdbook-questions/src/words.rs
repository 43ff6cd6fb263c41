//! The words that this crate writes into pages and looks for in chapters: data, one file a language.

use qabook_support::facts::Fact;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
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
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Words {
    /// What is claimed and wrong, imprecise or incomplete, as chapters emphasise it.
    pub(crate) claims: [String; 3],
    /// What is so instead.
    fact: String,
    /// What follows both.
    pub(crate) colon: String,
    /// What is put between tags and between links.
    pub(crate) comma: String,
    /// The levels, the lowest first.
    pub(crate) levels: [String; 3],
    /// All others, as templates name them.
    #[serde(flatten)]
    texts: BTreeMap<String, Text>,
    /// What the scripts of every page say.
    page: PageWords,
    /// What those of a page to practise with say as well.
    drills: PageWords,
    /// What those of the page of outputs to guess say as well.
    guesses: PageWords,
}

/// What the scripts of pages say: a [`Fact`] of every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct PageWords(BTreeMap<String, String>);

impl Fact for PageWords {
    const NAME: &'static str = "words";
}

/// A text, or texts by what they are for.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Text {
    One(String),
    ByName(BTreeMap<String, String>),
}

/// The words for a book in `language`, such as `zh-CN`.
pub(crate) fn of_language(language: &str) -> &'static Words {
    let main = language.split(['-', '_']).next().unwrap_or_default();
    let index = FILES.iter().position(|(name, _)| name.eq_ignore_ascii_case(main));
    &ALL[index.unwrap_or(0)]
}

/// Which of the claims (wrong, imprecise, incomplete) the emphasised `word` announces, whatever language the book is in.
pub(crate) fn claim(word: &str) -> Option<usize> {
    ALL.iter().find_map(|words| words.claims.iter().position(|claim| claim == word))
}

/// Whether the emphasised `word` announces what is so, in any language.
pub(crate) fn is_fact(word: &str) -> bool {
    ALL.iter().any(|words| words.fact == word)
}

/// `text` without the colon of any language at its start, and how many bytes that is.
pub(crate) fn after_colon(text: &str) -> (&str, usize) {
    let rest = ALL.iter().find_map(|words| text.strip_prefix(words.colon.as_str())).unwrap_or(text);
    (rest, text.len() - rest.len())
}

impl Words {
    /// The text `name`; the empty string when there is none, which the tests of this module rule out.
    pub(crate) fn text(&self, name: &str) -> &str {
        match self.texts.get(name) {
            Some(Text::One(text)) => text,
            _ => "",
        }
    }

    /// What the scripts of a page say: of one to practise with, where outputs may be what is asked, or of another one.
    pub(crate) fn of_page(&self, is_practice: bool, is_outputs: bool) -> PageWords {
        let drills = self.drills.0.iter().filter(|_| is_practice);
        let guesses = self.guesses.0.iter().filter(|_| is_outputs);
        let all = self.page.0.iter().chain(drills).chain(guesses);
        PageWords(all.map(|(key, text)| (key.clone(), text.clone())).collect())
    }

    /// What the download `file` is for: the note of the longest end of its name that has one; or the empty string.
    pub(crate) fn format(&self, file: &str) -> &str {
        let Some(Text::ByName(notes)) = self.texts.get("formats") else { return "" };
        let file = file.to_uppercase();
        let is_its = |end: &str| file.strip_suffix(end).is_some_and(|start| start.ends_with(['.', '-']));
        let ends = notes.iter().filter(|(end, _)| is_its(end));
        ends.max_by_key(|(end, _)| end.len()).map_or("", |(_, note)| note)
    }

    /// The text `name` with its gaps filled, each by the name next to the value.
    pub(crate) fn filled(&self, name: &str, values: &[(&str, &str)]) -> String {
        fill(self.text(name), values)
    }
}

/// `text` with each `{name}` replaced by the value next to it.
fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_string(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// The paths of all keys.
    fn keys(json: &str) -> Vec<String> {
        fn walk(value: &Value, path: &str, found: &mut Vec<String>) {
            match value {
                Value::Object(map) => map.iter().for_each(|(key, value)| walk(value, &format!("{path}.{key}"), found)),
                _ => found.push(path.to_string()),
            }
        }
        let mut found = Vec::new();
        walk(&serde_json::from_str(json).unwrap(), "", &mut found);
        found.sort();
        found
    }

    #[test]
    fn every_language_says_the_same_things() {
        for (language, json) in FILES {
            assert_eq!(keys(json), keys(FILES[0].1), "{language}");
        }
    }

    #[test]
    fn every_text_that_the_code_names_is_there() {
        let code = ["pages.rs", "collected.rs", "markdown.rs", "practice.rs", "listing.rs", "render.rs"];
        for file in code {
            let text = std::fs::read_to_string(format!("{}/src/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
            for part in text.split("words.text(\"").skip(1).chain(text.split("words.filled(\"").skip(1)) {
                let name = part.split('"').next().unwrap();
                assert!(!of_language("en").text(name).is_empty(), "{file}: {name}");
            }
        }
    }

    #[test]
    fn other_languages_get_english() {
        assert_eq!(of_language("fr").text("tags"), "Tags");
        assert_eq!(of_language("ZH-Hant").text("tags"), of_language("zh").text("tags"));
        assert_ne!(of_language("zh-CN").text("tags"), "Tags");
    }

    #[test]
    fn a_download_is_called_what_its_name_ends_with() {
        let format = |file| of_language("en").format(file);
        assert_eq!(format("book.pdf"), " (print)");
        assert_eq!(format("book-cheat-sheet.pdf"), " (cheat-sheet)");
        assert_eq!(format("cheat-sheet.pdf"), " (print)", "that is the name of a book");
        assert_eq!([format("book.xyz"), format("epub")], [""; 2]);
    }

    #[test]
    fn gaps_are_filled() {
        assert_eq!(fill("{a} of {b}", &[("a", "1"), ("b", "2")]), "1 of 2");
    }
}
