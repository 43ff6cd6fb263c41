//! Every setting is explained with its default, and every one that is explained exists.

use super::{chapter, code, rows, section};
use crate::small_book::SmallBook;
use anyhow::Result;
use mdbook_driver::config::Config;
use qabook_document::Opened;
use std::collections::BTreeSet;
use std::fmt::Debug;
use toml::{Table, Value};

/// mdBook's own keys of a preprocessor, which are explained once.
const MDBOOK: [&str; 5] = ["command", "before", "after", "renderers", "optional"];

/// A row of a table of settings, for one of its keys.
struct Setting {
    key: String,
    default: Default,
}

/// What a table says about the default of a setting.
enum Default {
    /// A TOML value.
    Value(String),
    None,
    /// It depends on something.
    InWords,
}

/// The settings that the section `id` explains.
fn explained(id: &str) -> Vec<Setting> {
    let chapter = chapter("reference/settings.md");
    let lines = section(&chapter, id);
    let mut settings = Vec::new();
    for row in rows(&lines) {
        for key in code(row[0]) {
            let default = match row[2].strip_prefix('`').and_then(|default| default.strip_suffix('`')) {
                Some(value) => Default::Value(value.into()),
                None if row[2] == "none" => Default::None,
                None => Default::InWords,
            };
            settings.push(Setting { key: key.into(), default });
        }
    }
    settings
}

/// The keys that the message about an unknown one lists.
fn listed(message: &str) -> BTreeSet<String> {
    let (_, expected) = message.split_once("expected ").unwrap_or_else(|| panic!("{message}"));
    code(expected.lines().next().unwrap_or_default()).into_iter().map(Into::into).collect()
}

/// A book in `language` with programs, whose settings have `lines` besides.
fn opened(language: &str, lines: &str) -> Result<Opened> {
    let config = format!("[book]\ntitle = \"A book\"\nlanguage = \"{language}\"\n\n{lines}\n");
    let book = SmallBook::of(&[("book.toml", &config), ("snippets/Cargo.toml", "[dependencies]\n")]);
    qabook_document::open(book.root())
}

/// Compares what the section `id` explains with the settings that `read` finds in `table` of a book in `language`.
fn compare<T: Debug>(id: &str, table: &str, language: &str, read: fn(&Config) -> Result<T>) {
    let with = |line: &str| opened(language, &format!("[{table}]\n{line}")).and_then(|book| read(&book.config));
    let explained = explained(id);

    let mut keys = listed(&format!("{:#}", with("no-such-key = 1").unwrap_err()));
    keys.retain(|key| !MDBOOK.contains(&key.as_str()));
    assert_eq!(explained.iter().map(|setting| setting.key.clone()).collect::<BTreeSet<_>>(), keys, "[{table}]");

    let defaults = format!("{:?}", with("").unwrap());
    for Setting { key, default } in explained {
        match default {
            Default::Value(value) => {
                let set =
                    with(&format!("{key} = {value}")).unwrap_or_else(|error| panic!("{key} = {value}: {error:#}"));
                assert_eq!(format!("{set:?}"), defaults, "[{table}] {key} = {value}");
            }
            Default::None => {
                let field = format!("{}: None", key.replace('-', "_"));
                assert!(defaults.contains(&field), "[{table}] {key} has a default: {defaults}");
            }
            Default::InWords => {}
        }
    }
}

#[test]
fn the_settings_of_programs_are_explained() {
    compare("snippets", "preprocessor.snippets", "en", mdbook_snippets::Config::from_book);
}

#[test]
fn the_settings_of_questions_are_explained() {
    compare("questions", "preprocessor.questions", "en", mdbook_questions::Config::from_book);
}

#[test]
fn the_settings_of_typography_are_explained() {
    compare("chinese", "preprocessor.chinese", "zh-CN", mdbook_chinese::Features::from_book);
}

#[test]
fn the_settings_of_the_search_are_explained() {
    let read = |config: &Config| {
        let table: Option<mdbook_zh_search::Config> = config.get("preprocessor.zh-search")?;
        Ok(table.unwrap_or_default())
    };
    compare("zh-search", "preprocessor.zh-search", "en", read);
}

/// Compares the defaults that the section `id` explains with those of `table`, which mdBook or mdbook-katex reads.
fn compare_defaults(id: &str, table: &str) {
    let config = opened("en", "").unwrap().config;
    let read = |config: &Config| {
        let katex: Option<Value> = config.get("preprocessor.katex").unwrap();
        (config.book.clone(), config.build.clone(), config.html_config(), katex)
    };
    for Setting { key, default } in explained(id) {
        match default {
            Default::Value(value) => {
                let value: Table = format!("value = {value}").parse().unwrap();
                let mut set = config.clone();
                set.set(format!("{table}.{key}"), &value["value"]).unwrap();
                assert_eq!(read(&set), read(&config), "[{table}] {key}");
            }
            Default::None => {
                let written = Value::try_from(&config).unwrap();
                let found = table.split('.').chain([key.as_str()]).try_fold(&written, |table, key| table.get(key));
                assert_eq!(found, None, "[{table}] {key}");
            }
            Default::InWords => {}
        }
    }
}

#[test]
fn the_defaults_of_what_others_read_are_explained() {
    compare_defaults("book", "book");
    compare_defaults("build", "build");
    compare_defaults("html", "output.html");
    compare_defaults("katex", "preprocessor.katex");
}

/// The keys that `qabook check` lists where `file` of a book is `text`, which has an unknown one.
fn known(file: &str, text: &str) -> BTreeSet<String> {
    let book = SmallBook::new();
    book.write(file, text);
    let output = book.qabook(&["check", "--format", "human"]).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    listed(printed.lines().find(|line| line.contains("unknown field")).unwrap_or_else(|| panic!("{printed}")))
}

/// The names in the column `at` of the tables in the section `id` of `chapter`.
fn column(chapter: &str, id: &str, at: usize) -> BTreeSet<String> {
    let lines = section(chapter, id);
    let names = rows(&lines).into_iter().flat_map(|row| code(row[at]));
    names.map(|name| name.trim_matches(['[', ']']).to_string()).collect()
}

#[test]
fn the_keys_of_front_matter_are_explained() {
    let text = chapter("write/questions.md");
    let known = |line: &str| known("src/maths/sum.md", &format!("+++\n{line}\n+++\n\n# One\n\nText.\n"));
    assert_eq!(column(&text, "front-matter", 0), known("no-such-key = 1"));
    assert_eq!(column(&text, "options", 0), known("[[options]]\nno-such-key = 1"));
}

#[test]
fn the_keys_of_exemptions_are_explained() {
    let text = chapter("reference/settings.md");
    assert_eq!(column(&text, "check-toml", 0), known("check.toml", "[[no-such-table]]\n"));
    // It has two names for authors; its own is for the code.
    let mut keys = known("check.toml", "[[large-file]]\nno-such-key = 1\n");
    assert!(keys.remove("pattern"));
    assert_eq!(column(&text, "check-toml", 1), keys);
}
