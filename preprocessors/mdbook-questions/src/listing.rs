//! What a page asks for: the questions of the whole book by part, a link to some question, the book in other forms.

use qabook_support::Diagnostics;
use qabook_support::splice::{self, Splice};
use std::path::Path;

use crate::address;
use crate::catalog::Catalog;
use crate::chapter::ParsedChapter;
use crate::directives::{self, Directive};
use crate::markdown::list;
use crate::model::{Download, DownloadsModel, PartList, PartsModel, RandomModel};
use crate::practice::Practice;
use crate::render::Renderer;
use crate::templates::{DOWNLOADS, PARTS, RANDOM};
use crate::words;

/// What the directives of `chapter` become.
///
/// # Errors
/// The problems of [`directives::find`], or of a template.
pub(crate) fn expanded(
    chapter: &ParsedChapter<'_>,
    catalog: &Catalog,
    practice: &Practice<'_>,
    renderer: &Renderer,
) -> Result<Vec<Splice>, Diagnostics> {
    let page = chapter.path;
    let mut splices = Vec::new();
    for (span, directive) in directives::find(chapter)? {
        let text = match directive {
            Directive::Questions => by_part(page, catalog, renderer)?,
            Directive::RandomQuestion => random(page, catalog, renderer)?,
            Directive::Downloads => downloads(page, renderer)?,
            Directive::Practice => match catalog.entries().first().filter(|_| renderer.is_html()) {
                Some(first) => practice.doors(page, first, renderer)?,
                None => String::new(),
            },
        };
        splices.push(Splice { span, text });
    }
    Ok(splices)
}

/// All questions under the titles of their parts.
fn by_part(page: &Path, catalog: &Catalog, renderer: &Renderer) -> Result<String, Diagnostics> {
    let groups = catalog.entries().chunk_by(|one, next| one.part == next.part);
    let parts = groups.map(|entries| PartList {
        title: entries[0].part.as_deref(),
        href: catalog.part_index(&entries[0].path).map_or_else(String::new, |index| renderer.href(index, page)),
        count: renderer.words().filled("questions.question-count", &[("n", &entries.len().to_string())]),
        questions: entries.iter().map(|entry| renderer.model(entry, catalog, page)).collect(),
    });
    let parts = parts.collect::<Vec<_>>();
    let markdown = |part: &PartList<'_>| {
        let title = part.title.map_or_else(String::new, |title| format!("**{title}**\n\n"));
        title + &list(part.questions.iter())
    };
    if renderer.is_html() {
        return Ok(splice::html_block(&renderer.render(PARTS.0, &PartsModel { parts })?, ""));
    }
    Ok(parts.iter().map(markdown).collect::<Vec<_>>().join("\n"))
}

/// A link to some question; nothing for a renderer without scripts.
fn random(page: &Path, catalog: &Catalog, renderer: &Renderer) -> Result<String, Diagnostics> {
    let Some(entry) = catalog.far_from(page).filter(|_| renderer.is_html()) else { return Ok(String::new()) };
    let model = RandomModel { href: renderer.href(&entry.path, page) };
    Ok(splice::html_block(&renderer.render(RANDOM.0, &model)?, ""))
}

/// Links to the book's other forms; nothing in one of those, or when there are none.
fn downloads(page: &Path, renderer: &Renderer) -> Result<String, Diagnostics> {
    if !renderer.is_html() || renderer.downloads().is_empty() {
        return Ok(String::new());
    }
    let download = |file: &String| {
        let format = file.rsplit('.').next().unwrap_or(file).to_uppercase();
        Download { href: address::href(Path::new(file), page), note: words::format(renderer.words(), file), format }
    };
    let model = DownloadsModel { downloads: renderer.downloads().iter().map(download).collect() };
    Ok(splice::html_block(&renderer.render(DOWNLOADS.0, &model)?, ""))
}
