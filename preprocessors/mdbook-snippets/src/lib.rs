//! An mdBook preprocessor that puts Rust programs which are compiled, run and recorded in the place of Python examples.
//!
//! A chapter names a program of the snippet package; the build replaces the name by a card:
//!
//! ````markdown
//! ```python,snippet=tcp-echo        a Python example: the Rust card takes its place, a switch shows the Python
//! print("hello")
//! ```
//!
//! {{#snippet tcp-states:client}}    a program without a Python twin; only its part `client` is shown
//! ````
//!
//! becomes, for the HTML renderer, one `<figure class="snippet">` made by the Tera template `snippet.html` (a file of that
//! name under `theme/templates/` wins), and for every other renderer Markdown in such a figure: caption, Rust fence, output
//! fence and a Playground link. Everything else in the chapter stays byte-identical.
//!
//! Attributes after the name, separated by commas in a fence and by spaces in a directive: `hide-output`, `no-run`,
//! `highlight=3-5`, `primary=python`. With `replace-python = true` a Python fence that names no program is an error unless
//! it says `keep,reason="…"`; otherwise it stays as it is. `reason="no Rust program yet"` says that one is still to be written.
//!
//! A list right below a card in two languages whose items begin with `**Rust**` or `**Python**` says what each prints: the page
//! shows an item with its language.
//!
//! Every other fence of a language that has a grammar becomes, for HTML, code in the same colours, in the markup that mdBook
//! makes of it. A fence of a console session (`console`) shows its commands as such.
//!
//! ```toml
//! [preprocessor.snippets]
//! after = ["links"]
//! package = "snippets"     # folder of the snippet package
//! highlight = true         # whether other fences are highlighted, too
//! outputs-page = false     # whether the site gets a page of outputs to guess
//! replace-python = false   # the default is what `strict` of [preprocessor.questions] says
//! ```
//!
//! `outputs-page = true` adds, for HTML, a page of outputs to guess: `outputs.html`, made by the Tera template of that name.
//! It has a card for each program whose record the chapters show, once each and in their order: the whole program, behind a
//! `<details>` the record, and a link to the card in its chapter. A program that doesn't compile has errors of the compiler
//! to choose from.
//!
//! What cards and that page say is in the book's language: see [`qabook_words`]. The first card of a page is
//! followed by a block of JSON with what its scripts say.
//!
//! The package holds `examples/NAME/main.rs` with its recorded `output.txt`, and `compile-fail/NAME/main.rs` with
//! `error.txt`; see [`Snippet`].

mod attributes;
mod compile_errors;
mod config;
mod fences;
mod grammar;
mod hidden;
mod highlight;
mod markdown;
mod notes;
mod outputs;
mod package;
mod playground;
mod program;
mod render;
mod rule;
mod scan;
mod session;
mod snippet;

pub use attributes::{Attributes, Language, Reference};
pub use config::Config;
pub use highlight::html as highlighted_html;
pub use package::Package;
pub use program::Program;
pub use rule::SNIPPET;
pub use scan::{Embed, embeds};
pub use snippet::{Kind, Recording, Snippet};

use mdbook_preprocessor::book::{Book, Chapter};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext, errors::Result};
use outputs::Outputs;
use qabook_support::markdown::{Fence, Parsed};
use qabook_support::splice::{self, Splice};
use qabook_support::{ChapterFile, Diagnostic, Diagnostics, rewrite_chapters};
use render::Renderer;
use std::collections::BTreeMap;
use std::time::Instant;

/// The built-in templates, by file name; one of that name under `theme/templates/` wins.
pub const TEMPLATES: &[(&str, &str)] = &[render::TEMPLATE, outputs::TEMPLATE];

/// The preprocessor `snippets`.
#[derive(Debug, Default, Clone, Copy)]
pub struct SnippetPreprocessor;

impl Preprocessor for SnippetPreprocessor {
    fn name(&self) -> &'static str {
        "snippets"
    }

    /// Replaces every reference to a snippet in `book`.
    ///
    /// # Errors
    /// [`Diagnostics`] with every problem of the whole book: unknown names and attributes, missing or unreadable files,
    /// unclosed fences, Python without a replacement.
    fn run(&self, ctx: &PreprocessorContext, book: Book) -> Result<Book> {
        let config = Config::from_book(&ctx.config)?;
        let package = Package::open_if_there(ctx.root.join(&config.package))?;
        let renderer = Renderer::new(ctx, config)?;
        let outputs = renderer.outputs_page().map(Outputs::new);
        let mut problems = Diagnostics::default();
        problems.extend(outputs.as_ref().and_then(|_| outputs::collision(ctx, &book)));
        let rewrite =
            |chapter: &Chapter, file: &ChapterFile| replace(chapter, file, &package, &renderer, outputs.as_ref());
        let rewritten = rewrite_chapters(ctx, book, rewrite).unwrap_or_else(|found| {
            problems.extend(found);
            Book::new()
        });
        let mut book = problems.into_result(rewritten)?;
        if let Some(outputs) = outputs {
            outputs.add_page(&mut book, renderer.words())?;
        }
        Ok(book)
    }
}

/// What keeps the embeddings of a `chapter` from becoming cards, each with its byte: unknown names and attributes, Python
/// without a replacement where the book `replaces_python`, programs without caption or record.
#[must_use]
pub fn problems(chapter: &Parsed<'_>, package: &Package, replaces_python: bool) -> Vec<(usize, Diagnostic)> {
    let problem = |embed: Embed| Some((embed.span.start, embed.resolve(package, replaces_python).err()?));
    embeds(chapter).into_iter().filter_map(problem).collect()
}

fn replace(
    chapter: &Chapter,
    file: &ChapterFile,
    package: &Package,
    renderer: &Renderer,
    outputs: Option<&Outputs<'_>>,
) -> Result<String, Diagnostics> {
    let text = &chapter.content;
    let mut problems = Diagnostics::default();
    let mut splices = Vec::new();
    let mut words = renderer.words_of_scripts();
    let parsed = Parsed::new(text);
    let mut fences: BTreeMap<usize, Fence> =
        parsed.fences().into_iter().map(|fence| (fence.span.start, fence)).collect();
    for (index, embed) in embeds(&parsed).into_iter().enumerate() {
        let (span, is_kept) = (embed.span.clone(), embed.is_kept());
        let card = embed
            .resolve(package, renderer.replaces_python())
            .map_err(|problem| Diagnostics::from(file.locate(text, span.start, problem)))
            .and_then(|program| {
                if let (Some(outputs), Some(program)) = (outputs, &program) {
                    outputs.add(chapter, program, index + 1);
                }
                splices.extend(program.iter().flat_map(|program| renderer.notes(&parsed, &span, program)));
                program.map(|program| renderer.render(program, index + 1)).transpose()
            });
        match card {
            Ok(Some(card)) => {
                fences.remove(&span.start);
                // After the first card: at the end of the chapter a fence may be open.
                let card = card + &words.take().unwrap_or_default();
                let text = renderer.fit(&card, text, span.clone());
                splices.push(Splice { span, text });
            }
            Ok(None) if is_kept => splices.extend(fences.remove(&span.start).map(|fence| kept(fence, text, renderer))),
            Ok(None) => {}
            Err(found) => problems.extend(found),
        }
    }
    for fence in fences.into_values() {
        match paint(fence, text, renderer) {
            Ok(painted) => splices.extend(painted),
            Err((at, problem)) => problems.push(file.locate(text, at, problem)),
        }
    }
    problems.into_result(())?;
    Ok(splice::apply(text, splices))
}

/// A fence of `text` in colours; `None` when it stays as it is. One that takes too long is a problem at its byte.
fn paint(fence: Fence, text: &str, renderer: &Renderer) -> Result<Option<Splice>, (usize, Diagnostic)> {
    let started = Instant::now();
    let painted = renderer.paint(text, &fence);
    if started.elapsed() >= highlight::LIMIT {
        let message = format!("colouring this fence takes longer than {} s", highlight::LIMIT.as_secs());
        let hint = "make it smaller, or its language `text`, which has no colours";
        return Err((fence.span.start, SNIPPET.broken(message, hint)));
    }
    Ok(painted.map(|text| Splice { text, span: fence.span }))
}

/// A Python fence without what it says to us: mdBook would make a class of each word of it.
fn kept(mut fence: Fence, text: &str, renderer: &Renderer) -> Splice {
    fence.info = "python".into();
    match renderer.paint(text, &fence) {
        Some(text) => Splice { span: fence.span, text },
        None => Splice { span: fence.info_span, text: fence.info },
    }
}
