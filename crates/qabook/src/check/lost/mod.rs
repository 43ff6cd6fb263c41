//! What a chapter says and its page doesn't.
//!
//! A chapter, with what it includes, is read as pieces: a paragraph, a cell, a block of code, each as its letters and digits
//! alone. Each piece must be on the page as a whole, in the same way of reading, since spaces, quotes and marks are what
//! preprocessors may change. Link targets, attributes, comments, formulas, diagrams, directives and front matter are no text
//! of the page.
//!
//! ```text
//! chapter ──> pieces ──> compare <── letters <── page
//! ```

mod compare;
mod html;
mod pieces;
mod reading;

use mdbook_driver::MDBook;
use mdbook_driver::builtin_preprocessors::LinkPreprocessor;
use mdbook_driver::config::Config;
use mdbook_preprocessor::book::{Book, Chapter};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use qabook_document::Opened;
use qabook_support::{ChapterFile, Diagnostic};
use rayon::prelude::*;
use std::path::Path;

use super::rules::LOST_TEXT;
use super::site::Site;
use pieces::pieces;
use reading::Reading;

/// Preprocessors that leave the text as it is but for what this module knows of: mdBook's, and those of the workspace.
const KNOWN: [&str; 7] = ["links", "index", "snippets", "mermaid-svg", "questions", "chinese", "katex"];

/// How much of a text that is lost is shown, in characters.
const SHOWN: usize = 24;

/// A book with its includes, as its author wrote it otherwise.
pub(super) struct Written(Book);

impl Written {
    /// That of the `book` that was `opened`; `None` when it couldn't be loaded, or when other preprocessors change its text in
    /// ways that only its author knows.
    pub(super) fn of(opened: &Opened, book: Option<&MDBook>) -> Option<Self> {
        let book = book.filter(|_| !has_foreign(&opened.config))?;
        let config = &opened.config;
        if !config.build.use_default_preprocessors && !config.contains_key("preprocessor.links") {
            return Some(Self(book.book.clone()));
        }
        let ctx = PreprocessorContext::new(opened.root.clone(), config.clone(), "html".into());
        LinkPreprocessor::new().run(&ctx, book.book.clone()).ok().map(Self)
    }

    /// What the chapters say and their pages in `site` don't.
    pub(super) fn check(&self, opened: &Opened, site: &Site<'_>) -> Vec<Diagnostic> {
        let src = opened.root.join(&opened.config.book.src);
        let reading = Reading::of_book(&opened.config);
        let chapters: Vec<&Chapter> = self.0.chapters().collect();
        chapters.par_iter().flat_map_iter(|chapter| of_chapter(chapter, &src, &reading, site)).collect()
    }
}

fn has_foreign(config: &Config) -> bool {
    let tables = config.preprocessors::<toml::Value>().unwrap_or_default();
    let is_foreign = |name: &String| !KNOWN.contains(&name.as_str()) && qabook_document::is_on(config, name);
    tables.keys().any(is_foreign)
}

fn of_chapter(chapter: &Chapter, src: &Path, reading: &Reading, site: &Site<'_>) -> Vec<Diagnostic> {
    let Some(page) = chapter.source_path.as_deref().and_then(|path| site.letters_of(path)) else { return Vec::new() };
    let text = chapter.content.as_str();
    let file = ChapterFile::below(src, chapter);
    let pieces = pieces(text, reading);
    let finding = |at: usize| {
        let message = format!("the page lacks “{}”", excerpt(text, at));
        let hint = "Markdown or a preprocessor took it out: look at what stands before it, such as a footnote that nothing refers \
                    to, a row with more cells than its header, or a comment that is not closed";
        file.locate(text, at, LOST_TEXT.broken(message, hint))
    };
    compare::lost(&pieces, page).into_iter().map(finding).collect()
}

/// The beginning of what stands at byte `at` of `text`.
fn excerpt(text: &str, at: usize) -> String {
    let line = text[at..].lines().next().unwrap_or_default().trim();
    let shown: String = line.chars().take(SHOWN).collect();
    if shown.len() < line.len() { shown + "…" } else { shown }
}
