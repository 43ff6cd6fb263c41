//! The index of tags: for HTML with chips to choose from, for other renderers a list.

use qabook_support::Diagnostics;
use qabook_support::markdown::escape;
use qabook_support::path::slashed;
use qabook_support::splice::html_block;
use serde::Serialize;
use std::path::Path;

use crate::catalog::Catalog;
use crate::entry::Entry;
use crate::markdown::link;
use crate::model::QuestionModel;
use crate::question::Level;
use crate::render::Renderer;
use crate::templates::{TAG_QUESTIONS, TAGS};
use crate::{address, paging};

/// What the template of the chips sees.
#[derive(Serialize)]
struct TagsModel<'a> {
    /// Those that questions have, in words, from the easiest on.
    levels: Vec<&'a str>,
    tags: Vec<Chip<'a>>,
}

#[derive(Serialize)]
struct Chip<'a> {
    text: &'a str,
    id: &'a str,
    /// Where its questions are.
    href: String,
    count: usize,
}

/// What the template of a tag's questions sees.
#[derive(Serialize)]
struct QuestionsModel<'a> {
    questions: Vec<QuestionModel<'a>>,
}

/// The texts of the pages, in Markdown, with what they are called; none without tags. Only for HTML there is more than one.
///
/// # Errors
/// A template that is wrong.
pub(crate) fn pages(catalog: &Catalog, renderer: &Renderer) -> Result<Vec<(String, String)>, Diagnostics> {
    let tags: Vec<(&str, Vec<&Entry>)> = catalog.tags().into_iter().collect();
    let page = |tag: &str| if renderer.is_html() { catalog.tag_page(tag) } else { 0 };
    let pages = tags.chunk_by(|(one, _), (next, _)| page(one) == page(next)).enumerate();
    pages.map(|(page, tags)| Ok((named(tags), text(page, tags, catalog, renderer)?))).collect()
}

/// What the page with these `tags` is called.
fn named(tags: &[(&str, Vec<&Entry>)]) -> String {
    let [first, last] = [tags.first(), tags.last()].map(|tag| tag.map_or("", |(tag, _)| *tag));
    paging::name(first, last)
}

/// The text of the page at `index` with these `tags`, below its title.
fn text(
    index: usize,
    tags: &[(&str, Vec<&Entry>)],
    catalog: &Catalog,
    renderer: &Renderer,
) -> Result<String, Diagnostics> {
    let page = Path::new(address::TAGS);
    let mut content = String::new();
    if renderer.is_html() {
        content += &html_block(&renderer.render(TAGS.0, &chips(index, catalog, renderer))?, "\n\n");
        content += "<div class=\"tag-sections\">\n";
    }
    for (tag, entries) in tags {
        let heading = format!("## {} {{#{}}}", escape(tag), catalog.tag_id(tag));
        if renderer.is_html() {
            let questions = entries.iter().map(|entry| renderer.model(entry, catalog, page)).collect();
            let list = renderer.render(TAG_QUESTIONS.0, &QuestionsModel { questions })?;
            content += &format!("\n<section>\n\n{heading}\n\n{}\n\n</section>\n", html_block(&list, ""));
        } else {
            let links: String = entries
                .iter()
                .map(|entry| link(&entry.question.label(), &entry.title, &slashed(&entry.path)))
                .collect();
            content += &format!("\n{heading}\n\n{links}");
        }
    }
    if renderer.is_html() {
        content += "\n</div>\n";
    }
    Ok(content)
}

/// The chips of all tags, as they stand on the page at `index`.
fn chips<'a>(index: usize, catalog: &'a Catalog, renderer: &'a Renderer) -> TagsModel<'a> {
    let has = |level: &Level| catalog.entries().iter().any(|entry| entry.question.level == Some(*level));
    let levels = Level::ALL.into_iter().filter(has).map(|level| level.label(renderer.words())).collect();
    let tags = catalog.tags().into_iter();
    let href = |tag: &str| match catalog.tag_page(tag) {
        page if page == index => format!("#{}", catalog.tag_id(tag)),
        page => {
            format!("{}#{}", paging::path(address::TAGS, page).with_extension("html").display(), catalog.tag_id(tag))
        }
    };
    let chip = |(text, entries): (&'a str, Vec<_>)| Chip {
        text,
        id: catalog.tag_id(text),
        href: href(text),
        count: entries.len(),
    };
    TagsModel { levels, tags: tags.map(chip).collect() }
}
