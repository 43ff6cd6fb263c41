//! An mdBook preprocessor that draws mermaid diagrams at build time.
//!
//! ````markdown
//! ```mermaid
//! %% 三次握手的时序
//! sequenceDiagram
//!     客户端->>服务器: SYN
//! ```
//! ````
//!
//! becomes a `<figure>` with inline SVG. The first line is the title: the visible caption and what a screen reader says.
//! Colours are CSS custom properties (`--diagram-text` …) with a light fallback, so that dark themes can set them. Other
//! renderers than HTML keep the fence and may draw it with [`svg`]. A list tells the diagram to readers who don't see it, in the
//! book's language (see [`qabook_words`]): [`text`].
//!
//! ```toml
//! [preprocessor.mermaid-svg]
//! after = ["links"]
//! ```

mod crop;
mod draw;
mod error;
mod grid;
mod label_paper;
mod labels;
mod layered;
mod sequence;
mod slim;
mod stand_in;
mod told;
mod words;

pub use draw::{Colours, svg, text};
pub use error::DrawError;

use anyhow::Result;
use mdbook_preprocessor::book::{Book, Chapter};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use qabook_support::markdown::{Fence, Parsed};
use qabook_support::splice::{self, Splice};
use qabook_support::{ChapterFile, Diagnostics, Rule, Templates, rewrite_chapters};
use qabook_words::{Table, Words};
use serde::Serialize;

/// The built-in templates, by file name; one of that name under `theme/templates/` wins.
pub const TEMPLATES: &[(&str, &str)] = &[TEMPLATE];

const TEMPLATE: (&str, &str) = ("diagram.html", include_str!("../templates/diagram.html"));

/// A mermaid fence without a title, or one that can't be drawn.
pub const DIAGRAM: Rule = Rule::error("diagram");

/// As wide as this a drawing has text of 12 pixels on a phone of 360, whose columns are 320 wide: it is written in 15.
const READABLE: f32 = 400.0;

/// The preprocessor `mermaid-svg`.
#[derive(Debug, Default, Clone, Copy)]
pub struct MermaidSvgPreprocessor;

/// What the template `diagram.html` sees.
#[derive(Serialize)]
struct Model<'a> {
    title: &'a str,
    svg: String,
    /// Whether it can't be read at the width of a phone.
    is_wide: bool,
    /// The diagram in words, as a list in HTML; empty for kinds that aren't told.
    text: String,
    words: &'a Table,
}

/// What figures are made with.
struct Figures {
    templates: Templates,
    words: Words,
}

impl Preprocessor for MermaidSvgPreprocessor {
    fn name(&self) -> &'static str {
        "mermaid-svg"
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(renderer == "html")
    }

    /// Draws every mermaid fence of `book`.
    ///
    /// # Errors
    /// [`Diagnostics`] with every fence that has no title or can't be drawn.
    fn run(&self, ctx: &PreprocessorContext, book: Book) -> Result<Book> {
        let templates = Templates::of_book(&ctx.root, &ctx.config, &[TEMPLATE])?;
        let figures = Figures { templates, words: Words::of_book(&ctx.root, &ctx.config)? };
        Ok(rewrite_chapters(ctx, book, |chapter, file| replace(chapter, file, &figures))?)
    }
}

/// The title of a diagram: what follows `%%` on the first line of its `source` that is no directive (`%%{init: …}%%`).
#[must_use]
pub fn title(source: &str) -> Option<&str> {
    let mut lines = source.lines().map(str::trim).filter(|line| !line.starts_with("%%{"));
    let title = lines.next()?.strip_prefix("%%")?.trim();
    Some(title).filter(|title| !title.is_empty())
}

fn replace(chapter: &Chapter, file: &ChapterFile, figures: &Figures) -> Result<String, Diagnostics> {
    let text = &chapter.content;
    let mut problems = Diagnostics::default();
    let mut splices = Vec::new();
    let fences = Parsed::new(text).fences().into_iter().filter(|fence| fence.language() == "mermaid");
    let name = id(chapter);
    for (index, fence) in fences.enumerate() {
        match figure(&fence, &format!("{name}-{}", index + 1), text, file, figures) {
            Ok(html) => {
                let text = splice::html_block(&html, &text[fence.span.clone()]);
                splices.push(Splice { span: fence.span, text });
            }
            Err(found) => problems.extend(found),
        }
    }
    problems.into_result(())?;
    Ok(splice::apply(text, splices))
}

/// What the ids of a chapter's diagrams begin with: no other chapter's do, since the page for paper holds all of them, and a
/// line takes the head of its arrow by its id.
fn id(chapter: &Chapter) -> String {
    let path = chapter.path.as_deref().map(|path| path.with_extension("").display().to_string()).unwrap_or_default();
    let name: String = path.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    format!("diagram-{name}")
}

/// The figure for `fence`, whose ids begin with `id`.
fn figure(fence: &Fence, id: &str, text: &str, file: &ChapterFile, figures: &Figures) -> Result<String, Diagnostics> {
    // Line 0 of the fence holds its backticks.
    let problem = |line: usize, message: String, hint: &str| {
        let lines = text[fence.span.clone()].match_indices('\n');
        let start = lines.take(line).last().map_or(0, |(newline, _)| newline + 1);
        file.locate(text, fence.span.start + start, DIAGRAM.broken(message, hint))
    };
    let Some(title) = title(&fence.body) else {
        let hint = "make its first line `%% What it shows`: the caption, which screen readers read aloud";
        return Err(problem(0, "this diagram has no title".into(), hint).into());
    };
    let undrawn = |error: DrawError| {
        let message = format!("this diagram can't be drawn: {error}");
        problem(error.line().unwrap_or(0), message, "fix its mermaid source")
    };
    let svg = draw::svg(&fence.body, id, title, Colours::CssVariables).map_err(undrawn)?;
    let text = draw::text(&fence.body, &figures.words).map_err(undrawn)?;
    let model = Model {
        title,
        is_wide: width(&svg) > READABLE,
        svg: in_markdown(&slim::slim(&svg)),
        text: in_markdown(&text),
        words: figures.words.table("diagrams"),
    };
    figures.templates.render(TEMPLATE.0, &model)
}

/// The width of the drawing `svg`, in its own units.
fn width(svg: &str) -> f32 {
    let view = svg.split(" viewBox=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    view.split_whitespace().nth(2).and_then(|width| width.parse().ok()).unwrap_or(0.0)
}

/// Writes characters inside the drawing's texts as references where a later preprocessor would act upon them.
fn in_markdown(svg: &str) -> String {
    let references = [('\n', " "), ('$', "&#36;"), ('`', "&#96;"), ('\\', "&#92;"), ('{', "&#123;"), ('}', "&#125;")];
    references.iter().fold(svg.to_string(), |svg, (c, reference)| svg.replace(*c, reference))
}
