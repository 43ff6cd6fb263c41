//! That nothing is written outside the site: mdBook joins the author's paths to its folder as they are.

use mdbook_driver::config::Config;
use qabook_support::path::slashed;
use qabook_support::{Diagnostic, Rule};
use std::path::{Component, Path};

/// A path that leads out of the folder where it belongs.
pub(super) const OUTSIDE: Rule = Rule::error("outside-the-book");

/// Whether `path`, joined to a folder, may lead out of it.
pub(super) fn leads_out(path: &Path) -> bool {
    path.components().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir))
}

/// The chapter `path` of SUMMARY.md, when its page would be written outside the site.
pub(super) fn check_chapter(path: &Path) -> Option<Diagnostic> {
    leads_out(path).then(|| {
        let message = format!("the chapter `{}` is outside the folder of the sources", slashed(path));
        OUTSIDE.broken(message, "move the file below `src`, and name it from there, without `..` and a leading `/`")
    })
}

/// The files in the settings that would be written outside the site, by line of book.toml (`text`).
pub(super) fn check_settings(text: &str, config: &Config) -> Vec<Diagnostic> {
    let html = config.html_config().unwrap_or_default();
    let sheets = html.additional_css.iter().map(|path| ("additional-css", path.clone()));
    let scripts = html.additional_js.iter().map(|path| ("additional-js", path.clone()));
    // mdBook takes the leading slash off.
    let redirects = html.redirect.keys().map(|from| ("redirect", from.trim_start_matches('/').into()));
    let missing = html.input_404.iter().map(|name| ("input-404", name.into()));
    let downloads = mdbook_questions::Config::from_book(config).unwrap_or_default().downloads;
    let downloads = downloads.into_iter().map(|name| ("downloads", name.into()));
    let files = sheets.chain(scripts).chain(redirects).chain(missing).chain(downloads);
    files
        .filter(|(_, path)| leads_out(path))
        .map(|(key, path)| {
            let name = slashed(&path);
            let line = text.lines().position(|line| line.contains(&name)).map(|index| index + 1);
            let message = format!("`{name}` in `{key}` would be written outside the site");
            let hint = "name a file below the book's folder, without `..` and a leading `/`";
            OUTSIDE.broken(message, hint).in_file("book.toml").on_line(line)
        })
        .collect()
}
