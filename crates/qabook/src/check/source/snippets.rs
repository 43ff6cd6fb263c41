//! Python that is replaced, and programs that are used and recorded.

use mdbook_driver::config::Config as BookConfig;
use mdbook_snippets::{Config, Kind, Package, embeds, problems};
use qabook_support::Diagnostic;
use qabook_support::markdown::Parsed;
use std::collections::BTreeSet;
use std::path::Path;

use super::chapter::Chapter;
use crate::check::rules::{self, stopped};

/// What is wrong with the snippets of the book in `root`; nothing when it has no snippets.
pub(super) fn check(root: &Path, config: &BookConfig, chapters: &[Chapter]) -> Vec<Diagnostic> {
    // A broken table is reported by the build.
    let Ok(settings) = Config::from_book(config) else { return Vec::new() };
    if !qabook_document::is_on(config, "snippets") {
        return Vec::new();
    }
    let package = match Package::open(root.join(&settings.package)) {
        Ok(package) => package,
        Err(error) => return vec![stopped(root, &error)],
    };
    let mut findings = Vec::new();
    let mut used = BTreeSet::new();
    for chapter in chapters {
        let parsed = Parsed::new(&chapter.text);
        let finding = |(offset, problem): (usize, Diagnostic)| {
            chapter.finding(rules::SNIPPET, offset, problem.message, problem.hint)
        };
        findings.extend(problems(&parsed, &package).into_iter().map(finding));
        let references = embeds(&parsed).into_iter().filter_map(|embed| embed.attributes.ok()?.snippet);
        used.extend(references.map(|reference| reference.name));
    }
    match package.names() {
        Ok(names) => findings.extend(names.iter().flat_map(|name| of_program(&package, name, &used))),
        Err(error) => findings.push(stopped(root, &error.into())),
    }
    findings
}

/// What is wrong with the program `name`, used or not.
fn of_program(package: &Package, name: &str, used: &BTreeSet<String>) -> Vec<Diagnostic> {
    let runs = package.folder().join("examples").join(name);
    let folder = if runs.is_dir() { runs } else { package.folder().join("compile-fail").join(name) };
    let file = folder.join("main.rs");
    let mut findings = Vec::new();
    if !used.contains(name) {
        let message = format!("no chapter shows the program `{name}`");
        findings.push(rules::UNUSED_SNIPPET.broken(message, "embed it, or delete it").in_file(&file));
    }
    match package.snippet(name) {
        Err(problem) if !used.contains(name) => {
            findings.push(rules::SNIPPET.broken(problem.message, problem.hint).in_file(file));
        }
        Ok(snippet) if snippet.kind == Kind::Runs && snippet.recording.is_none() && package.has_recordings() => {
            let message = format!("recorded.toml doesn't say which compiler made the output of `{name}`");
            let hint = "run `SNAPSHOTS=overwrite cargo test -p snippets`";
            findings.push(rules::UNRECORDED_SNIPPET.broken(message, hint).in_file(file));
        }
        _ => {}
    }
    findings
}
