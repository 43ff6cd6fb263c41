//! `{{#include}}` and its kin: files, parts and lines that are missing, files that include themselves, and what lies deeper
//! than mdBook follows.

use qabook_support::Diagnostic;
use qabook_support::path::slashed;
use regex::Regex;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::inside::OUTSIDE;
use super::selection::Selection;
use super::text::{ENDLESS, SOURCE, read_text};

/// mdBook's directives that read a file. A backslash before the braces makes them plain text.
static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(\\?)\{\{\s*#(include|rustdoc_include|playground)\s+([^\s}:]+)(?::([^\s}]*))?[^}]*\}\}")
        .expect("a valid pattern")
});

/// How many files deep mdBook follows: what a deeper one includes, it leaves out.
const DEPTH: usize = 10;

/// A file on the way from the chapter to what is included.
#[derive(Debug)]
struct Step {
    file: PathBuf,
    /// The line of the directive that leads on.
    line: Option<usize>,
}

/// The problems of what the text `content` of the file at `path` includes, directly or through other files.
pub(super) fn check(path: &Path, content: &str) -> Vec<Diagnostic> {
    let lines: Vec<(usize, &str)> = content.lines().enumerate().map(|(index, line)| (index + 1, line)).collect();
    follow(path, &lines, &mut Vec::new())
}

/// Whether the text `content` of the file at `path` includes what mdBook would read for ever.
pub(super) fn is_endless(path: &Path, content: &str) -> bool {
    content.contains("{{") && check(path, content).iter().any(|problem| problem.message.contains(ENDLESS))
}

/// Adds to `files` what the text `content` of the file at `path` includes, directly or through other files, whether it is
/// there or not.
pub(super) fn files(path: &Path, content: &str, files: &mut BTreeSet<PathBuf>) {
    for directive in DIRECTIVE.captures_iter(content).filter(|directive| directive[1].is_empty()) {
        let target = normal(&path.parent().unwrap_or(Path::new("")).join(&directive[3]));
        if files.insert(target.clone())
            && let Ok(text) = read_text(&target)
        {
            self::files(&target, &text, files);
        }
    }
}

/// `lines`, with their numbers, are of the file at `path`; `chain` leads there from the chapter.
fn follow(path: &Path, lines: &[(usize, &str)], chain: &mut Vec<Step>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let text = lines.iter().map(|(_, line)| *line).collect::<Vec<_>>().join("\n");
    for directive in DIRECTIVE.captures_iter(&text).filter(|directive| directive[1].is_empty()) {
        let index = text[..directive.get(0).map_or(0, |whole| whole.start())].matches('\n').count();
        let line = lines.get(index).map(|(number, _)| *number);
        let target = path.parent().unwrap_or(Path::new("")).join(&directive[3]);
        let is_playground = &directive[2] == "playground";
        let selection = directive.get(4).filter(|_| !is_playground).map(|part| part.as_str());
        let selection = selection.map(Selection::read).unwrap_or_default();
        chain.push(Step { file: normal(path), line });
        let found = included(&target, &selection, chain);
        chain.pop();
        match found {
            Ok(found) => problems.extend(found),
            Err(problem) => problems.push(problem.in_file(path).on_line(line)),
        }
    }
    problems
}

/// The problems of what the `selection` of the file at `target` includes in its turn.
/// Errors: What is wrong with the directive that names it, the last step of `chain`.
fn included(target: &Path, selection: &Selection, chain: &mut Vec<Step>) -> Result<Vec<Diagnostic>, Diagnostic> {
    let file = normal(target);
    let name = slashed(&file);
    let files = chain.iter().map(|step| slashed(&step.file)).chain([name.clone()]).collect::<Vec<_>>().join(" → ");
    let text = read_text(target).map_err(|reason| {
        let hint = "fix the path (it is relative to this file), or create the file; \
                    to show a directive as text, write \\{{#include …}}";
        SOURCE.broken(format!("the included file {name}: {}", reason.message), hint)
    })?;
    if chain.first().is_some_and(|chapter| is_outside(target, &chapter.file)) {
        let hint = "copy the file into the book's folder, or, in a git repository, anywhere into that";
        return Err(OUTSIDE.broken(format!("the included file {name} is outside the book's folder"), hint));
    }
    let lines = selection.lines(&text).ok_or_else(|| {
        let hint = match selection {
            Selection::Anchor(_) => {
                "mark the part by `ANCHOR: name` and `ANCHOR_END: name` in remarks, or fix the name"
            }
            _ => "fix the numbers of the lines, or name a part by ANCHOR",
        };
        SOURCE.broken(format!("the included file {name} has no {selection}"), hint)
    })?;
    // A file may include another part of itself; one with the directive that leads here would never end.
    let has = |line: Option<usize>| lines.iter().any(|(number, _)| Some(*number) == line);
    if chain.iter().any(|step| step.file == file && has(step.line)) {
        return Err(SOURCE.broken(format!("a circular include: {files}"), "take one of these includes out"));
    }
    if chain.len() > DEPTH {
        let message = format!("mdBook follows includes {DEPTH} files deep, and here are more: {files}");
        return Err(SOURCE.broken(message, "include the last of these files further up"));
    }
    Ok(follow(target, &lines, chain))
}

/// Whether the file `target` is neither in the folder of the book of `chapter`, nor in the git repository that this folder is in:
/// who builds others' texts publishes nothing else that is on the machine. Links are followed.
fn is_outside(target: &Path, chapter: &Path) -> bool {
    let Ok(chapter) = std::path::absolute(chapter) else { return true };
    let Some(book) = chapter.ancestors().find(|folder| folder.join("book.toml").is_file()) else { return false };
    let folder = book.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(book);
    match (target.canonicalize(), folder.canonicalize()) {
        (Ok(target), Ok(folder)) => !target.starts_with(folder),
        _ => true,
    }
}

/// `path` with `..` and `.` taken out, so that two names of one file are equal.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir if normal.file_name().is_some() => {
                normal.pop();
            }
            part => normal.push(part),
        }
    }
    normal
}
