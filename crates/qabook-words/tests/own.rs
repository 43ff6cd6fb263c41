//! Words of the author's: `theme/words/LANGUAGE.toml`.

use mdbook_preprocessor::config::Config;
use qabook_words::{ScriptWords, Word, Words};
use std::fs;
use tempfile::TempDir;

/// A folder of files of words.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn load(files: &[(&str, &str)], language: &str) -> Words {
    Words::load(folder(files).path(), language).unwrap_or_else(|problems| panic!("{problems}"))
}

/// What is wrong with a French file: line, column, message, hint.
fn problems(text: &str) -> Vec<String> {
    let problems = Words::load(folder(&[("fr.toml", text)]).path(), "fr").unwrap_err();
    let shown = |problem: qabook_support::Diagnostic| {
        assert!(problem.place.file.ends_with("fr.toml"), "{problem}");
        let (line, column) = (problem.place.line.unwrap(), problem.place.column.unwrap());
        format!("{line}:{column}: {} | {}", problem.message, problem.hint)
    };
    problems.into_iter().map(shown).collect()
}

#[test]
fn a_book_changes_single_words_of_its_language() {
    let words = load(&[("zh-CN.toml", "[questions]\ntags = \"标签\"\n"), ("fr.toml", "")], "zh-CN");
    assert_eq!(words.text("questions.tags"), "标签");
    assert_eq!(words.text("questions.errata"), "勘误汇总");
    assert_eq!(words.untranslated(), [""; 0]);
}

#[test]
fn the_words_of_a_book_are_in_its_theme() {
    let root = tempfile::tempdir().unwrap();
    for theme in ["theme", "other"] {
        fs::create_dir_all(root.path().join(theme).join("words")).unwrap();
        fs::write(root.path().join(theme).join("words/en.toml"), format!("[questions]\ntags = \"{theme}\"\n")).unwrap();
    }
    let tags = |toml: &str| {
        let config: Config = toml.parse().unwrap();
        Words::of_book(root.path(), &config).unwrap().text("questions.tags").to_string()
    };
    assert_eq!(tags("[book]\nlanguage = \"en-GB\"\n"), "theme");
    assert_eq!(tags("[output.html]\ntheme = \"other\"\n"), "other");
    assert_eq!(tags("[book]\nlanguage = \"zh-CN\"\n"), "标签索引");
}

#[test]
fn a_language_is_added_by_a_file_and_what_it_lacks_is_english() {
    let french =
        "[questions]\ntags = \"Étiquettes\"\nquestion-count = { one = \"{n} question\", other = \"{n} questions\" }\n";
    let words = load(&[("fr.toml", french)], "fr-CA");
    assert_eq!(words.text("questions.tags"), "Étiquettes");
    assert_eq!(words.filled("questions.question-count", &[("n", "0")]), "0 question");
    assert_eq!(words.text("questions.errata"), "Errata");
    assert!(words.untranslated().contains(&"questions.errata".to_string()));
    assert!(!words.untranslated().contains(&"questions.tags".to_string()));
}

#[test]
fn the_nearest_language_wins() {
    let files = [
        ("pt-BR.toml", "[page]\nknown = \"br\"\nagain = \"br\"\n"),
        ("pt-PT.toml", "[page]\nknown = \"pt\"\n"),
        ("pt.toml", "[page]\nagain = \"any\"\nresume = \"any\"\n"),
        ("zh_tw.toml", "[page]\nknown = \"會\"\n"),
    ];
    let words = |language: &str| {
        let words = load(&files, language);
        ["known", "again", "resume"].map(|key| words.text(&format!("page.{key}")).to_string())
    };
    assert_eq!(words("pt-BR"), ["br", "br", "any"]);
    assert_eq!(words("pt-PT"), ["pt", "any", "any"]);
    assert_eq!(words("pt")[1..], ["any", "any"]);
    assert_eq!(words("ZH-tw"), ["會", "再看", "继续上次"]);
    assert_eq!(words("en"), ["Known", "Again", "Continue"]);
}

#[test]
fn words_of_any_built_in_language_are_known_in_every_book() {
    let words = load(&[("fr.toml", "[questions]\nwrong = \"Faux\"\n")], "fr");
    for word in ["Faux", "Wrong", "误"] {
        assert!(words.is_any("questions.wrong", word), "{word}");
    }
    assert!(!words.is_any("questions.wrong", "Right"));
    assert!(!Words::of_language("en").is_any("questions.wrong", "Faux"));
}

#[test]
fn scripts_get_plural_forms() {
    let words = load(&[("en.toml", "[page]\nqueue = { one = \"One →\", other = \"{n} →\" }\n")], "en");
    let json = serde_json::to_value(words.for_scripts(&["page"])).unwrap();
    assert_eq!(json["queue"], serde_json::json!({ "one": "One →", "other": "{n} →" }));
    assert_eq!(json["cleared"], "Cleared.");
    let back: ScriptWords = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(back).unwrap(), json);
    assert!(matches!(words.table("page")["queue"], Word::Plural(_)));
    assert!(words.table("no-such-part").is_empty());
}

#[test]
fn what_english_does_not_have_is_an_error_with_its_place() {
    assert_eq!(
        problems("[page]\nknwon = \"Su\"\ntags = \"T\"\n\n[pge]\nknown = \"Su\"\n"),
        [
            "2:1: [page] has no word `knwon` | the keys are those of [page] in the tool's own words/en.toml",
            "3:1: [page] has no word `tags` | it is a word of [questions]",
            "5:2: no part of the tool is called `pge` | the tables are alerts, anki, card, diagrams, epub, outputs, page, pdf, \
             practice, questions, search, serve, site, snippets"
        ]
    );
    assert_eq!(
        problems("known = \"Su\"\n"),
        ["1:1: `known` is outside of the tables | put it below the table that it belongs to, such as [page]"]
    );
}

#[test]
fn the_gaps_of_a_text_are_those_of_english() {
    assert_eq!(
        problems(
            "[page]\ncounts = \"{known} {again} {sum}\"\nknown = \"Su {n}\"\n\
             imported-marks = { one = \"Une\", other = \"Des\" }\nresume = { other = \"Suite\" }\n"
        ),
        [
            "2:10: the text lacks {total} | write it where its value is to stand",
            "2:10: {sum} is no gap of this text | it has {again}, {known}, {total}",
            "3:9: {n} is no gap of this text | it has none",
            "4:18: the text lacks {n} | write it where its value is to stand",
            "5:10: this text depends on no number | write one text between quotes",
        ]
    );
}

#[test]
fn plural_forms_are_those_of_cldr_and_one_of_them_is_other() {
    assert_eq!(
        problems(
            "[page]\nqueue = { one = \"{n}\" }\nresume = 1\nimported-marks = { three = \"{n}\", other = \"{n}\" }\n"
        ),
        [
            "2:9: the plural form `other` is missing | add it: it is said of all other numbers",
            "3:10: this is no text | write a text between quotes, or { one = \"…\", other = \"…\" }",
            "4:20: `three` is no plural form | the forms are zero, one, two, few, many, other",
        ]
    );
    assert_eq!(
        problems("[page]\nqueue = { other = 1 }\n"),
        ["2:19: the form `other` is no text | write a text between quotes, or { one = \"…\", other = \"…\" }"]
    );
}

#[test]
fn a_file_that_is_no_toml_or_no_text_is_an_error() {
    let found = problems("[page]\nknown = Su\n");
    assert!(found.len() == 1 && found[0].starts_with("2:9: this is not TOML: "), "{found:?}");
    let folder = folder(&[]);
    fs::write(folder.path().join("fr.toml"), b"[page]\nknown = \"\xc9\"\n").unwrap();
    let problems = Words::load(folder.path(), "fr").unwrap_err().to_string();
    assert!(problems.contains("fr.toml: the words can't be read: ") && problems.contains("UTF-8"), "{problems}");
}

/// All files are checked, so that a theme for several languages is right in each.
#[test]
fn all_files_are_reported_at_once() {
    let folder = folder(&[("de.toml", "[x]\n"), ("fr.toml", "[y]\n"), ("notes.txt", "[z]\n")]);
    let problems = Words::load(folder.path(), "en").unwrap_err();
    assert_eq!(problems.into_iter().count(), 2);
}
