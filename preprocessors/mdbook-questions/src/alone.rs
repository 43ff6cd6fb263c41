//! One chapter of a book whose other chapters have not changed.

use anyhow::{Result, ensure};
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use qabook_support::Diagnostics;
use std::sync::Arc;

use crate::catalog::Catalog;
use crate::chapter::ParsedChapter;
use crate::config::Config;
use crate::entry::Entry;
use crate::practice::Practice;
use crate::question::Question;
use crate::render::Renderer;
use crate::rewrite::{add_facts, all_rewritten, put};
use crate::storage::Storage;
use crate::{body, directives};

/// The preprocessor `questions` for a book of some chapters of a larger one: what the others say of themselves is known.
#[derive(Debug, Clone)]
pub struct ChapterAlone {
    /// The questions of the larger book.
    pub catalog: Arc<Catalog>,
}

impl ChapterAlone {
    /// Whether what other pages show of each chapter of `book` is as it was.
    fn says_the_same(&self, ctx: &PreprocessorContext, book: &Book, config: &Config) -> bool {
        let (now, problems) = Catalog::read_what_is_right(ctx, book, config);
        // `related` names chapters that aren't here; what else is wrong, the whole build says.
        drop(problems);
        book.chapters().filter_map(|chapter| chapter.path.as_deref()).all(|path| {
            match (self.catalog.entry(path), now.entry(path)) {
                (Some(was), Some(is)) => are_equal(was, is),
                (was, is) => was.is_none() && is.is_none(),
            }
        })
    }
}

/// Whether two entries say the same, but for what their places in a book give: the part, and the number where it is counted, as it
/// is from 1 in a book of one chapter.
fn are_equal(was: &Entry, is: &Entry) -> bool {
    let number = if is.question.number == 1 { was.question.number } else { is.question.number };
    let question = Question { number, ..is.question.clone() };
    was.question == question && was.title == is.title && was.says == is.says
}

impl Preprocessor for ChapterAlone {
    fn name(&self) -> &'static str {
        "questions"
    }

    /// Rewrites the chapters of `book` as they are in the larger one.
    ///
    /// # Errors
    /// A chapter that says something else of itself than it did, or that lists others: only the whole book can be rewritten.
    /// What is wrong with a chapter.
    fn run(&self, ctx: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let config = Config::from_book(&ctx.config)?;
        ensure!(self.says_the_same(ctx, &book, &config), "what the chapter says of itself has changed");
        let renderer = Renderer::new(ctx, &config)?;
        let bodies = body::bodies(&book);
        let chapters = ParsedChapter::all_of(ctx, &book, &bodies, &self.catalog);
        for chapter in &chapters {
            ensure!(directives::find(chapter)?.is_empty(), "the chapter lists others");
        }
        let practice = Practice::of(&book, &chapters, &renderer);
        let mut problems = Diagnostics::default();
        let contents = all_rewritten(&chapters, &self.catalog, &practice, &renderer, &mut problems);
        problems.into_result(())?;
        drop(chapters);
        drop(bodies);
        put(&mut book, &self.catalog, contents);
        if renderer.is_html() {
            add_facts(&mut book, &self.catalog, &renderer, &Storage(config.storage(&ctx.config)));
        }
        Ok(book)
    }
}
