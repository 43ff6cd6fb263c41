//! What is wrong on nearly every page, told once: it comes from the theme or from a setting, and from no chapter.

use qabook_support::{Diagnostic, shown};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

use super::origin::Needle;

/// The problems in `found`, each with the texts that are at its place. One that no chapter's text has, and more than half of the
/// `pages` have, is told once: of the line of the author's `theme` that has it, else of the first page.
pub(super) fn once(found: Vec<(Diagnostic, Vec<Needle>)>, pages: usize, theme: &Path) -> Vec<Diagnostic> {
    // In a chapter's text it has a column.
    let (mut told, unplaced): (Vec<_>, Vec<_>) = found.into_iter().partition(|(one, _)| one.place.column.is_some());
    let mut groups: BTreeMap<(&str, Vec<String>), Vec<Diagnostic>> = BTreeMap::new();
    for (problem, needles) in unplaced {
        let texts = needles.into_iter().map(|needle| needle.text).collect();
        groups.entry((problem.rule.id, texts)).or_default().push(problem);
    }
    for ((_, texts), problems) in groups {
        let is_shared = !texts.is_empty() && problems.len() > 2 && problems.len() * 2 > pages;
        match problems.first().filter(|_| is_shared) {
            Some(first) => told.push((told_once(first.clone(), problems.len() - 1, &texts, theme), Vec::new())),
            None => told.extend(problems.into_iter().map(|problem| (problem, Vec::new()))),
        }
    }
    told.into_iter().map(|(problem, _)| problem).collect()
}

fn told_once(mut problem: Diagnostic, more: usize, texts: &[String], theme: &Path) -> Diagnostic {
    problem.message += &format!(" (so it is on {more} more pages)");
    if let Some((file, line)) = texts.iter().find_map(|text| line_in(theme, text)) {
        return problem.in_file(shown(&file)).on_line(line);
    }
    problem.hint += "; no chapter says so itself: look in book.toml and in the theme";
    problem
}

/// The first line below `theme` that has `text`.
fn line_in(theme: &Path, text: &str) -> Option<(PathBuf, usize)> {
    let files = WalkDir::new(theme).sort_by_file_name().into_iter().flatten();
    let is_template = |path: &Path| path.extension().is_some_and(|kind| kind == "html" || kind == "hbs");
    files.map(walkdir::DirEntry::into_path).filter(|path| is_template(path)).find_map(|path| {
        let source = fs::read_to_string(&path).ok()?;
        let at = source.find(text)?;
        Some((path, 1 + source[..at].matches('\n').count()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::BROKEN_LINK;

    fn told(pages: usize, theme: &Path) -> Vec<String> {
        let found = |page: usize| {
            let problem = BROKEN_LINK.broken("x", "do").in_file(format!("book/{page}.html")).on_line(page);
            (problem, vec![Needle::from("\"x.html\"".to_string())])
        };
        let told = once((1..=3).map(found).collect(), pages, theme);
        told.iter().map(|problem| format!("{}: {}", problem.place, problem.message)).collect()
    }

    #[test]
    fn what_most_pages_have_is_told_once_and_of_the_template() {
        let theme = tempfile::tempdir().unwrap();
        assert_eq!(told(9, theme.path()), ["book/1.html:1: x", "book/2.html:2: x", "book/3.html:3: x"]);
        assert_eq!(told(4, theme.path()), ["book/1.html:1: x (so it is on 2 more pages)"]);
        fs::write(theme.path().join("a.html"), "\n<a href=\"x.html\">").unwrap();
        let [one] = &told(4, theme.path())[..] else { panic!("one") };
        assert!(one.ends_with("a.html:2: x (so it is on 2 more pages)"), "{one}");
    }
}
