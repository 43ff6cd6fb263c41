//! A file of words, read and held against English.

use qabook_support::{Diagnostic, Diagnostics, Rule};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::word::{FORMS, NUMBER, OTHER, Plural, Table, Word, gaps};

/// A file of words that is wrong.
pub const WORDS: Rule = Rule::error("words");

/// What is wrong at a byte of a file: the message and the hint.
type Mistake = (usize, String, String);

/// The words of a file that fits English, or what is the first thing wrong with it and where.
pub(crate) fn tables(text: &str, language: &str) -> Result<BTreeMap<String, Table>, (usize, String)> {
    let file = parse(text).map_err(|(at, message, _)| (at, message))?;
    let mut mistakes = Vec::new();
    let tables = read(&file, language, &mut mistakes);
    mistakes.into_iter().next().map_or(Ok(tables), |(at, message, _)| Err((at, message)))
}

/// The words of the author's file at `path`, which says nothing that `english` doesn't.
pub(crate) fn checked(
    text: &str,
    language: &str,
    path: &Path,
    english: &BTreeMap<String, Table>,
) -> Result<BTreeMap<String, Table>, Diagnostics> {
    let mut mistakes = Vec::new();
    let tables = match parse(text) {
        Err(mistake) => {
            mistakes.push(mistake);
            BTreeMap::new()
        }
        Ok(file) => {
            let tables = read(&file, language, &mut mistakes);
            compare(&file, &tables, english, &mut mistakes);
            tables
        }
    };
    let mut problems = Diagnostics::default();
    problems.extend(mistakes.into_iter().map(|mistake| located(mistake, text, path)));
    problems.into_result(tables)
}

fn located((at, message, hint): Mistake, text: &str, path: &Path) -> Diagnostic {
    WORDS.broken(message, hint).in_file(path).at(text, at)
}

fn parse(text: &str) -> Result<DeTable<'_>, Mistake> {
    DeTable::parse(text).map(Spanned::into_inner).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        (at, format!("this is not TOML: {}", error.message()), "write it as `key = \"text\"`".into())
    })
}

/// All that can be read of a file; what can't is added to `mistakes`.
fn read(file: &DeTable<'_>, language: &str, mistakes: &mut Vec<Mistake>) -> BTreeMap<String, Table> {
    let mut tables = BTreeMap::new();
    for (name, table) in file {
        let DeValue::Table(table) = table.get_ref() else {
            let message = format!("`{}` is outside of the tables", name.get_ref());
            mistakes.push((
                name.span().start,
                message,
                "put it below the table that it belongs to, such as [page]".into(),
            ));
            continue;
        };
        let words = table.iter().filter_map(|(key, value)| {
            let word = word(value, language).map_err(|mistake| mistakes.push(mistake)).ok()?;
            Some((key.get_ref().to_string(), word))
        });
        tables.insert(name.get_ref().to_string(), words.collect());
    }
    tables
}

fn word(value: &Spanned<DeValue<'_>>, language: &str) -> Result<Word, Mistake> {
    let hint = || "write a text between quotes, or { one = \"…\", other = \"…\" }".to_string();
    match value.get_ref() {
        DeValue::String(text) => Ok(Word::Text(text.to_string())),
        DeValue::Table(forms) => {
            let mut texts = BTreeMap::new();
            for (form, text) in forms {
                let name = form.get_ref();
                if !FORMS.contains(&name.as_ref()) {
                    let message = format!("`{name}` is no plural form");
                    return Err((form.span().start, message, format!("the forms are {}", FORMS.join(", "))));
                }
                let DeValue::String(text) = text.get_ref() else {
                    return Err((text.span().start, format!("the form `{name}` is no text"), hint()));
                };
                texts.insert(name.to_string(), text.to_string());
            }
            if !texts.contains_key(OTHER) {
                let message = "the plural form `other` is missing";
                return Err((value.span().start, message.into(), "add it: it is said of all other numbers".into()));
            }
            Ok(Word::Plural(Plural::new(texts, language)))
        }
        _ => Err((value.span().start, "this is no text".into(), hint())),
    }
}

/// Adds to `mistakes` what `file`, read as `tables`, has and `english` hasn't, and the gaps in which they differ.
fn compare(
    file: &DeTable<'_>,
    tables: &BTreeMap<String, Table>,
    english: &BTreeMap<String, Table>,
    mistakes: &mut Vec<Mistake>,
) {
    for (name, table) in file {
        let (DeValue::Table(table), name, span) = (table.get_ref(), name.get_ref().as_ref(), name.span()) else {
            continue;
        };
        let Some(known) = english.get(name) else {
            let known = english.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            mistakes.push((
                span.start,
                format!("no part of the tool is called `{name}`"),
                format!("the tables are {known}"),
            ));
            continue;
        };
        for (key, value) in table {
            let Some(original) = known.get(key.get_ref().as_ref()) else {
                let message = format!("[{name}] has no word `{}`", key.get_ref());
                mistakes.push((key.span().start, message, unknown_key(key.get_ref(), name, english)));
                continue;
            };
            if let Some(word) = tables.get(name).and_then(|table| table.get(key.get_ref().as_ref())) {
                mistakes.extend(gap_mistakes(word, original, value.span()));
            }
        }
    }
}

/// What may have been meant by a `key` that the table `name` doesn't have.
fn unknown_key(key: &str, name: &str, english: &BTreeMap<String, Table>) -> String {
    let elsewhere = english.iter().find(|(_, table)| table.contains_key(key));
    match elsewhere {
        Some((table, _)) => format!("it is a word of [{table}]"),
        None => format!("the keys are those of [{name}] in the tool's own words/en.toml"),
    }
}

fn gap_mistakes(word: &Word, original: &Word, span: Range<usize>) -> Vec<Mistake> {
    let expected = gaps(original.text());
    let mut mistakes = Vec::new();
    let list = |gaps: &BTreeSet<&str>| gaps.iter().map(|gap| format!("{{{gap}}}")).collect::<Vec<_>>().join(", ");
    let mut mistake = |message: String, hint: String| mistakes.push((span.start, message, hint));
    if matches!(word, Word::Plural(_)) && !expected.contains(NUMBER) {
        mistake("this text depends on no number".into(), "write one text between quotes".into());
        return mistakes;
    }
    for (form, text) in word.forms() {
        let found = gaps(text);
        let unknown: BTreeSet<&str> = found.difference(&expected).copied().collect();
        if !unknown.is_empty() {
            let hint = if expected.is_empty() { "it has none".into() } else { format!("it has {}", list(&expected)) };
            mistake(format!("{} is no gap of this text", list(&unknown)), hint);
        }
        // “One page” needs no number.
        let needed = expected.iter().filter(|gap| form == OTHER || **gap != NUMBER);
        let missing: BTreeSet<&str> = needed.filter(|gap| !found.contains(*gap)).copied().collect();
        if !missing.is_empty() {
            mistake(format!("the text lacks {}", list(&missing)), "write it where its value is to stand".into());
        }
    }
    mistakes
}
