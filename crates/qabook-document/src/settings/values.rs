//! Values in book.toml that are of the right type and can't be meant.

use mdbook_driver::config::Config;
use qabook_support::path::slashed;
use qabook_support::{Diagnostic, SettingsText, nearest};
use std::fs;
use std::path::{Path, PathBuf};

use crate::rule::SETTINGS;

/// The colour schemes of mdBook.
const THEMES: [&str; 5] = ["light", "rust", "coal", "navy", "ayu"];

/// Where the pages of mdBook load MathJax from.
const MATHJAX: &str = "cdnjs.cloudflare.com";

/// What is wrong with `config`, the settings of the book in `root`, which came from `text` and from the environment.
pub(super) fn check(root: &Path, text: &SettingsText<'_>, config: &Config) -> Vec<Diagnostic> {
    let found = [language(config), glossary(root, config), mathjax(root, config)].into_iter().flatten();
    let found = found.chain(addresses(config)).chain(themes(root, config));
    found.map(|(path, problem)| problem.on_line(text.line(path))).collect()
}

/// A problem, with the key that it is about.
type Found = (&'static [&'static str], Diagnostic);

fn language(config: &Config) -> Option<Found> {
    let language = config.book.language.as_deref()?;
    // The form of RFC 5646, section 2.1; it becomes the name of a file.
    let is_subtag = |tag: &str| (1..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if language.split(['-', '_']).all(is_subtag) && language.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let message = format!("`language = \"{language}\"` is no language");
    let hint = "write its short name, such as \"en\" or \"zh-CN\", or take the line out: then it is \"en\"";
    Some((&["book", "language"], SETTINGS.broken(message, hint)))
}

fn glossary(root: &Path, config: &Config) -> Option<Found> {
    let glossary: PathBuf = config.get("preprocessor.questions.glossary").ok()??;
    // A book without the chapter of the default has none.
    let is_default = glossary == mdbook_questions::Config::default().glossary;
    if is_default || root.join(&config.book.src).join(&glossary).is_file() {
        return None;
    }
    let message = format!("the glossary `{}` does not exist", slashed(&glossary));
    let hint = "name a chapter by its path below the folder of the sources, or take the line out";
    Some((&["preprocessor", "questions", "glossary"], SETTINGS.broken(message, hint)))
}

fn mathjax(root: &Path, config: &Config) -> Option<Found> {
    let is_wanted = config.html_config().unwrap_or_default().mathjax_support;
    let is_allowed = || fs::read_to_string(root.join("check.toml")).is_ok_and(|text| text.contains(MATHJAX));
    if !is_wanted || is_allowed() {
        return None;
    }
    let message = format!("`mathjax-support` makes every page load a script from {MATHJAX}");
    let hint = "take the line out: formulas between `$` or `$$` are drawn when the book is built";
    Some((&["output", "html", "mathjax-support"], SETTINGS.broken(message, hint)))
}

fn addresses(config: &Config) -> Vec<Found> {
    let html = config.html_config().unwrap_or_default();
    let mut found: Vec<Found> = Vec::new();
    let problem = |key: &str, address: &str, example: &str| {
        let message = format!("`{key} = \"{address}\"` is no address");
        SETTINGS.broken(message, format!("write it whole, such as \"https://github.com/you/book{example}\""))
    };
    if let Some(address) = html.git_repository_url.filter(|address| !is_address(address)) {
        let problem = problem("git-repository-url", &address, "");
        found.push((&["output", "html", "git-repository-url"], problem));
    }
    if let Some(address) = html.edit_url_template.filter(|address| !is_address(address)) {
        let problem = problem("edit-url-template", &address, "/edit/main/{path}");
        found.push((&["output", "html", "edit-url-template"], problem));
    }
    found
}

/// Whether `text` has a scheme and a host.
fn is_address(text: &str) -> bool {
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    let is_rest = |rest: &str| {
        rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '[' | '{')) && !rest.contains(char::is_whitespace)
    };
    text.split_once("://").is_some_and(|(scheme, rest)| is_scheme(scheme) && is_rest(rest))
}

/// Colour schemes that mdBook doesn't have. Only another page template can have more.
fn themes(root: &Path, config: &Config) -> Vec<Found> {
    let html = config.html_config().unwrap_or_default();
    if html.theme_dir(root).join("index.hbs").is_file() {
        return Vec::new();
    }
    let keys: [(&'static [&'static str], Option<String>); 2] = [
        (&["output", "html", "default-theme"], html.default_theme),
        (&["output", "html", "preferred-dark-theme"], html.preferred_dark_theme),
    ];
    let problem = |(path, theme): (&'static [&'static str], Option<String>)| {
        let theme = theme.filter(|theme| !THEMES.contains(&theme.to_lowercase().as_str()))?;
        let message = format!("`{} = \"{theme}\"` is no theme", path.last().unwrap_or(&""));
        let hint = match nearest(&theme, THEMES) {
            Some(meant) => format!("write \"{meant}\""),
            None => format!("write one of \"{}\"", THEMES.join("\", \"")),
        };
        Some((path, SETTINGS.broken(message, hint)))
    };
    keys.into_iter().filter_map(problem).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(root: &Path, lines: &str) -> Vec<(Option<usize>, String)> {
        let found = check(root, &SettingsText::new(lines), &lines.parse().unwrap());
        found.into_iter().map(|problem| (problem.place.line, problem.message)).collect()
    }

    #[test]
    fn values_that_cannot_be_meant_are_named_with_their_line() {
        for (lines, message) in [
            ("[book]\nlanguage = \"\"", "`language = \"\"` is no language"),
            ("[book]\nlanguage = \"../../en\"", "`language = \"../../en\"` is no language"),
            ("[book]\nlanguage = \"en \"", "`language = \"en \"` is no language"),
            ("[preprocessor.questions]\nglossary = \"nope.md\"", "the glossary `nope.md` does not exist"),
            ("[output.html]\nmathjax-support = true", "`mathjax-support` makes every page load a script from"),
            ("[output.html]\ngit-repository-url = \"notaurl\"", "`git-repository-url = \"notaurl\"` is no address"),
            ("[output.html]\ngit-repository-url = \"github.com/a/b\"", "`git-repository-url = \"github.com/a/b\"`"),
            ("[output.html]\nedit-url-template = \"https://\"", "`edit-url-template = \"https://\"` is no address"),
            ("[output.html]\ndefault-theme = \"blue\"", "`default-theme = \"blue\"` is no theme"),
            ("[output.html]\npreferred-dark-theme = \"nayv\"", "`preferred-dark-theme = \"nayv\"` is no theme"),
        ] {
            let found = problems(Path::new("nowhere"), lines);
            let [(line, said)] = &found[..] else { panic!("{lines}: {found:?}") };
            assert!(*line == Some(2) && said.starts_with(message), "{lines}: {found:?}");
        }
    }

    #[test]
    fn what_can_be_meant_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("src")).unwrap();
        fs::write(root.path().join("src/terms.md"), "").unwrap();
        fs::write(root.path().join("check.toml"), "[[other-host]]\nurl = \"https://cdnjs.cloudflare.com/*\"\n")
            .unwrap();
        for lines in [
            "",
            "[book]\nlanguage = \"zh-Hant_TW\"",
            "[book]\nlanguage = \"klingon\"",
            "[preprocessor.questions]\nglossary = \"terms.md\"",
            "[output.html]\nmathjax-support = true",
            "[output.html]\ngit-repository-url = \"http://[::1]:80/a\"\nedit-url-template = \"https://a.example/{path}\"",
            "[output.html]\ndefault-theme = \"Coal\"\npreferred-dark-theme = \"ayu\"",
        ] {
            assert_eq!(problems(root.path(), lines), [], "{lines}");
        }
        fs::create_dir(root.path().join("theme")).unwrap();
        fs::write(root.path().join("theme/index.hbs"), "").unwrap();
        assert_eq!(problems(root.path(), "[output.html]\ndefault-theme = \"latte\""), []);
    }
}
