//! Pages that are made, not written: the index of each part and of all tags, all errata, all sources.

use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use qabook_support::{ChapterFile, Diagnostic, Diagnostics, Rule};

use std::iter;

use crate::address::as_index;
use crate::catalog::Catalog;
use crate::chapter::ParsedChapter;
use crate::config::Config;
use crate::kind::PageKind;
use crate::model::PartItem;
use crate::render::Renderer;
use crate::{address, collected, tags};

/// A page that is made and a chapter that is written, in one place.
pub const MADE_PAGE: Rule = Rule::error("made-page");

/// The pages of the end of the book, which `chapters` is as its authors wrote it.
///
/// # Errors
/// A template that is wrong.
pub(crate) fn collect(
    chapters: &[ParsedChapter<'_>],
    catalog: &Catalog,
    config: &Config,
    renderer: &Renderer,
) -> Result<Vec<Chapter>, Diagnostics> {
    let (words, html) = (renderer.words(), renderer.is_html());
    let errata = collected::all_errata(chapters, html, words);
    let references = collected::references(chapters, &config.source_groups, html, words);
    let pages = |kind, key, contents, path| renderer.pages(kind, words.text(key), contents, path);
    let pages = [
        pages(PageKind::Tags, "questions.tags", tags::pages(catalog, renderer)?, address::TAGS)?,
        pages(PageKind::Errata, "questions.errata", errata, address::ERRATA)?,
        pages(PageKind::References, "questions.references", references, address::REFERENCES)?,
    ];
    Ok(pages.into_iter().flatten().collect())
}

/// The written chapters whose places `made` pages take.
pub(crate) fn collisions(made: &[Chapter], book: &Book, ctx: &PreprocessorContext) -> Vec<Diagnostic> {
    let taken = |chapter: &&Chapter| {
        let path = chapter.path.as_deref().map(as_index);
        chapter.source_path.is_some() && made.iter().flat_map(with_later).any(|page| page.path == path)
    };
    let problem = |chapter: &Chapter| {
        let message = "a page that is made of the questions takes the place of this chapter";
        let problem = MADE_PAGE.broken(message, "give the file another name");
        problem.in_file(ChapterFile::of(ctx, chapter).path())
    };
    book.chapters().filter(taken).map(problem).collect()
}

/// A made page and the later ones of the same.
fn with_later(page: &Chapter) -> impl Iterator<Item = &Chapter> {
    let later = page.sub_items.iter().filter_map(|item| match item {
        BookItem::Chapter(later) => Some(later),
        BookItem::Separator | BookItem::PartTitle(_) => None,
    });
    iter::once(page).chain(later)
}

/// Adds the made pages to `book`: each part's index right below its title, those of `collected` at the end, among them the
/// outputs to guess, which are made already.
pub(crate) fn insert(
    book: &mut Book,
    catalog: &Catalog,
    renderer: &Renderer,
    mut collected: Vec<Chapter>,
) -> Result<(), Diagnostics> {
    let is_outputs = |item: &BookItem| matches!(item, BookItem::Chapter(chapter) if address::is_outputs(chapter));
    let place = book.items.iter().position(is_outputs);
    if let Some(BookItem::Chapter(outputs)) = place.map(|place| book.items.remove(place)) {
        // It may have come with a line above it; there is one above all made pages.
        if matches!(book.items.last(), Some(BookItem::Separator)) {
            book.items.pop();
        }
        let drills = collected.iter().take_while(|chapter| catalog.kind(chapter) == PageKind::Practice).count();
        collected.insert(drills, outputs);
    }
    let mut items = Vec::with_capacity(book.items.len());
    for (index, item) in book.items.iter().enumerate() {
        items.push(item.clone());
        if let BookItem::PartTitle(title) = item {
            let chapters = chapters_of_part(&book.items[index + 1..]);
            items.extend(part_index(title, &chapters, catalog, renderer)?.map(BookItem::Chapter));
        }
    }
    if !collected.is_empty() {
        items.push(BookItem::Separator);
        items.extend(collected.into_iter().map(BookItem::Chapter));
    }
    book.items = items;
    Ok(())
}

/// The chapters up to the next part title.
fn chapters_of_part(items: &[BookItem]) -> Vec<&Chapter> {
    let in_part = items.iter().take_while(|item| !matches!(item, BookItem::PartTitle(_) | BookItem::Separator));
    in_part.filter_map(|item| if let BookItem::Chapter(chapter) = item { Some(chapter) } else { None }).collect()
}

/// The index of a part; `None` while all are drafts.
fn part_index(
    title: &str,
    chapters: &[&Chapter],
    catalog: &Catalog,
    renderer: &Renderer,
) -> Result<Option<Chapter>, Diagnostics> {
    let entry = |chapter: &Chapter| chapter.path.as_ref().and_then(|path| catalog.entry(path));
    let first = chapters.iter().find_map(|chapter| entry(chapter));
    let Some(path) = first.and_then(|first| catalog.part_index(&first.path)) else { return Ok(None) };
    let items = chapters.iter().map(|chapter| match entry(chapter) {
        Some(entry) => PartItem { question: Some(renderer.model(entry, catalog, path)), draft: None },
        None => PartItem { question: None, draft: Some(&chapter.name) },
    });
    let heading = renderer.words().filled("questions.part-index", &[("title", title)]);
    let content = renderer.part(&heading, items.collect())?;
    Ok(Some(renderer.page(PageKind::Part, &heading, content, path)))
}
