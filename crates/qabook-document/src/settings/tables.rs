//! The tables of book.toml that qabook reads, as far as their keys and the types of their values go.

use mdbook_driver::config::{Config, HtmlConfig};
use mdbook_katex::scan::Delimiter;
use qabook_support::{Diagnostic, SettingsText, WrongSetting, nearest, one_of};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::rule::SETTINGS;

const REFERENCE: &str = "https://rust-lang.github.io/mdBook/format/configuration/";

/// The names of the tables of preprocessors and of renderers that somebody reads here, mdBook's own among them.
const PREPROCESSORS: [&str; 8] =
    ["snippets", "questions", "mermaid-svg", "chinese", "katex", "zh-search", "links", "index"];
const OUTPUTS: [&str; 4] = ["html", "pdf", "zh-search", "markdown"];

/// The keys of a preprocessor that mdBook itself reads.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(dead_code, reason = "whether it can be read is all that matters")]
struct Preprocessor {
    command: Option<String>,
    before: Vec<String>,
    after: Vec<String>,
    renderers: Option<Vec<String>>,
    optional: bool,
}

/// The keys of mdbook-katex, which takes unknown ones.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[allow(dead_code, clippy::struct_excessive_bools, reason = "whether it can be read is all that matters")]
struct Katex {
    #[serde(deserialize_with = "formula_output")]
    output: String,
    leqno: bool,
    fleqn: bool,
    throw_on_error: bool,
    error_color: String,
    min_rule_thickness: f64,
    max_size: f64,
    max_expand: i32,
    trust: bool,
    no_css: bool,
    include_src: bool,
    macros: Option<String>,
    block_delimiter: Option<Delimiter>,
    inline_delimiter: Option<Delimiter>,
    pre_render: bool,
    #[serde(deserialize_with = "dollars")]
    dollars: String,
    command: Option<String>,
    before: Vec<String>,
    after: Vec<String>,
    renderers: Option<Vec<String>>,
    optional: bool,
}

/// The keys of the search.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(dead_code, reason = "whether it can be read is all that matters")]
struct Search {
    synonyms: Vec<Vec<String>>,
    overview: Vec<String>,
    renderers: Vec<String>,
    command: Option<String>,
    optional: bool,
}

/// The keys of the PDF.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[allow(dead_code, clippy::struct_excessive_bools, reason = "whether it can be read is all that matters")]
struct Pdf {
    #[serde(deserialize_with = "paper")]
    paper: String,
    large_print: bool,
    screen: bool,
    site: Option<String>,
    cheat_sheet: bool,
    no_answers: bool,
    typst: Option<String>,
    command: Option<String>,
    optional: bool,
}

fn formula_output<'de, D: Deserializer<'de>>(value: D) -> Result<String, D::Error> {
    one_of(value, &["html", "mathml", "htmlAndMathml"])
}

fn dollars<'de, D: Deserializer<'de>>(value: D) -> Result<String, D::Error> {
    one_of(value, &["formulas", "all"])
}

fn paper<'de, D: Deserializer<'de>>(value: D) -> Result<String, D::Error> {
    one_of(value, &["a4", "a5"])
}

/// What is wrong with the tables of `config`, which came from `text` and from the environment.
pub(super) fn check(text: &SettingsText<'_>, config: &Config) -> Vec<Diagnostic> {
    let html = format!("{REFERENCE}renderers.html says what each key takes");
    let own = "`qabook config --explicit` prints each key as it is by default";
    let mut problems = wrong::<HtmlConfig>(text, config, ["output", "html"], &html);
    problems.extend(wrong::<Pdf>(text, config, ["output", "pdf"], own));
    problems.extend(wrong::<Search>(text, config, ["output", "zh-search"], own));
    problems.extend(wrong::<Search>(text, config, ["preprocessor", "zh-search"], own));
    problems.extend(wrong::<mdbook_snippets::Config>(text, config, ["preprocessor", "snippets"], own));
    problems.extend(wrong::<mdbook_questions::Config>(text, config, ["preprocessor", "questions"], own));
    problems.extend(wrong::<mdbook_chinese::Table>(text, config, ["preprocessor", "chinese"], own));
    problems.extend(wrong::<Preprocessor>(text, config, ["preprocessor", "mermaid-svg"], own));
    problems.extend(wrong::<Katex>(text, config, ["preprocessor", "katex"], own));
    problems.extend(misspelt(text, config));
    problems
}

/// What keeps the table at `path` from being a `T`. What the environment sets has no line.
fn wrong<T: DeserializeOwned>(
    text: &SettingsText<'_>,
    config: &Config,
    path: [&str; 2],
    reference: &str,
) -> Vec<Diagnostic> {
    let key = path.join(".");
    let mut found = text.wrong::<T>(&path);
    if let Some(error) = config.get::<T>(&key).err().filter(|_| found.is_empty()) {
        let message = error.root_cause().downcast_ref::<toml::de::Error>().map(|error| error.message().to_string());
        found.push(WrongSetting::said(&message.unwrap_or_else(|| format!("{error:#}")), None));
    }
    let table = if path[0] == "output" && path[1] == "html" { "[output.html]".into() } else { format!("[{key}]") };
    let problem = |WrongSetting { line, message, hint }| {
        SETTINGS.broken(format!("{table}: {message}"), hint.unwrap_or_else(|| reference.into())).on_line(line)
    };
    found.into_iter().map(problem).collect()
}

/// Tables that nobody reads, and whose names are nearly those of some that are read. What has a `command` is another program's.
fn misspelt(text: &SettingsText<'_>, config: &Config) -> Vec<Diagnostic> {
    let (preprocessors, outputs) = others(config);
    let kinds = [("preprocessor", preprocessors, &PREPROCESSORS[..]), ("output", outputs, &OUTPUTS[..])];
    let mut problems = Vec::new();
    for (kind, names, known) in kinds {
        for name in names {
            if let Some(meant) = nearest(&name, known.iter().copied()) {
                let message = format!("[{kind}.{name}]: nothing has this name");
                let hint = format!("write `[{kind}.{meant}]`; another program's table has a `command`");
                problems.push(SETTINGS.broken(message, hint).on_line(text.line(&[kind, &name])));
            }
        }
    }
    problems
}

/// The renderers in `config` that only `mdbook build` runs, and of which it says no command.
#[must_use]
pub fn other_outputs(config: &Config) -> Vec<String> {
    others(config).1
}

/// The names of the preprocessors and of the renderers in `config` that are none of these and have no command.
fn others(config: &Config) -> (Vec<String>, Vec<String>) {
    let is_other =
        |known: &[&str], name: &str, table: &toml::Value| !known.contains(&name) && table.get("command").is_none();
    let preprocessors = config.preprocessors::<toml::Value>().unwrap_or_default();
    let outputs = config.outputs::<toml::Value>().unwrap_or_default();
    let preprocessors = preprocessors.into_iter().filter(|(name, table)| is_other(&PREPROCESSORS, name, table));
    let outputs = outputs.into_iter().filter(|(name, table)| is_other(&OUTPUTS, name, table));
    (preprocessors.map(|(name, _)| name).collect(), outputs.map(|(name, _)| name).collect())
}
