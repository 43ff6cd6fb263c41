//! Problems that several pages have, told once.

use qabook_support::{Diagnostic, Place, shown};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::rewriting::PAGE_FORM;

/// What is said of a problem that is on many pages and in no chapter's own text.
const SHARED: &str =
    "no chapter says so itself: look in the templates and the theme, in book.toml, and in what chapters include";

/// The problems of all pages, each with its page, told once: at their lines where those are known, else at the chapters or, where
/// most of `chapters` have it or none, at the one thing that all pages are made by.
pub(super) fn once(
    problems: Vec<(String, Diagnostic)>,
    chapters: usize,
    template: Option<&PathBuf>,
) -> Vec<Diagnostic> {
    let (placed, unplaced): (Vec<_>, Vec<_>) = problems.into_iter().partition(|(_, found)| found.place.line.is_some());
    let placed: BTreeSet<Diagnostic> = placed.into_iter().map(|(_, problem)| problem).collect();
    let mut at: BTreeMap<Diagnostic, Vec<(String, Place)>> = BTreeMap::new();
    for (page, mut problem) in unplaced {
        let place = std::mem::take(&mut problem.place);
        at.entry(problem).or_default().push((page, place));
    }
    // The page for paper repeats all chapters.
    let is_known = |problem: &Diagnostic| placed.iter().any(|one| one.message == problem.message);
    let unplaced: Vec<Diagnostic> = at
        .into_iter()
        .filter(|(problem, _)| !is_known(problem))
        .flat_map(|(problem, places)| of_pages(problem, &places, chapters, template))
        .collect();
    placed.into_iter().chain(unplaced).collect()
}

/// A problem of pages, each with the file that it may come from.
fn of_pages(
    problem: Diagnostic,
    places: &[(String, Place)],
    chapters: usize,
    template: Option<&PathBuf>,
) -> Vec<Diagnostic> {
    let own: BTreeSet<&PathBuf> =
        places.iter().map(|(_, place)| &place.file).filter(|file| !file.as_os_str().is_empty()).collect();
    let is_shared = own.len() > 2 && own.len() * 2 > chapters;
    if !is_shared && !own.is_empty() {
        return own.into_iter().map(|file| problem.clone().in_file(file)).collect();
    }
    let Some((page, _)) = places.first() else { return Vec::new() };
    let more = places.len() - 1;
    let mut once = problem.in_file(page);
    if more > 0 {
        once.message += &format!(" (so it is on {more} more pages)");
    }
    if is_shared {
        once.hint = format!("{SHARED}; {}", once.hint);
    }
    match template.filter(|_| once.rule == PAGE_FORM) {
        Some(template) => vec![once.in_file(shown(template))],
        None if more > 0 && once.rule != PAGE_FORM => vec![once.in_file("")],
        None => vec![once],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grants::POLICY;

    fn told(problems: &[(&str, &str, Option<usize>)], template: Option<&PathBuf>) -> Vec<String> {
        let problem = |&(page, file, line): &(&str, &str, Option<usize>)| {
            (page.to_string(), POLICY.broken("x", "do").in_file(file).on_line(line))
        };
        let told = once(problems.iter().map(problem).collect(), 4, template);
        told.iter().map(|problem| format!("{}: {}", problem.place, problem.message)).collect()
    }

    #[test]
    fn a_line_says_all() {
        let problems = [("a.html", "a.md", Some(3)), ("print.html", "", None), ("index.html", "a.md", Some(3))];
        assert_eq!(told(&problems, None), ["a.md:3: x"]);
    }

    #[test]
    fn chapters_without_a_line_are_named() {
        let problems = [("a.html", "a.md", None), ("b.html", "b.md", None), ("print.html", "", None)];
        assert_eq!(told(&problems, None), ["a.md: x", "b.md: x"]);
    }

    #[test]
    fn what_most_chapters_have_is_told_of_none() {
        let problems = [("a.html", "a.md", None), ("b.html", "b.md", None), ("c.html", "c.md", None)];
        assert_eq!(told(&problems, None), [": x (so it is on 2 more pages)"]);
        let problems = [("a.html", "", None), ("b.html", "", None)];
        assert_eq!(told(&problems, None), [": x (so it is on 1 more pages)"]);
        assert_eq!(told(&problems[..1], None), ["a.html: x"]);
    }

    #[test]
    fn a_page_of_another_form_names_the_authors_template() {
        let problems = ["a.html", "b.html"].map(|page| (page.to_string(), PAGE_FORM.broken("x", "do")));
        let file = |template| once(problems.to_vec(), 4, template).remove(0).place.to_string();
        assert_eq!(file(None), "a.html");
        assert_eq!(file(Some(&PathBuf::from("theme/index.hbs"))), "theme/index.hbs");
    }
}
