//! `{{#include}}` and its kin: files that are missing or include themselves.

use qabook_support::Diagnostic;
use qabook_support::path::slashed;
use regex::Regex;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::text::{SOURCE, read_text};

/// mdBook's directives that read a file. A backslash before the braces makes them plain text.
static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(\\?)\{\{\s*#(include|rustdoc_include|playground)\s+([^\s}:]+)[^}]*\}\}").expect("a valid pattern")
});

/// The problems of what the text `content` of the file at `path` includes, directly or through other files.
pub(super) fn check(path: &Path, content: &str) -> Vec<Diagnostic> {
    follow(path, content, &mut vec![normal(path)])
}

/// `chain` holds the files from the chapter down to `path`.
fn follow(path: &Path, content: &str, chain: &mut Vec<PathBuf>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for directive in DIRECTIVE.captures_iter(content).filter(|directive| directive[1].is_empty()) {
        let line = 1 + content[..directive.get(0).map_or(0, |whole| whole.start())].matches('\n').count();
        let target = path.parent().unwrap_or(Path::new("")).join(&directive[3]);
        let normal_target = normal(&target);
        if chain.contains(&normal_target) {
            let files = chain.iter().chain([&normal_target]).map(|file| slashed(file));
            let message = format!("a circular include: {}", files.collect::<Vec<_>>().join(" → "));
            problems.push(SOURCE.broken(message, "take one of these includes out").in_file(path).on_line(line));
            continue;
        }
        match read_text(&target) {
            Ok(text) => {
                chain.push(normal_target);
                problems.extend(follow(&target, &text, chain));
                chain.pop();
            }
            Err(reason) => {
                let message = format!("the included file {}: {}", slashed(&normal_target), reason.message);
                let hint = "fix the path (it is relative to this file), or create the file; \
                            to show a directive as text, write \\{{#include …}}";
                problems.push(SOURCE.broken(message, hint).in_file(path).on_line(line));
            }
        }
    }
    problems
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
