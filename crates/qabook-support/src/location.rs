//! Naming the author's file and line for a place in a chapter.

use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::Chapter;
use std::path::{Path, PathBuf};

use crate::{Diagnostic, Place, column};

/// A chapter's file as its author knows it.
#[derive(Debug, Clone)]
pub struct ChapterFile {
    /// The path to show: relative to the working directory when the book's root is that directory.
    path: PathBuf,
    /// The file's text, when it can be read.
    source: Option<String>,
}

impl ChapterFile {
    /// The file of `chapter`. A generated chapter has none: its path in the book is shown then.
    #[must_use]
    pub fn of(ctx: &PreprocessorContext, chapter: &Chapter) -> Self {
        Self::below(&ctx.root.join(&ctx.config.book.src), chapter)
    }

    /// The file of `chapter` in the folder `src`; see [`ChapterFile::of`].
    #[must_use]
    pub fn below(src: &Path, chapter: &Chapter) -> Self {
        let relative = chapter.source_path.as_ref().or(chapter.path.as_ref());
        let full = src.join(relative.cloned().unwrap_or_default());
        Self { source: std::fs::read_to_string(&full).ok(), path: shown(&full) }
    }

    /// The path that messages show.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file's text; `None` for a made chapter.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// The line (from 1) in the file for byte `offset` of `content`, the chapter as the preprocessor sees it.
    ///
    /// mdBook expands `{{#include}}` before other preprocessors run, which shifts lines: then the line is found by its
    /// text, and `None` means that it comes from an included file or is there more than once.
    #[must_use]
    pub fn line(&self, content: &str, offset: usize) -> Option<usize> {
        let index = content[..offset].matches('\n').count();
        let text = content.lines().nth(index)?;
        let source = self.source.as_deref()?.trim_start_matches('\u{feff}');
        if source.lines().nth(index) == Some(text) {
            return Some(index + 1);
        }
        let mut same = source.lines().enumerate().filter(|(_, line)| *line == text);
        match (same.next(), same.next()) {
            (Some((found, _)), None) => Some(found + 1),
            _ => None,
        }
    }

    /// The line (from 1) in the file where `text` first is; `None` when it is nowhere in it as it is.
    #[must_use]
    pub fn line_of(&self, text: &str) -> Option<usize> {
        let source = self.source.as_deref()?;
        source.find(text).map(|at| 1 + source[..at].matches('\n').count())
    }

    /// `problem` at byte `offset` of `content`.
    #[must_use]
    pub fn locate(&self, content: &str, offset: usize, problem: Diagnostic) -> Diagnostic {
        let line = self.line(content, offset);
        // A line that was found is the author's own, so its columns are, too.
        let column = line.map(|_| column(content, offset));
        Diagnostic { place: Place { file: self.path.clone(), line, column }, ..problem }
    }

    /// `problem` at a line (from 1) of the file.
    #[must_use]
    pub fn on_line(&self, line: impl Into<Option<usize>>, problem: Diagnostic) -> Diagnostic {
        problem.in_file(self.path.clone()).on_line(line)
    }
}

/// `path` as messages show it: without a leading `./`, and relative to the working directory when it lies below it.
#[must_use]
pub fn shown(path: &Path) -> PathBuf {
    let path = std::env::current_dir().ok().and_then(|cwd| path.strip_prefix(cwd).ok()).unwrap_or(path);
    path.components().filter(|part| !matches!(part, std::path::Component::CurDir)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(source: &str) -> ChapterFile {
        ChapterFile { path: "src/a.md".into(), source: Some(source.into()) }
    }

    #[test]
    fn the_line_of_an_unchanged_chapter_is_its_own() {
        let text = "one\ntwo\nthree\n";
        assert_eq!(file(text).line(text, text.find("two").unwrap()), Some(2));
    }

    #[test]
    fn a_line_below_an_include_is_found_by_its_text() {
        let source = "{{#include x.md}}\nhere\n";
        let expanded = "a\nb\nc\nhere\n";
        assert_eq!(file(source).line(expanded, expanded.find("here").unwrap()), Some(2));
        assert_eq!(file(source).line(expanded, 0), None);
    }

    #[test]
    fn a_shown_path_has_no_leading_dot() {
        assert_eq!(shown(Path::new("./src/a.md")), PathBuf::from("src/a.md"));
    }
}
