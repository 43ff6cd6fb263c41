//! The index of tags: for HTML with chips to choose from, for other renderers a list.

use qabook_support::Diagnostics;
use qabook_support::markdown::escape;
use qabook_support::path::slashed;
use qabook_support::splice::html_block;
use serde::Serialize;
use std::path::Path;

use crate::address;
use crate::catalog::Catalog;
use crate::markdown::link;
use crate::model::QuestionModel;
use crate::question::Level;
use crate::render::Renderer;
use crate::templates::{TAG_QUESTIONS, TAGS};

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
    count: usize,
}

/// What the template of a tag's questions sees.
#[derive(Serialize)]
struct QuestionsModel<'a> {
    questions: Vec<QuestionModel<'a>>,
}

/// The text of the page, in Markdown; `None` without tags.
///
/// # Errors
/// A template that is wrong.
pub(crate) fn index(catalog: &Catalog, renderer: &Renderer) -> Result<Option<String>, Diagnostics> {
    let tags = catalog.tags();
    if tags.is_empty() {
        return Ok(None);
    }
    let page = Path::new(address::TAGS);
    let mut content = format!("# {}\n\n", renderer.words().text("questions.tags"));
    if renderer.is_html() {
        content += &html_block(&renderer.render(TAGS.0, &chips(catalog, renderer))?, "\n\n");
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
    Ok(Some(content))
}

fn chips<'a>(catalog: &'a Catalog, renderer: &'a Renderer) -> TagsModel<'a> {
    let has = |level: &Level| catalog.entries().iter().any(|entry| entry.question.level == Some(*level));
    let levels = Level::ALL.into_iter().filter(has).map(|level| level.label(renderer.words())).collect();
    let tags = catalog.tags().into_iter();
    let chip = |(text, entries): (&'a str, Vec<_>)| Chip { text, id: catalog.tag_id(text), count: entries.len() };
    TagsModel { levels, tags: tags.map(chip).collect() }
}
