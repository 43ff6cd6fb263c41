//! An mdBook preprocessor for books of questions.
//!
//! A question chapter, that is every numbered chapter of `SUMMARY.md`, begins with TOML front matter:
//!
//! ```toml
//! +++
//! number = 8
//! question = "什么是 socket？"
//! summary = "应用程序与内核网络协议栈之间的接口……"
//! level = "basic"
//! tags = ["TCP", "socket"]
//! aliases = ["套接字"]
//! related = ["tcp-handshake"]
//! verified = 2026-11-23
//! +++
//! ```
//!
//! It is taken out of the text and becomes:
//! - a page header below the H1 (number, question, summary, level, tags, date) and links to `related` at the end;
//! - the chapter's number in the table of contents;
//! - an index page for each part that has chapters, and one of all tags at the end of the book.
//!
//! Lists in a section with the id `errata` or `references` are collected on two more pages: all corrections by question,
//! and all sources with the questions that cite them.
//!
//! On any page, alone in its paragraph, `{{#questions}}` becomes the list of all questions by part and
//! `{{#random-question}}` a link to one of them; `{{#downloads}}` links the whole book in other forms, for HTML alone. For
//! HTML the two halves of an erratum (`- **误**：…。**正**：…`) are marked, so that the theme can show them as a correction.
//!
//! Templates: `question-header.html`, `question-end.html`, `part-index.html`, `question-parts.html`, `random-question.html`,
//! `downloads.html`; a file of that name under `theme/templates/` wins. Renderers other than HTML get plain Markdown.
//! Everything else stays byte-identical.
//!
//! ```toml
//! [preprocessor.questions]
//! after = ["links", "snippets"]
//! last-number = 52          # the highest question number
//! downloads = ["book.pdf"]  # files that stand beside the pages
//! [[preprocessor.questions.source-groups]]
//! title = "RFC"             # a section of the page of sources
//! hosts = ["rfc-editor.org"]
//! ```

mod catalog;
mod collected;
mod config;
mod directives;
mod errata;
mod front_matter;
mod listing;
mod markdown;
mod pages;
mod render;
mod sections;

pub use catalog::{Catalog, Entry};
pub use config::{Config, SourceGroup};
pub use front_matter::{Level, Question, body_start};

use anyhow::Result;
use front_matter::FrontMatter;
use mdbook_preprocessor::book::{Book, BookItem, Chapter, SectionNumber};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use qabook_support::{ChapterFile, Diagnostics};
use render::Renderer;
use std::path::PathBuf;

/// The preprocessor `questions`.
#[derive(Debug, Default, Clone, Copy)]
pub struct QuestionsPreprocessor;

impl Preprocessor for QuestionsPreprocessor {
    fn name(&self) -> &'static str {
        "questions"
    }

    /// Reads the front matter of every question and renders what is made of it.
    ///
    /// # Errors
    /// [`Diagnostics`] with every problem of the whole book: missing or unclosed front matter, invalid TOML, unknown keys,
    /// values out of range, duplicate numbers, unknown `related` slugs, a chapter without H1, a misused directive.
    fn run(&self, ctx: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let config = Config::from_book(&ctx.config)?;
        let renderer = Renderer::new(ctx, &config)?;
        let catalog = Catalog::read(ctx, &book, &config)?;
        let collected = pages::collect(&book, &catalog, &config, &renderer);
        let mut problems = Diagnostics::default();
        for_each_chapter(&mut book.items, &mut |chapter| {
            let entry = chapter.path.as_ref().and_then(|path| catalog.entry(path));
            match entry {
                Some(entry) => match renderer.question(entry, &catalog, &chapter.content) {
                    Ok(content) => {
                        chapter.content = content;
                        chapter.number = Some(SectionNumber::new([entry.question.number]));
                    }
                    Err(found) => problems.extend(found),
                },
                // mdBook counts drafts too, but its count isn't the number of a question.
                None => chapter.number = None,
            }
            if !chapter.is_draft_chapter() {
                match listing::expanded(chapter, &ChapterFile::of(ctx, chapter), &catalog, &renderer) {
                    Ok(content) => chapter.content = content,
                    Err(found) => problems.extend(found),
                }
            }
        });
        problems.into_result(())?;
        pages::insert(&mut book, &catalog, &renderer, collected)?;
        Ok(book)
    }
}

/// Every chapter, drafts included.
fn for_each_chapter(items: &mut [BookItem], visit: &mut impl FnMut(&mut Chapter)) {
    for item in items {
        if let BookItem::Chapter(chapter) = item {
            for_each_chapter(&mut chapter.sub_items, visit);
            visit(chapter);
        }
    }
}

/// Whether `chapter` must carry a question: it is numbered and written.
#[must_use]
pub fn is_question(chapter: &Chapter) -> bool {
    chapter.number.is_some() && !chapter.is_draft_chapter()
}

/// The front matter of `chapter`, or what is wrong with it.
///
/// # Errors
/// Missing or unclosed front matter, invalid TOML, unknown keys, values out of range.
pub fn read_question(file: &ChapterFile, chapter: &Chapter, config: &Config) -> Result<Question, Diagnostics> {
    let front_matter = FrontMatter::find(&chapter.content, file)?;
    let question = front_matter.parse(file)?;
    question.check(file, &front_matter, config)?;
    Ok(question)
}

/// Where a chapter is found in the book.
fn path_of(chapter: &Chapter) -> PathBuf {
    chapter.path.clone().unwrap_or_default()
}
