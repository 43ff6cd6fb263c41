//! From a resolved embedding to what stands in the chapter.

use anyhow::Result;
use mdbook_preprocessor::PreprocessorContext;
use qabook_support::{Diagnostics, Templates, splice};
use serde::Serialize;
use std::ops::Range;

use crate::attributes::Attributes;
use crate::package::{Kind, Snippet};
use crate::{Config, highlight, markdown, playground};

const TEMPLATE: &str = "snippet.html";

/// An embedding whose program was found.
#[derive(Debug)]
pub(crate) struct Card {
    pub(crate) snippet: Snippet,
    pub(crate) shown: String,
    pub(crate) python: Option<String>,
    pub(crate) attributes: Attributes,
}

/// Renders cards for one renderer of the book.
pub(crate) struct Renderer {
    config: Config,
    /// `None` for every renderer but HTML.
    templates: Option<Templates>,
}

/// What the template `snippet.html` sees.
#[derive(Serialize)]
struct Model<'a> {
    /// Unique on the page.
    id: String,
    /// The program and the part shown, as the chapter names them: `tcp-echo:server`.
    reference: String,
    caption: &'a str,
    /// `false` for a program that must not compile.
    runs: bool,
    /// Whether the page may offer to run it.
    runnable: bool,
    /// Highlighted HTML of the lines shown, on one line.
    code: String,
    /// The whole program, when only a part is shown.
    program: Option<String>,
    /// How many lines the whole program has.
    lines: usize,
    /// Stdout or the compiler's error line; `None` when it is hidden.
    recorded: Option<&'a str>,
    rustc: Option<&'a str>,
    date: Option<String>,
    /// Highlighted HTML of the Python original.
    python: Option<String>,
    /// The crates it uses, as code names them.
    crates: &'a [String],
    playground: &'a str,
    endpoint: &'a str,
    edition: &'a str,
    channel: &'a str,
    mode: &'a str,
    /// After how many milliseconds the page gives a run up.
    timeout: u64,
}

impl Renderer {
    pub(crate) fn new(ctx: &PreprocessorContext, config: Config) -> Result<Self> {
        let templates = if ctx.renderer == "html" {
            let html = ctx.config.html_config().unwrap_or_default();
            let folder = html.theme_dir(&ctx.root).join("templates");
            Some(Templates::load(&folder, &[(TEMPLATE, include_str!("../templates/snippet.html"))])?)
        } else {
            None
        };
        Ok(Self { config, templates })
    }

    /// The card as HTML, or as Markdown for other renderers. `index` is its place in the chapter, from 1.
    pub(crate) fn render(&self, card: &Card, index: usize) -> Result<String, Diagnostics> {
        match &self.templates {
            Some(templates) => templates.render(TEMPLATE, &self.model(card, index)),
            None => Ok(self.markdown(card)),
        }
    }

    /// Makes rendered text stand in the place of `span` of `source`.
    pub(crate) fn fit(&self, rendered: &str, source: &str, span: Range<usize>) -> String {
        match self.templates {
            Some(_) => splice::html_block(rendered, &source[span]),
            None => splice::indented_block(rendered, source, span.start),
        }
    }

    fn model<'a>(&'a self, card: &'a Card, index: usize) -> Model<'a> {
        let Card { snippet, shown, python, attributes } = card;
        let program = snippet.program();
        Model {
            id: format!("snippet-{index}-{}", snippet.name),
            reference: attributes.snippet.as_ref().map(ToString::to_string).unwrap_or_default(),
            caption: &snippet.caption,
            runs: snippet.kind == Kind::Runs,
            runnable: !attributes.no_run,
            code: highlight::html(shown, "rust", &attributes.highlight),
            lines: program.lines().count(),
            program: (program != *shown).then_some(program),
            recorded: (!attributes.hide_output).then_some(snippet.recorded.as_str()),
            rustc: snippet.recording.as_ref().map(|recording| recording.rustc.as_str()),
            date: snippet.recording.as_ref().map(|recording| recording.date.to_string()),
            python: python.as_deref().map(|python| highlight::html(python, "python", &[])),
            crates: &snippet.crates,
            playground: &self.config.playground,
            endpoint: &self.config.endpoint,
            edition: &self.config.edition,
            channel: &self.config.channel,
            mode: &self.config.mode,
            timeout: u64::from(self.config.timeout) * 1000,
        }
    }

    /// The card for renderers other than HTML.
    fn markdown(&self, card: &Card) -> String {
        let Card { snippet, shown, python, attributes } = card;
        let playground = playground::link(&self.config, &snippet.program());
        markdown::card(&markdown::Parts {
            snippet,
            code: shown,
            recorded: (!attributes.hide_output).then_some(snippet.recorded.as_str()),
            python: python.as_deref(),
            playground: playground.filter(|_| !attributes.no_run),
            highlight: ranges(attributes),
        })
    }
}

/// The line ranges to set off, such as `3-5,9-9`.
fn ranges(attributes: &Attributes) -> String {
    let ranges = attributes.highlight.iter().map(|lines| format!("{}-{}", lines.start(), lines.end()));
    ranges.collect::<Vec<_>>().join(",")
}
