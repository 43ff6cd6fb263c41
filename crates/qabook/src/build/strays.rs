//! Files in the book's theme that nothing reads, since their names are misspelt.
//!
//! A theme may hold whatever its author likes: only a name that is nearly that of a file which could be there is one, and only
//! where neither book.toml nor another file of the theme speaks of it.

use mdbook_driver::config::Config;
use qabook_support::path::slashed;
use qabook_support::{Diagnostic, Diagnostics, Rule, shown};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

use crate::theme::files;

/// As of a file of the theme that can't be used.
const THEME: Rule = Rule::error("theme");

/// Files of mdBook's theme that the embedded one doesn't have, and the template of share images.
const OTHERS: [&str; 16] = [
    "ayu-highlight.css",
    "book.js",
    "css/chrome.css",
    "css/general.css",
    "css/print.css",
    "css/variables.css",
    "favicon.png",
    "favicon.svg",
    "header.hbs",
    "highlight.css",
    "index.hbs",
    "redirect.hbs",
    "templates/share-image.svg",
    "toc.html.hbs",
    "toc.js.hbs",
    "tomorrow-night.css",
];

/// Looks for them in the theme of the book in `root`.
/// Errors: All that are found.
pub(super) fn check(root: &Path, config: &Config) -> Result<(), Diagnostics> {
    let theme = config.html_config().unwrap_or_default().theme_dir(root);
    let own = own_files(&theme);
    let known: BTreeSet<String> = files::all().into_keys().chain(OTHERS.map(String::from)).collect();
    let mut problems = Diagnostics::default();
    for file in own.difference(&known) {
        let meant = known.difference(&own).find(|meant| is_near(file, meant));
        if let Some(meant) = meant.filter(|_| !is_spoken_of(file, root, &theme, &own)) {
            let message = format!("nothing reads this file: that of the theme is called {meant}");
            let hint = "rename it; a file of yours that pages load is named in book.toml";
            let problem: Diagnostic = THEME.broken(message, hint);
            problems.push(problem.in_file(shown(&theme.join(file))));
        }
    }
    problems.into_result(())
}

/// The files in the folder `theme`, by their paths below it.
fn own_files(theme: &Path) -> BTreeSet<String> {
    let files = WalkDir::new(theme).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files.filter_map(|entry| Some(slashed(entry.path().strip_prefix(theme).ok()?))).collect()
}

/// Whether `file` and `meant` are in one folder, and their names differ by a slip: a letter or, in longer ones, two.
fn is_near(file: &str, meant: &str) -> bool {
    let parts = |path: &str| {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        (folder.to_string(), name.to_string())
    };
    let ((folder, name), (other, meant)) = (parts(file), parts(meant));
    let most = if meant.len() > 8 { 2 } else { 1 };
    folder == other && strsim::osa_distance(&name, &meant) <= most
}

/// Whether book.toml or another of the author's `own` files names `file`.
fn is_spoken_of(file: &str, root: &Path, theme: &Path, own: &BTreeSet<String>) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    let others = own.iter().filter(|other| *other != file).map(|other| theme.join(other));
    let says = |path: PathBuf| fs::read_to_string(path).is_ok_and(|text| text.contains(name));
    others.chain([root.join("book.toml")]).any(says)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_another_name_is_not() {
        for (file, meant, near) in [
            ("templates/snipet.html", "templates/snippet.html", true),
            ("templates/Snippet.htm", "templates/snippet.html", true),
            ("idnex.hbs", "index.hbs", true),
            ("css/snippet.html", "templates/snippet.html", false),
            ("templates/question.html", "templates/snippet.html", false),
            ("a.js", "b.css", false),
        ] {
            assert_eq!(is_near(file, meant), near, "{file}");
        }
    }
}
