//! The page of outputs to guess: a card for each program whose record a chapter shows.

use anyhow::Result;
use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use qabook_support::path::slashed;
use qabook_support::{ChapterFile, Diagnostic, Rule, Templates, shown, splice};
use qabook_words::{Table, Words};
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::compile_errors::{self, Choice};
use crate::program::Program;

/// The template of the page.
pub(crate) const TEMPLATE: (&str, &str) = ("outputs.html", include_str!("../templates/outputs.html"));

/// Where the page is.
const PATH: &str = "outputs.md";

/// Something of the author's is where the page goes.
const OUTPUTS_PAGE: Rule = Rule::error("outputs-page");

/// What the page is made of.
pub(crate) struct Outputs<'a> {
    templates: &'a Templates,
    /// The programs whose records the chapters show, by the paths of the chapters.
    by_chapter: Mutex<HashMap<PathBuf, Vec<Shown>>>,
}

/// A program in a chapter.
struct Shown {
    /// The id of its card there.
    id: String,
    name: String,
    caption: String,
    /// The whole program.
    code: String,
    recorded: String,
    runs: bool,
}

/// What the template `outputs.html` sees.
#[derive(Serialize)]
struct Page<'a> {
    /// Those of this preprocessor.
    words: &'a Table,
    cards: Vec<Card<'a>>,
}

/// A program on the page.
#[derive(Serialize)]
struct Card<'a> {
    name: &'a str,
    /// The file name of its chapter without extension: what the reader's marks of questions are kept by.
    question: String,
    caption: &'a str,
    /// What the code is: its caption after words that say so.
    label: String,
    /// The whole program. Its tokens would more than double the size of the page.
    code: &'a str,
    recorded: &'a str,
    /// Errors, of which one is its own, when it doesn't compile; otherwise none.
    choices: Vec<Choice>,
    /// The address of its card in its chapter.
    href: String,
    /// The title of its chapter.
    chapter: &'a str,
}

impl<'a> Outputs<'a> {
    /// A page without cards.
    pub(crate) fn new(templates: &'a Templates) -> Self {
        Self { templates, by_chapter: Mutex::default() }
    }

    /// Takes note of the `program` at `index` (from 1) in `chapter`, if that shows what it prints.
    pub(crate) fn add(&self, chapter: &Chapter, program: &Program, index: usize) {
        let recorded = program.recorded.as_deref().filter(|recorded| !recorded.trim().is_empty());
        let (Some(path), Some(recorded)) = (&chapter.path, recorded) else { return };
        let shown = Shown {
            id: program.card_id(index),
            name: program.reference.name.clone(),
            caption: program.caption.clone(),
            code: program.whole().to_string(),
            recorded: recorded.to_string(),
            runs: program.runs(),
        };
        let mut by_chapter = self.by_chapter.lock().unwrap_or_else(PoisonError::into_inner);
        by_chapter.entry(path.clone()).or_default().push(shown);
    }

    /// Adds the page to the end of `book`, unless it would be empty.
    ///
    /// # Errors
    /// What is wrong with the template.
    pub(crate) fn add_page(self, book: &mut Book, words: &Words) -> Result<()> {
        let by_chapter = self.by_chapter.into_inner().unwrap_or_else(PoisonError::into_inner);
        let cards = cards(book, &by_chapter, words);
        if cards.is_empty() {
            return Ok(());
        }
        let html = self.templates.render(TEMPLATE.0, &Page { words: words.table("snippets"), cards })?;
        let title = words.text("snippets.outputs-title");
        let content = format!("# {title}\n\n{}\n", splice::html_block(&html, ""));
        if ends_in_a_part(book) {
            book.items.push(BookItem::Separator);
        }
        let page = Chapter { source_path: None, ..Chapter::new(title, content, PATH, Vec::new()) };
        book.items.push(BookItem::Chapter(page));
        Ok(())
    }
}

/// What of the author's the page would take the place of.
pub(crate) fn collision(ctx: &PreprocessorContext, book: &Book) -> Option<Diagnostic> {
    let is_same = |path: &Path| path.as_os_str().eq_ignore_ascii_case(PATH);
    let chapter = book.chapters().find(|chapter| chapter.path.as_deref().is_some_and(is_same));
    // mdBook copies files that are no chapters beside the pages.
    let copied = ctx.root.join(&ctx.config.book.src).join(PATH).with_extension("html");
    let file = match chapter {
        Some(chapter) => ChapterFile::of(ctx, chapter).path().to_path_buf(),
        None if copied.exists() => shown(&copied),
        None => return None,
    };
    let hint = "give the file another name, or set `outputs-page = false` in [preprocessor.snippets] of book.toml";
    Some(OUTPUTS_PAGE.broken("the page of outputs to guess is made in the place of this file", hint).in_file(file))
}

/// The cards of all programs in the book's order, each once.
fn cards<'a>(book: &'a Book, by_chapter: &'a HashMap<PathBuf, Vec<Shown>>, words: &Words) -> Vec<Card<'a>> {
    let mut in_order = Vec::new();
    for chapter in book.chapters() {
        let Some(path) = chapter.path.as_deref() else { continue };
        in_order.extend(by_chapter.get(path).into_iter().flatten().map(|shown| (chapter, path, shown)));
    }
    // A preface shows what the book is like; what a program proves is said where a numbered chapter shows it.
    let is_numbered = |chapter: &Chapter| chapter.number.is_some();
    let numbered = in_order.iter().filter(|(chapter, ..)| is_numbered(chapter));
    let numbered: HashSet<&str> = numbered.map(|(_, _, shown)| shown.name.as_str()).collect();
    in_order.retain(|(chapter, _, shown)| is_numbered(chapter) || !numbered.contains(shown.name.as_str()));
    let mut seen = HashSet::new();
    in_order.retain(|(_, _, shown)| seen.insert(shown.name.as_str()));
    let failing = || in_order.iter().map(|(_, _, shown)| *shown).filter(|shown| !shown.runs);
    let others = || failing().map(|other| other.recorded.as_str());
    let choices = |shown: &Shown| compile_errors::choices(&shown.name, &shown.recorded, others());
    let card = |(chapter, path, shown): &(&'a Chapter, &Path, &'a Shown)| Card {
        name: &shown.name,
        question: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        caption: &shown.caption,
        label: words.filled("snippets.code", &[("caption", &shown.caption)]),
        code: &shown.code,
        recorded: &shown.recorded,
        choices: if shown.runs { Vec::new() } else { choices(shown) },
        href: format!("{}#{}", address(path), shown.id),
        chapter: &chapter.name,
    };
    in_order.iter().map(card).collect()
}

/// The address of the page of the chapter at `path`, as mdBook names it.
fn address(path: &Path) -> String {
    let is_index = path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
    slashed(&if is_index { path.with_file_name("index.html") } else { path.with_extension("html") })
}

/// Whether a chapter at the end of the book would be taken for one of its last part.
fn ends_in_a_part(book: &Book) -> bool {
    let mut last = book.items.iter().rev().take_while(|item| !matches!(item, BookItem::Separator));
    let is_numbered = |item: &BookItem| matches!(item, BookItem::Chapter(chapter) if chapter.number.is_some());
    last.any(|item| is_numbered(item) || matches!(item, BookItem::PartTitle(_)))
}
