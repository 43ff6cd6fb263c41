//! Checks of the book's sources: `SUMMARY.md`, the chapters, and the snippet package.

mod chapter;
mod chinese;
mod headings;
mod prose;
mod questions;
mod snippets;
#[cfg(feature = "prose")]
pub(super) mod spacing;

#[cfg(test)]
pub(super) use chapter::tests;
pub(super) use chapter::{Chapter, without_directives};

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_preprocessor::book::BookItem;
use qabook_document::{Failures, Opened};
use qabook_support::Diagnostic;
use qabook_support::maths::Dollars;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

use super::rules::findings;
use super::site;
use crate::build::{self, Stages, Verbosity};

/// `chapter` with its spacing fixed; `None` when nothing is wrong with it, or when this qabook doesn't look.
#[cfg_attr(not(feature = "prose"), expect(unused_variables, reason = "nothing is looked at"))]
pub(super) fn fixed(chapter: &Chapter, prose: &str) -> Option<String> {
    #[cfg(feature = "prose")]
    return spacing::fixed(chapter, prose);
    #[cfg(not(feature = "prose"))]
    return None;
}

/// The sources of a book, as far as they can be read.
pub(super) struct Sources {
    /// The chapters in the order of the book, and `SUMMARY.md`.
    pub(super) chapters: Vec<Chapter>,
    /// What can't be read, and why.
    pub(super) findings: Vec<Diagnostic>,
    /// The book, without the chapters that can't be read; `None` when there is no summary.
    pub(super) book: Option<MDBook>,
}

/// Loads the book, as far as it can be read.
pub(super) fn load(opened: &Opened) -> Sources {
    let Opened { root, config } = opened;
    let mut failures = Failures::default();
    let book = build::load(opened, &mut Stages::new(Verbosity::Quiet), &mut failures);
    let written = book.iter().flat_map(|book| book.iter()).filter_map(|item| match item {
        BookItem::Chapter(chapter) => chapter.source_path.clone(),
        _ => None,
    });
    let not_found = config.html_config().unwrap_or_default().input_404.unwrap_or_else(|| "404.md".into());
    let src = root.join(&config.book.src);
    let paths = ["SUMMARY.md".into()].into_iter().chain(written).chain([not_found.into()]);
    let chapters = paths.filter_map(|path: PathBuf| Chapter::read(&src, &path)).collect();
    Sources { chapters, findings: findings(root, failures), book }
}

/// The words in titles, questions and summaries that look like marks, since these are plain text, and `**kwargs` means itself;
/// and what stands around the marks that chapters escape.
pub(super) fn words_with_marks(sources: &Sources) -> Vec<String> {
    let escaped = sources.chapters.iter().flat_map(|chapter| site::escaped_marks(&chapter.text));
    let Some(book) = &sources.book else { return escaped.collect() };
    let titles = book.book.chapters().map(|chapter| chapter.name.clone());
    let texts = titles.chain(questions::texts(book)).collect::<Vec<_>>();
    texts.iter().flat_map(|text| site::words_with_marks(text)).chain(escaped).collect()
}

/// Everything that is wrong with `sources`.
pub(super) fn check(root: &Path, config: &Config, sources: &Sources) -> Vec<Diagnostic> {
    let dollars = Dollars::of(config);
    let per_chapter = |chapter: &Chapter| {
        let prose = chapter.prose(dollars);
        let mut found = prose::check(chapter, &prose);
        #[cfg(feature = "prose")]
        found.extend(spacing::check(chapter, &prose));
        if !chapter.is_summary {
            found.extend(headings::check(chapter, &prose));
            found.extend(chinese::check_chapter(config, chapter));
        }
        found
    };
    let mut findings: Vec<Diagnostic> = sources.chapters.par_iter().flat_map_iter(per_chapter).collect();
    findings.extend(chinese::check_settings(root, config));
    findings.extend(snippets::check(root, config, &sources.chapters));
    if let Some(book) = &sources.book {
        findings.extend(questions::check(book));
    }
    findings
}
