//! Pages that are made, not written: the index of each part and of all tags, all errata, all sources.

use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use qabook_support::{Diagnostics, markdown};
use std::path::{Path, PathBuf};

use crate::catalog::{Catalog, Entry};
use crate::collected;
use crate::config::Config;
use crate::render::{PartItem, Renderer};

/// Where the index of tags stands in the book.
pub(crate) const TAGS_PAGE: &str = "tags.md";

/// The pages of the end of the book. `book` holds the chapters as their authors wrote them.
pub(crate) fn collect(book: &Book, catalog: &Catalog, config: &Config, renderer: &Renderer) -> Vec<Chapter> {
    let tags = (!catalog.entries().is_empty()).then(|| page("标签索引", tags(catalog), TAGS_PAGE));
    let errata = collected::all_errata(book, catalog, renderer.templates().is_some());
    let errata = errata.map(|text| page("勘误汇总", text, "errata.md"));
    let references = collected::references(book, catalog, &config.source_groups);
    let references = references.map(|text| page("参考文献", text, "references.md"));
    [tags, errata, references].into_iter().flatten().collect()
}

/// Adds the made pages to `book`: each part's index right below its title, those of `collect` at the end.
pub(crate) fn insert(
    book: &mut Book,
    catalog: &Catalog,
    renderer: &Renderer,
    collected: Vec<Chapter>,
) -> Result<(), Diagnostics> {
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

fn page(title: &str, content: String, path: impl Into<PathBuf>) -> Chapter {
    Chapter { source_path: None, ..Chapter::new(title, content, path, Vec::new()) }
}

/// The chapters up to the next part title.
fn chapters_of_part(items: &[BookItem]) -> Vec<&Chapter> {
    let in_part = items.iter().take_while(|item| !matches!(item, BookItem::PartTitle(_) | BookItem::Separator));
    in_part.filter_map(|item| if let BookItem::Chapter(chapter) = item { Some(chapter) } else { None }).collect()
}

/// Where the index of a part stands whose first question is `first`.
pub(crate) fn part_page(first: &Entry) -> PathBuf {
    first.path.parent().unwrap_or(Path::new("")).join("index.md")
}

/// The index of a part, in the folder of its first written question; `None` while all are drafts.
fn part_index(
    title: &str,
    chapters: &[&Chapter],
    catalog: &Catalog,
    renderer: &Renderer,
) -> Result<Option<Chapter>, Diagnostics> {
    let entry = |chapter: &Chapter| chapter.path.as_ref().and_then(|path| catalog.entry(path));
    let Some(first) = chapters.iter().find_map(|chapter| entry(chapter)) else { return Ok(None) };
    let path = part_page(first);
    let items = chapters.iter().map(|chapter| match entry(chapter) {
        Some(entry) => PartItem { question: Some(renderer.model(entry, catalog, &path)), draft: None },
        None => PartItem { question: None, draft: Some(&chapter.name) },
    });
    let heading = format!("{title} · 题目一览");
    let content = renderer.part(&heading, items.collect())?;
    Ok(Some(page(&heading, content, path)))
}

/// The index of tags, in Markdown for every renderer.
fn tags(catalog: &Catalog) -> String {
    let mut content = "# 标签索引\n".to_string();
    for (tag, entries) in catalog.tags() {
        content += &format!("\n## {} {{#{}}}\n\n", markdown::escape(tag), catalog.tag_id(tag));
        for entry in entries {
            let path = entry.path.display().to_string().replace('\\', "/");
            content += &format!("- [{} {}]({path})\n", entry.question.label(), markdown::escape(&entry.title));
        }
    }
    content
}
