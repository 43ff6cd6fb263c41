//! What a book has where its book.toml says nothing: `defaults.toml`, fitted to the book's language and folders.
//!
//! A key that the author wrote wins, lists included. Two lists are longer than anybody wants to repeat: an `additional-css` or
//! `additional-js` that names no file of the theme comes after the theme's own; one that is empty or names at least one of
//! them is the whole list.

use anyhow::{Context, Result};
use mdbook_driver::config::{Config, RustEdition};
use serde::Deserialize;
use std::path::Path;
use std::sync::LazyLock;
use toml::{Table, Value};

const TEXT: &str = include_str!("defaults.toml");

/// mdBook's own preprocessors, which need no table.
const BUILT_IN: [&str; 2] = ["links", "index"];

/// The folder whose files the theme's lists name.
const THEME: &str = "theme/";

#[derive(Clone, Deserialize)]
struct Defaults {
    rust: Edition,
    preprocessor: Table,
    output: Table,
}

#[derive(Clone, Deserialize)]
struct Edition {
    edition: RustEdition,
}

static DEFAULTS: LazyLock<Option<Defaults>> = LazyLock::new(|| toml::from_str(TEXT).ok());

/// Whether the preprocessor `name` does anything in a book with these settings: it has a table, and the table doesn't say
/// `renderers = []`.
#[must_use]
pub fn is_on(config: &Config, name: &str) -> bool {
    let table: Option<Value> = config.get(&format!("preprocessor.{name}")).ok().flatten();
    let renderers = |table: &Value| table.get("renderers").and_then(Value::as_array).is_some_and(Vec::is_empty);
    table.is_some_and(|table| !renderers(&table))
}

/// Whether books in `language` are written without spaces between words, or with the punctuation of those.
pub(crate) fn is_cjk(language: &str) -> bool {
    let main = language.split(['-', '_']).next().unwrap_or_default();
    ["zh", "ja", "ko"].iter().any(|known| main.eq_ignore_ascii_case(known))
}

/// Gives `config`, the settings of the book in `root`, what they leave out.
///
/// # Errors
/// A table that isn't one.
pub(crate) fn fill(config: &mut Config, root: &Path) -> Result<()> {
    let defaults = DEFAULTS.clone().context("the built-in settings can't be read")?;
    // A book is made from what is there; mdBook would write an empty chapter into the author's sources.
    config.build.create_missing = false;
    config.rust.edition.get_or_insert(defaults.rust.edition);

    let mut own: Table = config.preprocessors::<Value>().context("[preprocessor]")?.into_iter().collect();
    let preprocessors = preprocessors(defaults.preprocessor, &own, config, root);
    // Who set mdbook-katex up means dollars as it does.
    let is_authors = own.get("katex").is_some_and(|katex| katex.get("dollars").is_none());
    merge(&mut own, preprocessors);
    if let Some(Value::Table(katex)) = own.get_mut("katex")
        && is_authors
    {
        katex.insert("dollars".into(), "all".into());
    }
    config.set("preprocessor", own)?;

    let mut own: Table = config.outputs::<Value>().context("[output]")?.into_iter().collect();
    merge(&mut own, outputs(defaults.output, config));
    config.set("output", own)
}

/// The default tables of preprocessors that fit the book, each `after` only those that there are.
fn preprocessors(mut tables: Table, own: &Table, config: &Config, root: &Path) -> Table {
    if !own.contains_key("snippets") && !is_package(&root.join(mdbook_snippets::Config::default().package)) {
        // There is nothing to guess the output of.
        let snippets = tables.get_mut("snippets").and_then(Value::as_table_mut);
        snippets.map(|snippets| snippets.insert("outputs-page".into(), false.into()));
    }
    let language = config.book.language.as_deref().unwrap_or_default();
    if !is_cjk(language)
        && let Some(Value::Table(chinese)) = tables.get_mut("chinese")
    {
        for feature in ["join-lines", "emphasis"] {
            chinese.insert(feature.into(), false.into());
        }
        // The titles that mdBook writes are English.
        if matches!(language.split(['-', '_']).next(), None | Some("" | "en")) {
            chinese.insert("alerts".into(), false.into());
        }
    }
    let names: Vec<String> = tables.keys().chain(own.keys()).cloned().collect();
    let is_there = |name: &str| {
        names.iter().any(|known| known == name) || config.build.use_default_preprocessors && BUILT_IN.contains(&name)
    };
    for (_, table) in &mut tables {
        if let Some(Value::Array(after)) = table.get_mut("after") {
            after.retain(|name| name.as_str().is_some_and(is_there));
        }
    }
    tables
}

/// Whether `folder` is meant as a package of programs; one of text to include is not.
fn is_package(folder: &Path) -> bool {
    folder.join("Cargo.toml").exists() || folder.join("examples").is_dir()
}

/// The default tables of renderers.
fn outputs(mut tables: Table, config: &Config) -> Table {
    if is_cjk(config.book.language.as_deref().unwrap_or_default())
        && let Some(Value::Table(html)) = tables.get_mut("html")
    {
        // Smart quotes turn “你好” into “你好“.
        html.insert("smart-punctuation".into(), false.into());
    }
    tables
}

/// Adds to `own` what it lacks, table by table.
fn merge(own: &mut Table, defaults: Table) {
    for (key, default) in defaults {
        let is_list_of_files = ["additional-css", "additional-js"].contains(&key.as_str());
        match (own.get_mut(&key), default) {
            (None, default) => drop(own.insert(key, default)),
            (Some(Value::Table(own)), Value::Table(default)) => merge(own, default),
            (Some(Value::Array(own)), Value::Array(default)) if is_list_of_files => add_files(own, default),
            (Some(_), _) => {}
        }
    }
}

/// Puts the files of the `theme` before the author's `own`, unless those are meant to be all.
fn add_files(own: &mut Vec<Value>, theme: Vec<Value>) {
    let path = |file: &Value| file.as_str().and_then(|file| file.strip_prefix(THEME)).map(str::to_string);
    let is_theme = |file: &Value| path(file).is_some_and(|path| qabook_theme::file(&path).is_some());
    if !own.is_empty() && !own.iter().any(is_theme) {
        own.splice(0..0, theme);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(toml: &str, root: &Path) -> Config {
        let mut config = toml.parse().unwrap();
        fill(&mut config, root).unwrap();
        config
    }

    fn get(config: &Config, key: &str) -> Option<Value> {
        config.get(key).unwrap()
    }

    fn strings(config: &Config, key: &str) -> Vec<String> {
        config.get(key).unwrap().unwrap_or_default()
    }

    const SHEETS: &str = "output.html.additional-css";

    #[test]
    fn every_file_that_pages_load_is_in_the_theme() {
        let config = filled("", Path::new("none"));
        let files = [strings(&config, SHEETS), strings(&config, "output.html.additional-js")].concat();
        assert!(files.len() > 40, "{files:?}");
        for file in &files {
            assert!(file.strip_prefix(THEME).is_some_and(|path| qabook_theme::file(path).is_some()), "{file}");
        }
        for path in qabook_theme::files().filter(|path| path.starts_with("css/") || path.starts_with("js/")) {
            assert!(files.contains(&format!("{THEME}{path}")), "no page loads {path}");
        }
    }

    #[test]
    fn a_book_with_a_title_has_all_preprocessors_in_their_order() {
        let root = tempfile::tempdir().unwrap();
        let config = filled("[book]\ntitle = \"书\"\nlanguage = \"zh-CN\"\n", root.path());
        let outputs_page = |config| get(config, "preprocessor.snippets").unwrap()["outputs-page"].as_bool();
        assert_eq!(outputs_page(&config), Some(false), "there is no package");
        let before_katex = ["links", "snippets", "mermaid-svg", "questions", "chinese"];
        assert_eq!(strings(&config, "preprocessor.katex.after"), before_katex);
        assert!(["snippets", "mermaid-svg", "questions", "chinese", "katex"].iter().all(|name| is_on(&config, name)));
        assert_eq!(config.rust.edition, Some(RustEdition::E2024));
        assert!(!config.html_config().unwrap().smart_punctuation);

        std::fs::create_dir_all(root.path().join("snippets/examples")).unwrap();
        let config = filled("", root.path());
        assert_eq!(outputs_page(&config), Some(true));
        assert_eq!(strings(&config, "preprocessor.mermaid-svg.after"), ["links", "snippets"]);
    }

    #[test]
    fn a_folder_of_texts_is_no_package() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("snippets")).unwrap();
        std::fs::write(root.path().join("snippets/text.md"), "").unwrap();
        let snippets = get(&filled("", root.path()), "preprocessor.snippets").unwrap();
        assert_eq!(snippets["outputs-page"].as_bool(), Some(false));
        let other = filled("[preprocessor.snippets]\npackage = \"programs\"\n", root.path());
        assert_eq!(strings(&other, "preprocessor.snippets.after"), ["links"], "the author wants it");
    }

    #[test]
    fn chinese_typography_is_for_languages_that_are_set_so() {
        for (language, is) in [("zh-TW", true), ("ja", true), ("KO", true), ("en", false), ("de-AT", false)] {
            let config = filled(&format!("[book]\nlanguage = \"{language}\"\n"), Path::new("none"));
            let chinese = get(&config, "preprocessor.chinese").unwrap();
            assert_eq!(chinese.get("join-lines").is_none(), is, "{language}");
            assert_eq!(chinese.get("alerts").is_none(), language != "en", "{language}");
            assert_eq!(config.html_config().unwrap().smart_punctuation, !is, "{language}");
        }
    }

    #[test]
    fn what_the_author_wrote_wins() {
        let config = filled(
            "[build]\nuse-default-preprocessors = false\n[rust]\nedition = \"2021\"\n\
             [preprocessor.katex]\nafter = [\"nothing\"]\nrenderers = []\n[preprocessor.own]\ncommand = \"x\"\n\
             [preprocessor.zh-search]\noverview = [\"a.html\"]\n\
             [output.html]\ndefault-theme = \"ayu\"\n[output.html.playground]\neditable = true\n[output.other]\n",
            Path::new("none"),
        );
        assert_eq!(config.rust.edition, Some(RustEdition::E2021));
        assert!(!is_on(&config, "katex") && is_on(&config, "own"));
        assert_eq!(strings(&config, "preprocessor.katex.after"), ["nothing"]);
        assert_eq!(strings(&config, "preprocessor.questions.after"), ["snippets", "mermaid-svg"]);
        assert_eq!(strings(&config, "preprocessor.zh-search.overview"), ["a.html"]);
        let html = config.html_config().unwrap();
        assert_eq!((html.default_theme.as_deref(), html.preferred_dark_theme.as_deref()), (Some("ayu"), Some("navy")));
        assert!(html.playground.editable && !html.playground.runnable);
        assert!(config.contains_key("output.other"));
    }

    #[test]
    fn the_authors_files_come_after_those_of_the_theme_or_are_all() {
        let sheets = |list: &str| {
            let config = filled(&format!("[output.html]\nadditional-css = {list}\n"), Path::new("none"));
            strings(&config, SHEETS)
        };
        let all = strings(&filled("", Path::new("none")), SHEETS);
        assert_eq!(
            sheets("[\"own.css\", \"theme/own.css\"]"),
            [&all[..], &["own.css".into(), "theme/own.css".into()]].concat()
        );
        for whole in ["[]", "[\"own.css\", \"theme/css/page.css\"]"] {
            let kept: Vec<String> =
                toml::from_str::<Table>(&format!("x = {whole}")).unwrap()["x"].clone().try_into().unwrap();
            assert_eq!(sheets(whole), kept);
        }
    }

    #[test]
    fn settings_that_say_everything_stay_as_they_are() {
        let once =
            filled("[book]\nlanguage = \"ja\"\n[output.html]\nadditional-css = [\"own.css\"]\n", Path::new("none"));
        let again = filled(&toml::to_string(&once).unwrap(), Path::new("none"));
        assert_eq!(again, once);
    }
}
