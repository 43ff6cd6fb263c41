//! What an import says: what it understood and did, for people.

use qabook_support::shell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::plan::{Chapter, Plan};
use crate::told::{Note, Told};
use crate::write::Outcome;

/// How many lines each kind of note names unless all are wanted.
const SHOWN: usize = 5;

/// What was understood of the lists, and what was done to their text; every single place with `all`.
#[must_use]
pub fn report(plan: &Plan, all: bool) -> String {
    let mut out = String::new();
    let count = plan.chapters.len();
    let questions = if count == 1 { "question" } else { "questions" };
    let _ = writeln!(out, "{count} {questions}: {}", plan.shape.questions);
    let mut by_line: Vec<&Chapter> = plan.chapters.iter().collect();
    by_line.sort_by_key(|chapter| (&chapter.file, chapter.line));
    for (word, chapter) in [("first", plan.chapters.first()), ("last", plan.chapters.last())] {
        let _ = chapter.map_or(Ok(()), |chapter| writeln!(out, "  {word:<6}{}  {}", place(chapter), chapter.question));
    }
    let _ = writeln!(out, "parts: {}", plan.shape.parts);
    let mut parts: Vec<(&str, &Chapter, usize)> = Vec::new();
    for chapter in &plan.chapters {
        let name = chapter.part.as_deref().unwrap_or("(no part)");
        match parts.last_mut().filter(|(last, ..)| *last == name) {
            Some((.., count)) => *count += 1,
            None => parts.push((name, chapter, 1)),
        }
    }
    if parts.len() > 1 || plan.chapters.iter().any(|chapter| chapter.part.is_some()) {
        for (name, chapter, count) in &parts {
            let _ = writeln!(out, "  {count:>5}  {name}  ({})", place(chapter));
        }
    }
    let _ = writeln!(out, "title: {} ({})", plan.title, plan.shape.title);
    let _ = writeln!(out, "language: {}", plan.language);
    for left in &plan.files_left_out {
        let _ = writeln!(out, "left out, because {}: {}", left.why.phrase(), left.path.display());
    }
    notes(&plan.notes, all, &mut out);
    out
}

fn place(chapter: &Chapter) -> String {
    format!("{}:{}", slashed(&chapter.file), chapter.line)
}

fn slashed(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

fn notes(notes: &[Note], all: bool, out: &mut String) {
    let mut kinds: BTreeMap<Told, Vec<&Note>> = BTreeMap::new();
    for note in notes {
        kinds.entry(note.what).or_default().push(note);
    }
    for (what, notes) in kinds {
        let _ = writeln!(out, "{:>5}  {}", notes.len(), what.phrase());
        // What every question has is no news.
        let is_common = matches!(what, Told::Number | Told::Dedented);
        let shown = match (all, is_common) {
            (true, _) => notes.len(),
            (false, true) => 0,
            (false, false) => SHOWN,
        };
        for note in notes.iter().take(shown) {
            let _ = writeln!(out, "       {}:{}  {}", slashed(&note.file), note.line, note.detail);
        }
        if !all && !is_common && notes.len() > shown {
            let _ = writeln!(out, "       … and {} more: --verbose shows all", notes.len() - shown);
        }
    }
}

/// What an author may do next: programs in the place of Python examples, text to look at.
#[must_use]
pub fn next_steps(plan: &Plan, outcome: &Outcome, all: bool) -> String {
    let mut out = String::new();
    for path in &outcome.kept {
        let _ = writeln!(out, "left alone, because you changed it: {} (--force overwrites it)", slashed(path));
    }
    for path in &outcome.gone {
        let _ = writeln!(out, "no longer in the list, kept in the book: {}", slashed(path));
    }
    if !outcome.unlisted.is_empty() {
        let summary = slashed(&outcome.source.join("SUMMARY.md"));
        let _ = writeln!(out, "in no book, because your {summary} doesn't list them; add these lines to it:");
        for line in &outcome.unlisted {
            let _ = writeln!(out, "  {line}");
        }
    }
    let waiting: Vec<&Chapter> = plan.chapters.iter().filter(|chapter| chapter.waiting > 0).collect();
    let examples: usize = waiting.iter().map(|chapter| chapter.waiting).sum();
    if examples > 0 {
        let wait = if examples == 1 { "example waits" } else { "examples wait" };
        let _ =
            writeln!(out, "{examples} Python {wait} for a Rust program; make one, in the folder of the book, with:");
        let shown = if all { waiting.len() } else { SHOWN };
        for chapter in waiting.iter().take(shown) {
            let path = shell::quoted(Path::new(&slashed(&outcome.source.join(&chapter.path))));
            let _ = writeln!(out, "  qabook record --new {} --chapter {path}", program(&chapter.path));
        }
        if waiting.len() > shown {
            let _ = writeln!(out, "  … and more ({}): `qabook check` lists all", waiting.len() - shown);
        }
    }
    out
}

/// A name for the program of the chapter at `path`, in letters that cargo allows.
fn program(path: &str) -> String {
    let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
    let ascii: String = stem.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let name = ascii.trim_matches('-');
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name.into() } else { "NAME".into() }
}
