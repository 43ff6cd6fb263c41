//! Python that is replaced, and programs that are used and recorded.

use mdbook_driver::config::Config as BookConfig;
use mdbook_snippets::{Config, Embed, Kind, Package, embeds, problems};
use qabook_support::markdown::Parsed;
use qabook_support::{Diagnostic, Rule, Severity, shell};
use std::collections::BTreeSet;
use std::path::Path;

use super::chapter::Chapter;
use crate::check::rules::{self, stopped};

/// What is wrong with the snippets of the book in `root`, and which examples wait for a program.
pub(super) fn check(root: &Path, config: &BookConfig, chapters: &[Chapter]) -> Vec<Diagnostic> {
    // A broken table is reported by the build.
    let Ok(settings) = Config::from_book(config) else { return Vec::new() };
    let chapters: Vec<_> = chapters.iter().map(|chapter| (chapter, Parsed::new(&chapter.text))).collect();
    let mut findings: Vec<_> = chapters.iter().flat_map(|(chapter, parsed)| waiting(chapter, parsed)).collect();
    if !qabook_document::is_on(config, "snippets") {
        return findings;
    }
    let replaces_python = settings.replaces_python();
    let package = match Package::open_if_there(root.join(&settings.package)) {
        Ok(package) => package,
        Err(error) => {
            findings.push(stopped(root, &error));
            return findings;
        }
    };
    let mut used = BTreeSet::new();
    for (chapter, parsed) in &chapters {
        let finding = |(offset, problem): (usize, Diagnostic)| {
            chapter.finding(rules::SNIPPET, offset, problem.message, problem.hint)
        };
        findings.extend(problems(parsed, &package, replaces_python).into_iter().map(finding));
        let references = embeds(parsed).into_iter().filter_map(|embed| embed.attributes.ok()?.snippet);
        used.extend(references.map(|reference| reference.name));
    }
    match package.names() {
        Ok(names) => findings.extend(names.iter().flat_map(|name| of_program(&package, name, &used, replaces_python))),
        Err(error) => findings.push(stopped(root, &error.into())),
    }
    findings
}

/// The examples of a chapter that wait for a program.
fn waiting(chapter: &Chapter, parsed: &Parsed<'_>) -> Vec<Diagnostic> {
    let note = |embed: Embed| {
        let message = "this Python example waits for its Rust program";
        let file = shell::quoted(Path::new(&chapter.file));
        let hint = format!("`qabook record --new NAME --chapter {file}` makes one to begin with");
        embed.waits().then(|| chapter.finding(rules::WAITS_FOR_PROGRAM, embed.span.start, message, hint))
    };
    embeds(parsed).into_iter().filter_map(note).collect()
}

/// What is wrong with the program `name`, used or not. In a book that is all of programs (`strict`) each is to be shown.
fn of_program(package: &Package, name: &str, used: &BTreeSet<String>, strict: bool) -> Vec<Diagnostic> {
    let runs = package.folder().join("examples").join(name);
    let folder = if runs.is_dir() { runs } else { package.folder().join("compile-fail").join(name) };
    let file = folder.join("main.rs");
    let mut findings = Vec::new();
    if !used.contains(name) {
        let message = format!("no chapter shows the program `{name}`");
        let severity = if strict { rules::UNUSED_SNIPPET.severity } else { Severity::Warning };
        let rule = Rule { severity, ..rules::UNUSED_SNIPPET };
        findings.push(rule.broken(message, "embed it, or delete it").in_file(&file));
    }
    match package.snippet(name) {
        Err(problem) if !used.contains(name) => {
            findings.push(rules::SNIPPET.broken(problem.message, problem.hint).in_file(file));
        }
        Ok(snippet) if snippet.kind == Kind::Runs && snippet.recording.is_none() && package.has_recordings() => {
            let message = format!("recorded.toml doesn't say which compiler made the output of `{name}`");
            let hint = "run `qabook record`";
            findings.push(rules::UNRECORDED_SNIPPET.broken(message, hint).in_file(file));
        }
        _ => {}
    }
    findings
}
