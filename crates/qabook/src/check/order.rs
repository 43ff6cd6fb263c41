//! Findings by place, each once.

use qabook_support::{Diagnostic, Place};
use std::path::Path;

use super::rules;

/// `path` as reports show it: with forward slashes, relative to the working directory when it lies below it.
pub(super) fn slashed(path: &Path) -> String {
    qabook_support::shown(path).display().to_string().replace('\\', "/")
}

/// Sorts by place and drops what two stages found alike.
pub(super) fn in_order(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for finding in &mut findings {
        finding.place.file = slashed(&finding.place.file).into();
    }
    findings.sort_by_cached_key(|Diagnostic { place: Place { file, line, column }, rule, message, hint, .. }| {
        let rank = rules::ALL.iter().position(|(known, _)| known.id == rule.id);
        (file.display().to_string(), *line, *column, rank, message.clone(), hint.clone())
    });
    findings.dedup();
    let on_a_line =
        findings.chunk_by(|one, other| (&one.place.file, one.place.line) == (&other.place.file, other.place.line));
    let new = |all: &[Diagnostic], one: &Diagnostic| !all.iter().any(|other| repeats(one, other));
    on_a_line.flat_map(|all| all.iter().filter(|one| new(all, one)).cloned()).collect()
}

/// Whether `finding` says less precisely what `other` says of the same line: the build repeats what the checks of the sources
/// found, without its column.
fn repeats(finding: &Diagnostic, other: &Diagnostic) -> bool {
    let vague = |finding: &Diagnostic| (finding.rule == rules::BUILD, finding.place.column.is_none());
    finding.message == other.message
        && (finding.rule == other.rule || finding.rule == rules::BUILD)
        && vague(finding) > vague(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_build_repeats_is_said_once() {
        let source = rules::SNIPPET.broken("gone", "x").in_file("src/a.md").at("一\n二", 4);
        let build = rules::BUILD.broken("gone", "x").in_file("src/a.md").on_line(2);
        let other = rules::BUILD.broken("else", "x").in_file("src/a.md").on_line(2);
        let vague = rules::SNIPPET.broken("gone", "x").in_file("src/a.md").on_line(2);
        assert_eq!(in_order(vec![source.clone(), build, vague, other.clone()]), [other, source]);
    }

    #[test]
    fn what_is_wrong_twice_on_a_line_is_said_twice() {
        let at = |offset| rules::TODO.broken("a `TODO` is left", "h").in_file("src/a.md").at("TODO TODO", offset);
        assert_eq!(in_order(vec![at(5), at(0), at(5)]), [at(0), at(5)]);
    }

    #[test]
    fn findings_come_by_file_and_place() {
        let at = |file: &str, line| rules::TODO.broken("m", "h").in_file(file).on_line(line);
        let sorted = in_order(vec![at("b", 1), at("a/c", 1), at("a", 10), at("./a", 9), at("a.md", 1)]);
        assert_eq!(sorted, [at("a", 9), at("a", 10), at("a.md", 1), at("a/c", 1), at("b", 1)]);
    }
}
