//! From a built page back to the chapter that it was made of.

use qabook_support::{Diagnostic, Place};
use std::collections::HashMap;
use std::path::Path;

use crate::check::source::Chapter;

/// What is wrong on a page, before it is known which file of the sources it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Flaw {
    /// On its line of the built file.
    pub(super) problem: Diagnostic,
    /// Texts that are at its place in the chapter, the surest first.
    pub(super) needles: Vec<Needle>,
}

impl Flaw {
    /// `problem` on `line` (from 1) of the built file.
    pub(super) fn new(problem: Diagnostic, line: usize, needles: Vec<Needle>) -> Self {
        Self { problem: problem.on_line(line), needles }
    }
}

/// A text to look for in a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Needle {
    pub(super) text: String,
    /// The byte of the text that is meant.
    pub(super) at: usize,
}

impl From<String> for Needle {
    fn from(text: String) -> Self {
        Self { text, at: 0 }
    }
}

/// Which page was made of which chapter.
pub(super) struct Origins<'a> {
    /// What the site's folder is called in reports.
    label: String,
    by_page: HashMap<String, &'a Chapter>,
}

impl<'a> Origins<'a> {
    /// The pages of `chapters`.
    pub(super) fn new(label: String, chapters: &'a [Chapter]) -> Self {
        let mut by_page = HashMap::new();
        let chapters = chapters.iter().filter(|chapter| !chapter.is_summary);
        for chapter in chapters {
            by_page.entry(page_of(&chapter.path)).or_insert(chapter);
            // mdBook renders the first chapter twice.
            by_page.entry("index.html".into()).or_insert(chapter);
        }
        Self { label, by_page }
    }

    /// Whether `page` is the home page that repeats another one: mdBook renders the first chapter twice.
    pub(super) fn is_copy(&self, page: &str) -> bool {
        page == "index.html" && self.by_page.get(page).is_some_and(|chapter| page_of(&chapter.path) != page)
    }

    /// How reports call the built file at `path`.
    pub(super) fn built(&self, path: &str) -> String {
        if self.label.is_empty() { path.to_string() } else { format!("{}/{path}", self.label) }
    }

    /// File, line and column of the first of `needles` in the chapter of `page`. Where there is none, the chapter as a
    /// whole is named, and for a page that no chapter became, `line` of the built file.
    pub(super) fn place(&self, page: &str, line: usize, needles: &[Needle]) -> Place {
        let Some(chapter) = self.by_page.get(page) else {
            return Place { file: self.built(page).into(), line: Some(line), column: None };
        };
        let at = needles.iter().find_map(|needle| Some(find(&chapter.text, &needle.text)? + needle.at));
        Place {
            file: chapter.file.clone().into(),
            line: at.map(|at| 1 + chapter.text[..at].matches('\n').count()),
            column: at.map(|at| qabook_support::column(&chapter.text, at)),
        }
    }

    /// The problem of `flaw`, which is on `page`, where its author finds it.
    pub(super) fn locate(&self, page: &str, flaw: Flaw) -> Diagnostic {
        let line = flaw.problem.place.line.unwrap_or(1);
        Diagnostic { place: self.place(page, line, &flaw.needles), ..flaw.problem }
    }
}

/// The page that mdBook makes of the chapter at `path`.
pub(super) fn page_of(path: &Path) -> String {
    let is_readme = path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
    let page = if is_readme { path.with_file_name("index.html") } else { path.with_extension("html") };
    page.display().to_string().replace('\\', "/")
}

/// Where `needle` is in `text`. A line end in it matches one with quote marks, indentation or emphasis around it.
fn find(text: &str, needle: &str) -> Option<usize> {
    let Some((left, right)) = needle.split_once('\n') else { return text.find(needle) };
    let marks = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '>' | '[' | ']');
    let mut offset = 0;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let end = line.trim_end_matches(marks);
        let next = lines.peek().map_or("", |next| next.trim_start_matches(marks));
        if end.ends_with(left) && next.starts_with(right) {
            return Some(offset + end.len() - left.len());
        }
        offset += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::source::tests::chapter;

    #[test]
    fn the_home_page_repeats_a_first_chapter_of_another_name() {
        let first = |path: &str| vec![Chapter { path: path.into(), ..chapter("") }];
        let is_copy = |path: &str, page: &str| Origins::new(String::new(), &first(path)).is_copy(page);
        assert!(is_copy("a.md", "index.html"));
        assert!(!is_copy("a.md", "a.html"));
        assert!(!is_copy("README.md", "index.html"));
    }

    #[test]
    fn pages_have_the_names_that_mdbook_gives() {
        for (path, page) in [("a/b.md", "a/b.html"), ("README.md", "index.html"), ("a/readme.md", "a/index.html")] {
            assert_eq!(page_of(Path::new(path)), page);
        }
    }

    #[test]
    fn a_place_is_found_by_its_text() {
        let chapters = [chapter("一\n汉**字\n> 行尾**\n> **下一行\n")];
        let origins = Origins::new("book".into(), &chapters);
        let tuple = |Place { file, line, column }| (file.display().to_string(), line, column);
        let place = |page: &str, needle: &str| {
            tuple(origins.place(page, 9, &["nowhere".to_string().into(), needle.to_string().into()]))
        };
        assert_eq!(place("a.html", "**字"), ("src/a.md".into(), Some(2), Some(2)));
        assert_eq!(place("index.html", "行尾\n下一"), ("src/a.md".into(), Some(3), Some(3)));
        let star = Needle { text: "汉**".into(), at: 3 };
        assert_eq!(tuple(origins.place("a.html", 9, &[star])), ("src/a.md".into(), Some(2), Some(2)));
        assert_eq!(place("a.html", "nothing"), ("src/a.md".into(), None, None));
        assert_eq!(place("tags.html", "一"), ("book/tags.html".into(), Some(9), None));
    }
}
