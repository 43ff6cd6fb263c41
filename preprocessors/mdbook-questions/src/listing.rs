//! What a page asks for: the questions of the whole book by part, a link to some question, the book in other forms.

use mdbook_preprocessor::book::Chapter;
use qabook_support::splice::{self, Splice};
use qabook_support::{ChapterFile, Diagnostics};
use serde::Serialize;
use std::path::Path;

use crate::catalog::Catalog;
use crate::directives::{self, Directive};
use crate::markdown::list;
use crate::pages::part_page;
use crate::render::{QuestionModel, Renderer, file_href};

/// The template of `{{#questions}}`.
pub(crate) const PARTS: (&str, &str) = ("question-parts.html", include_str!("../templates/question-parts.html"));
/// The template of `{{#random-question}}`.
pub(crate) const RANDOM: (&str, &str) = ("random-question.html", include_str!("../templates/random-question.html"));
/// The template of `{{#downloads}}`.
pub(crate) const DOWNLOADS: (&str, &str) = ("downloads.html", include_str!("../templates/downloads.html"));

/// What `question-parts.html` sees.
#[derive(Serialize)]
struct PartsModel<'a> {
    parts: Vec<PartModel<'a>>,
}

/// A part and its questions.
#[derive(Serialize)]
struct PartModel<'a> {
    /// `None` for questions above the first part.
    title: Option<&'a str>,
    /// Address of the part's index page.
    href: String,
    questions: Vec<QuestionModel<'a>>,
}

/// What `random-question.html` sees.
#[derive(Serialize)]
struct RandomModel {
    /// Where the link leads while scripts are off.
    href: String,
}

/// What `downloads.html` sees.
#[derive(Serialize)]
struct DownloadsModel {
    downloads: Vec<Download>,
}

/// The whole book as a file.
#[derive(Serialize)]
struct Download {
    href: String,
    /// The file's extension in capitals, such as `PDF`.
    format: String,
}

/// The text of `chapter` with its directives replaced.
///
/// # Errors
/// The problems of [`directives::find`], or of a template.
pub(crate) fn expanded(
    chapter: &Chapter,
    file: &ChapterFile,
    catalog: &Catalog,
    renderer: &Renderer,
) -> Result<String, Diagnostics> {
    let page = chapter.path.clone().unwrap_or_default();
    let mut splices = Vec::new();
    for (span, directive) in directives::find(&chapter.content, file)? {
        let text = match directive {
            Directive::Questions => by_part(&page, catalog, renderer)?,
            Directive::RandomQuestion => random(&page, catalog, renderer)?,
            Directive::Downloads => downloads(&page, renderer)?,
        };
        splices.push(Splice { span, text });
    }
    Ok(splice::apply(&chapter.content, splices))
}

/// All questions under the titles of their parts.
fn by_part(page: &Path, catalog: &Catalog, renderer: &Renderer) -> Result<String, Diagnostics> {
    let groups = catalog.entries().chunk_by(|one, next| one.part == next.part);
    let parts = groups.map(|entries| PartModel {
        title: entries[0].part.as_deref(),
        href: renderer.href(&part_page(&entries[0]), page),
        questions: entries.iter().map(|entry| renderer.model(entry, catalog, page)).collect(),
    });
    let parts = parts.collect::<Vec<_>>();
    let markdown = |part: &PartModel<'_>| {
        let title = part.title.map_or_else(String::new, |title| format!("**{title}**\n\n"));
        title + &list(part.questions.iter())
    };
    match renderer.templates() {
        Some(templates) => Ok(splice::html_block(&templates.render(PARTS.0, &PartsModel { parts })?, "")),
        None => Ok(parts.iter().map(markdown).collect::<Vec<_>>().join("\n")),
    }
}

/// A link to some question; nothing for a renderer without scripts.
fn random(page: &Path, catalog: &Catalog, renderer: &Renderer) -> Result<String, Diagnostics> {
    let Some((templates, entry)) = renderer.templates().zip(catalog.far_from(page)) else { return Ok(String::new()) };
    let model = RandomModel { href: renderer.href(&entry.path, page) };
    Ok(splice::html_block(&templates.render(RANDOM.0, &model)?, ""))
}

/// Links to the book's other forms; nothing in one of those, or when there are none.
fn downloads(page: &Path, renderer: &Renderer) -> Result<String, Diagnostics> {
    let Some(templates) = renderer.templates().filter(|_| !renderer.downloads().is_empty()) else {
        return Ok(String::new());
    };
    let download = |file: &String| Download {
        href: file_href(Path::new(file), page),
        format: file.rsplit('.').next().unwrap_or(file).to_uppercase(),
    };
    let model = DownloadsModel { downloads: renderer.downloads().iter().map(download).collect() };
    Ok(splice::html_block(&templates.render(DOWNLOADS.0, &model)?, ""))
}
