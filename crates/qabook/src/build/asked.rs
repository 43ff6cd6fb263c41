//! The `asked` of a chapter that names a section which its page doesn't have: the index of the search finds it.

use mdbook_driver::config::Config;
use mdbook_preprocessor::book::Book;
use mdbook_questions::body_start;
use mdbook_zh_search::Astray;
use qabook_support::path::slashed;
use qabook_support::{Diagnostic, shown};
use std::fs;
use std::path::{Path, PathBuf};

use crate::check::rules::BROKEN_FRAGMENT;

/// What led `astray` in the rendered `book`, each at its line of the chapter.
pub(super) fn problems(root: &Path, config: &Config, book: &Book, astray: &[Astray]) -> Vec<Diagnostic> {
    let src = root.join(&config.book.src);
    let file_of = |page: &str| -> Option<PathBuf> {
        let is_page = |path: &PathBuf| slashed(&path.with_extension("html")) == page;
        let chapter = book.chapters().find(|chapter| chapter.path.as_ref().is_some_and(is_page))?;
        Some(src.join(chapter.source_path.as_ref()?))
    };
    let problem = |one: &Astray| {
        let hint = "fix the part after `#`, or give the heading that id: `## title {#id}`";
        let problem = BROKEN_FRAGMENT.broken(one.to_string(), hint);
        match file_of(&one.page) {
            Some(file) => {
                problem.on_line(line(&fs::read_to_string(&file).unwrap_or_default(), one)).in_file(shown(&file))
            }
            None => problem.in_file(&one.page),
        }
    };
    astray.iter().map(problem).collect()
}

/// The line of `source`, from 1, that asks `one`; else the first that names its section.
fn line(source: &str, one: &Astray) -> Option<usize> {
    let id = format!("{{#{}}}", one.anchor);
    let front_matter = &source[..body_start(source)];
    let names = |line: &str| line.contains(&id);
    let asks = |line: &str| names(line) && line.contains(&one.text);
    let at = front_matter.lines().position(asks).or_else(|| front_matter.lines().position(names))?;
    Some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_that_of_the_wording() {
        let source = "+++\nasked = [\n  \"a {#x}\",\n  \"b \\\"c\\\" {#y}\",\n  \"d {#x}\",\n]\n+++\n\n# T {#z}\n";
        for (text, anchor, found) in
            [("d", "x", Some(5)), ("a", "x", Some(3)), ("b \"c\"", "y", Some(4)), ("e", "z", None)]
        {
            let one = Astray { page: "a.html".into(), text: text.into(), anchor: anchor.into() };
            assert_eq!(line(source, &one), found, "{text}");
        }
    }
}
