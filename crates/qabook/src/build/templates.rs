//! The author's own templates of mdBook's pages, as the cause of what goes wrong behind them.

use anyhow::Error;
use qabook_support::{Diagnostic, Diagnostics, shown};
use regex::Regex;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::theme::THEME;

/// Handlebars' name for a template, and the file in the theme. The first are those that pages are made of.
const TEMPLATES: [(&str, &str); 6] = [
    ("index", "index.hbs"),
    ("head", "head.hbs"),
    ("header", "header.hbs"),
    ("redirect", "redirect.hbs"),
    ("toc_js", "toc.js.hbs"),
    ("toc_html", "toc.html.hbs"),
];
const OF_PAGES: usize = 3;

/// Where Handlebars finds a fault: `"index":3:1` in one that it can't read, `"index" line 3, col 1` in one that it can't fill in.
static PLACE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(?:in|rendering) "(\w+)"(?::| line )(\d+)"#).expect("a valid pattern"));

/// `error` of rendering or finishing pages, with the template in the folder `theme` that may be its cause.
pub(super) fn blame(theme: &Path, error: Error) -> Error {
    let own = |file: &str| Some(theme.join(file)).filter(|file| file.is_file());
    if let Some(problem) = fault(&format!("{error:#}"), own) {
        return Diagnostics::from(problem).into();
    }
    let of_pages: Vec<PathBuf> = TEMPLATES.iter().take(OF_PAGES).filter_map(|(_, file)| own(file)).collect();
    let Some(first) = of_pages.first() else { return error };
    if let Some(mdbook_zh_search::Error::NoSite(_)) = error.downcast_ref() {
        let hint = "begin with the one of mdBook (`mdbook init --theme`), or delete it";
        let problem = THEME.broken("no page that it makes holds its text in `<main>`", hint);
        return Diagnostics::from(problem.in_file(shown(first))).into();
    }
    match error.downcast::<Diagnostics>() {
        Ok(problems) => {
            let mut named = Diagnostics::default();
            named.extend(problems.into_iter().map(|problem| with_hint(problem, &of_pages)));
            named.into()
        }
        Err(error) => error,
    }
}

/// What Handlebars says of a fault in one of the author's `own` templates.
fn fault(said: &str, own: impl Fn(&str) -> Option<PathBuf>) -> Option<Diagnostic> {
    let place = PLACE.captures(said)?;
    let (_, file) = TEMPLATES.iter().find(|(name, _)| *name == &place[1])?;
    let file = own(file)?;
    let first = said.lines().next().unwrap_or_default();
    // Behind it is all that would be right, or the reason once more.
    let reason = first.trim_start_matches("Template error: ").split(": expected ").next().unwrap_or_default();
    let reason = reason.rsplit_once(": ").map_or(reason, |(_, reason)| reason);
    let hint = "fix the template: is each `{{#…}}` closed, and does mdBook know each name?";
    let problem = THEME.broken(format!("the template can't be used: {reason}"), hint);
    Some(problem.in_file(shown(&file)).on_line(place[2].parse::<usize>().ok()))
}

/// `problem` of a page's form with the `templates` that make it.
fn with_hint(problem: Diagnostic, templates: &[PathBuf]) -> Diagnostic {
    if problem.rule.id != "page-form" {
        return problem;
    }
    let names: Vec<String> = templates.iter().map(|file| shown(file).display().to_string()).collect();
    // What it says is which page is expected.
    let expected = problem.hint.split(": ").next().unwrap_or_default();
    let names = names.join(" and ");
    let hint = format!("{expected}, and this one is made by {names}: begin with mdBook's own template, or delete it");
    Diagnostic { hint, ..problem }
}
