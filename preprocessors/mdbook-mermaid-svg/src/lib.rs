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
//! renderers than HTML keep the fence and may draw it with [`svg`].
//!
//! ```toml
//! [preprocessor.mermaid-svg]
//! after = ["links"]
//! ```

mod draw;
mod error;
mod labels;
mod sequence;
mod stand_in;
mod words;

pub use draw::{Colours, svg};
pub use error::DrawError;

use anyhow::Result;
use mdbook_preprocessor::book::{Book, Chapter};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use qabook_support::markdown::{Fence, Parsed};
use qabook_support::splice::{self, Splice};
use qabook_support::{ChapterFile, Diagnostics, Rule, Templates, rewrite_chapters};
use serde::Serialize;

/// The built-in templates, by file name; one of that name under `theme/templates/` wins.
pub const TEMPLATES: &[(&str, &str)] = &[TEMPLATE];

const TEMPLATE: (&str, &str) = ("diagram.html", include_str!("../templates/diagram.html"));

/// A mermaid fence without a title, or one that can't be drawn.
pub const DIAGRAM: Rule = Rule::error("diagram");

/// The preprocessor `mermaid-svg`.
#[derive(Debug, Default, Clone, Copy)]
pub struct MermaidSvgPreprocessor;

/// What the template `diagram.html` sees.
#[derive(Serialize)]
struct Model<'a> {
    title: &'a str,
    svg: String,
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
        Ok(rewrite_chapters(ctx, book, |chapter, file| replace(chapter, file, &templates))?)
    }
}

/// The title of a diagram: what follows `%%` on the first line of its `source` that is no directive (`%%{init: …}%%`).
#[must_use]
pub fn title(source: &str) -> Option<&str> {
    let mut lines = source.lines().map(str::trim).filter(|line| !line.starts_with("%%{"));
    let title = lines.next()?.strip_prefix("%%")?.trim();
    Some(title).filter(|title| !title.is_empty())
}

fn replace(chapter: &Chapter, file: &ChapterFile, templates: &Templates) -> Result<String, Diagnostics> {
    let text = &chapter.content;
    let mut problems = Diagnostics::default();
    let mut splices = Vec::new();
    let fences = Parsed::new(text).fences().into_iter().filter(|fence| fence.language() == "mermaid");
    for (index, fence) in fences.enumerate() {
        match figure(&fence, index + 1, text, file, templates) {
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

/// The figure for `fence`, the `index`-th diagram of its page.
fn figure(
    fence: &Fence,
    index: usize,
    text: &str,
    file: &ChapterFile,
    templates: &Templates,
) -> Result<String, Diagnostics> {
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
    let svg = draw::svg(&fence.body, &format!("diagram-{index}"), title, Colours::CssVariables).map_err(|error| {
        let message = format!("this diagram can't be drawn: {error}");
        problem(error.line().unwrap_or(0), message, "fix its mermaid source")
    })?;
    templates.render(TEMPLATE.0, &Model { title, svg: in_markdown(&svg) })
}

/// Writes characters inside the drawing's texts as references where a later preprocessor would act upon them.
fn in_markdown(svg: &str) -> String {
    let references = [('\n', " "), ('$', "&#36;"), ('`', "&#96;"), ('\\', "&#92;"), ('{', "&#123;"), ('}', "&#125;")];
    references.iter().fold(svg.to_string(), |svg, (c, reference)| svg.replace(*c, reference))
}
