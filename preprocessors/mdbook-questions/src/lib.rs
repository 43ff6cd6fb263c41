//! An mdBook preprocessor for books of questions.
//!
//! A question chapter, that is every numbered chapter of `SUMMARY.md`, may begin with TOML front matter:
//!
//! ```toml
//! +++
//! number = 8
//! question = "什么是 socket？"
//! summary = "应用程序与内核网络协议栈之间的接口……"
//! level = "basic"
//! tags = ["TCP", "socket"]
//! aliases = ["套接字"]
//! asked = ["套接字是干什么的"]
//! related = ["tcp-handshake"]
//! verified = 2026-11-23
//! +++
//! ```
//!
//! With `strict = true` it must, and all keys but `variant`, `aliases`, `asked`, `related` and `options` are required. Otherwise each is
//! optional: `question` is the H1, `number` follows the order of the book, `summary` is the first sentence of the first
//! paragraph, and what is shown of the others isn't there. A few plain values of YAML between lines `---` are read then, too:
//! `title`, `description` or `summary`, and `tags`. Texts are plain; code in them may stand in backticks.
//!
//! It is taken out of the text and becomes:
//! - a page header below the H1 (number, question, summary, level, tags, date) and links to `related` at the end;
//! - the chapter's number in the table of contents;
//! - an index page for each part that has chapters, and one of all tags at the end of the book.
//!
//! Lists in a section with the id `errata` or `references` are collected on two more pages: all corrections by question,
//! and all sources with the questions that cite them.
//!
//! For HTML, pages to practise with are made: `review.html` asks every question, `statements.html` has the claims of the
//! errata to be judged, `follow-ups.html` the headings of level 3 in sections with the id `follow-up`. `{{#practice}}` links
//! them. What one chooses from, in a question of that kind, is in the front matter:
//!
//! ```toml
//! [[options]]
//! text = "SYN"    # Markdown, one paragraph
//! right = true    # it is to be chosen
//! why = "It opens a connection."
//! ```
//!
//! On any page, alone in its paragraph, `{{#questions}}` becomes the list of all questions by part and
//! `{{#random-question}}` a link to one of them; `{{#downloads}}` links the whole book in other forms, for HTML alone. For
//! HTML the two halves of an erratum (`- **误**：…。**正**：…`) are marked, so that the theme can show them as a correction,
//! and paragraphs that begin with a question in bold and rows of tables get an id, so that a search can open them.
//!
//! Templates: `question-header.html`, `question-end.html`, `part-index.html`, `question-parts.html`, `random-question.html`,
//! `downloads.html`, `question-options.html`, `practice.html`, `practice-nav.html`, `practice-doors.html`; a file of that name under `theme/templates/` wins. Renderers other than HTML get plain Markdown.
//! Everything else stays byte-identical.
//!
//! ```toml
//! [preprocessor.questions]
//! after = ["links", "snippets"]
//! strict = true             # front matter is required and complete; the default is false
//! last-number = 52          # the highest question number; without it there is none
//! downloads = ["book.pdf"]  # files next to the pages
//! glossary = "glossary.md"  # the chapter whose tables explain terms
//! storage = "my-book"       # the name under which browsers keep what readers mark; see [`Storage`]
//! [[preprocessor.questions.source-groups]]
//! title = "RFC"             # a section of the page of sources
//! hosts = ["rfc-editor.org"]
//! ```

mod address;
mod alone;
mod body;
mod catalog;
mod chapter;
mod collected;
mod config;
mod directives;
mod entry;
mod errata;
mod excerpt;
mod follow_ups;
mod front_matter;
mod given;
mod kind;
mod listing;
mod markdown;
mod model;
mod numbers;
mod options;
mod pages;
mod paging;
mod places;
mod plain;
mod practice;
mod question;
mod render;
mod rewrite;
mod sections;
mod slugs;
mod statement;
mod storage;
mod summary;
mod tag_places;
mod tags;
mod templates;
mod words;
mod written;
mod yaml;

pub use alone::ChapterAlone;
pub use body::TITLE;
pub use catalog::Catalog;
pub use config::{Config, SourceGroup};
pub use directives::DIRECTIVE;
pub use entry::Entry;
pub use errata::{Errata, Erratum, ErratumKind, announces_fact};
pub use follow_ups::{FollowUp, FollowUps};
pub use front_matter::{FRONT_MATTER, body_start};
pub use kind::PageKind;
pub use model::{Related, RelatedQuestion};
pub use options::{AnswerOption, letter};
pub use pages::MADE_PAGE;
pub use practice::card_id;
pub use question::{Level, Question, is_question};
pub use slugs::Slugs;
pub use storage::Storage;

use anyhow::Result;
use body::Bodies;
use chapter::ParsedChapter;
use mdbook_preprocessor::book::{Book, Chapter};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use practice::Practice;
use qabook_support::{ChapterFile, Diagnostic, Diagnostics};
use render::Renderer;
use rewrite::{add_facts, all_rewritten, put};

/// The built-in templates, by file name; one of that name under `theme/templates/` wins.
pub const TEMPLATES: &[(&str, &str)] = &templates::ALL;

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
    /// [`Diagnostics`] with every problem of the whole book: unclosed front matter, invalid TOML, unknown keys, in a strict
    /// book what is missing, a chapter without H1 and equal file names; values out of range, duplicate numbers, unknown `related` slugs, a misused
    /// directive.
    fn run(&self, ctx: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let config = Config::from_book(&ctx.config)?;
        let renderer = Renderer::new(ctx, &config)?;
        let bodies = body::bodies(&book);
        let (catalog, mut problems) = Catalog::of(ctx, &book, &bodies, &config);
        if config.strict {
            problems.extend(without_title(ctx, &book, &bodies));
        }
        let mut problems = problems.into_result(Diagnostics::default())?;
        let chapters = ParsedChapter::all_of(ctx, &book, &bodies, &catalog);
        let practice = Practice::of(&book, &chapters, &renderer);
        let mut collected = pages::collect(&chapters, &catalog, &config, &renderer)?;
        if renderer.is_html() {
            collected.splice(0..0, practice.pages(&renderer)?);
        }
        problems.extend(pages::collisions(&collected, &book, ctx));
        let contents = all_rewritten(&chapters, &catalog, &practice, &renderer, &mut problems);
        problems.into_result(())?;
        drop(chapters);
        drop(bodies);
        put(&mut book, &catalog, contents);
        pages::insert(&mut book, &catalog, &renderer, collected)?;
        if renderer.is_html() {
            add_facts(&mut book, &catalog, &renderer, &Storage(config.storage(&ctx.config)));
        }
        Ok(book)
    }
}

/// The problems of the questions of `book` that have no title.
fn without_title(ctx: &PreprocessorContext, book: &Book, bodies: &Bodies<'_>) -> Vec<Diagnostic> {
    let questions = book.chapters().filter(|chapter| is_question(chapter));
    let problem = |chapter: &Chapter| {
        let body = bodies.get(chapter.path.as_deref()?)?;
        body.title().is_none().then(|| body.without_title(&ChapterFile::of(ctx, chapter)))
    };
    questions.filter_map(problem).collect()
}
