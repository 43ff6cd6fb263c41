//! The built-in files of words against each other.

use qabook_words::{Words, files};
use std::collections::BTreeMap;

type Keys = BTreeMap<String, toml::Table>;

fn keys(text: &str) -> Vec<String> {
    let tables: Keys = toml::from_str(text).unwrap();
    tables.iter().flat_map(|(table, words)| words.keys().map(move |key| format!("{table}.{key}"))).collect()
}

#[test]
fn every_language_has_the_same_words_in_the_same_order() {
    let [(_, english), others @ ..] = files() else { panic!() };
    assert!(keys(english).len() > 250 && !others.is_empty());
    for (language, text) in others {
        assert_eq!(keys(text), keys(english), "{language}");
    }
}

#[test]
fn every_built_in_file_is_one_that_an_author_could_write() {
    let folder = tempfile::tempdir().unwrap();
    for (language, text) in files() {
        std::fs::write(folder.path().join(language).with_extension("toml"), text).unwrap();
    }
    for (language, _) in files() {
        let words = Words::load(folder.path(), language).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(words, Words::of_language(language), "{language}");
    }
}

#[test]
fn every_key_is_lower_case_with_hyphens() {
    for key in keys(files()[0].1) {
        let (table, key) = key.split_once('.').unwrap();
        let is_name = |name: &str| name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        assert!(is_name(table) && is_name(key), "{table}.{key}");
    }
}

/// Scripts get those of several parts as one.
#[test]
fn the_words_of_scripts_have_keys_of_their_own() {
    let words = Words::of_language("en");
    for (parts, count) in [(&["page", "card"][..], 2), (&["page", "practice", "outputs", "card"], 4)] {
        assert_eq!(parts.len(), count);
        let sum: usize = parts.iter().map(|part| words.table(part).len()).sum();
        let together = serde_json::to_value(words.for_scripts(parts)).unwrap();
        assert_eq!(together.as_object().unwrap().len(), sum, "{parts:?}");
    }
}

#[test]
fn english_has_no_character_of_another_script() {
    let foreign: String = files()[0].1.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).collect();
    assert_eq!(foreign, "");
}
