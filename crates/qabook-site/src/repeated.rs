//! Problems that several pages have, told once.

use qabook_support::Diagnostic;
use std::collections::BTreeSet;

/// Problems without those that pages repeat which have no source: the one for paper holds all chapters.
pub(super) fn once(problems: BTreeSet<Diagnostic>) -> Vec<Diagnostic> {
    let is_placed = |problem: &Diagnostic| problem.place.line.is_some();
    let placed: BTreeSet<String> =
        problems.iter().filter(|problem| is_placed(problem)).map(|problem| problem.message.clone()).collect();
    problems.into_iter().filter(|problem| is_placed(problem) || !placed.contains(&problem.message)).collect()
}

/// A problem of several pages, once, at the first of them.
pub(super) fn of_pages((mut problem, files): (Diagnostic, Vec<String>)) -> Diagnostic {
    if files.len() > 1 {
        problem.message += &format!(" (so it is on {} more pages)", files.len() - 1);
    }
    problem.in_file(&files[0])
}
