//! From a program to what the chapter shows.

use anyhow::Result;
use mdbook_preprocessor::PreprocessorContext;
use qabook_support::markdown::{Fence, Parsed};
use qabook_support::splice::Splice;
use qabook_support::{Diagnostics, Templates, facts, splice};
use qabook_words::{Table, Words};
use serde::Serialize;
use std::ops::Range;

use crate::attributes::Language;
use crate::config::Config;
use crate::fences::Fences;
use crate::program::Program;
use crate::{highlight, markdown, notes, outputs, playground};

pub(crate) const TEMPLATE: (&str, &str) = ("snippet.html", include_str!("../templates/snippet.html"));

/// Renders cards for one renderer of the book.
pub(crate) struct Renderer {
    config: Config,
    /// `None` for every renderer but HTML.
    templates: Option<Templates>,
    /// `None` where plain fences stay as they are.
    fences: Option<Fences>,
    words: Words,
}

/// What the template `snippet.html` sees.
#[derive(Serialize)]
struct Model<'a> {
    /// Unique on the page.
    id: String,
    /// Those of this preprocessor.
    words: &'a Table,
    /// What the code is: its caption after words that say so.
    label: String,
    python_label: String,
    /// How much the whole program is, when only a part is shown.
    part_of: String,
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
    program: Option<&'a str>,
    /// How many lines the whole program has.
    lines: usize,
    /// Stdout or the compiler's error line; `None` when it is hidden.
    recorded: Option<&'a str>,
    rustc: Option<&'a str>,
    date: Option<String>,
    /// Highlighted HTML of the Python original.
    python: Option<String>,
    /// What that prints.
    python_recorded: Option<&'a str>,
    /// The languages of the card, in their order: `rust`, `python`.
    languages: Vec<Language>,
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
        let load = || Templates::of_book(&ctx.root, &ctx.config, &[TEMPLATE, outputs::TEMPLATE]);
        let templates = (ctx.renderer == "html").then(load).transpose()?;
        let fences = (ctx.renderer == "html" && config.highlight).then(|| Fences::of_book(&ctx.config));
        let words = Words::of_book(&ctx.root, &ctx.config)?;
        Ok(Self { config, templates, fences, words })
    }

    /// What takes the place of a `fence` of `source` that no program replaces; `None` when it stays as it is.
    pub(crate) fn paint(&self, source: &str, fence: &Fence) -> Option<String> {
        self.fences.as_ref()?.paint(source, fence)
    }

    /// Whether every Python example is replaced, or says why not.
    pub(crate) fn replaces_python(&self) -> bool {
        self.config.replaces_python()
    }

    /// The templates, where there is to be a page of outputs to guess.
    pub(crate) fn outputs_page(&self) -> Option<&Templates> {
        self.templates.as_ref().filter(|_| self.config.outputs_page)
    }

    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// What the scripts of a page with cards say: for HTML, a block of JSON.
    pub(crate) fn words_of_scripts(&self) -> Option<String> {
        self.templates.as_ref().map(|_| facts::block(&self.words.for_scripts(&["card"])))
    }

    /// The card as HTML, or as Markdown for other renderers. `index` is its place in the chapter, from 1.
    pub(crate) fn render(&self, mut program: Program, index: usize) -> Result<String, Diagnostics> {
        if let Some(templates) = &self.templates {
            return templates.render(TEMPLATE.0, &self.model(&program, index));
        }
        if program.runnable {
            program.playground = playground::link(&self.config, program.whole());
        }
        Ok(markdown::card(&program, &self.words))
    }

    /// What marks the notes below the card at `card` for a page: see [`notes::marks`].
    pub(crate) fn notes(&self, chapter: &Parsed<'_>, card: &Range<usize>, program: &Program) -> Vec<Splice> {
        self.templates.as_ref().map_or_else(Vec::new, |_| notes::marks(chapter, card, program))
    }

    /// Puts rendered text in the place of `span` of `source`.
    pub(crate) fn fit(&self, rendered: &str, source: &str, span: Range<usize>) -> String {
        match self.templates {
            Some(_) => splice::html_block(rendered, &source[span]),
            None => splice::indented_block(rendered, source, span.start),
        }
    }

    fn model<'a>(&'a self, program: &'a Program, index: usize) -> Model<'a> {
        let recording = program.recording.as_ref();
        let labelled = |key: &str| self.words.filled(key, &[("caption", &program.caption)]);
        let lines = program.whole().lines().count();
        let part_of = if program.runnable { "snippets.part-of-runnable" } else { "snippets.part-of" };
        Model {
            id: program.card_id(index),
            words: self.words.table("snippets"),
            label: labelled("snippets.code"),
            python_label: labelled("snippets.python-code"),
            part_of: self.words.filled(part_of, &[("n", &lines.to_string())]),
            reference: program.reference.to_string(),
            caption: &program.caption,
            runs: program.runs(),
            runnable: program.runnable,
            code: highlight::html(&program.code, "rust", &program.highlighted),
            lines,
            program: program.whole.as_deref(),
            recorded: program.recorded.as_deref(),
            rustc: recording.map(|recording| recording.rustc.as_str()),
            date: recording.map(|recording| recording.date.to_string()),
            python: program.python.as_deref().map(|python| highlight::html(python, "python", &[])),
            python_recorded: program.python_recorded.as_deref(),
            languages: program.languages(),
            crates: &program.crates,
            playground: &self.config.playground,
            endpoint: &self.config.endpoint,
            edition: &self.config.edition,
            channel: &self.config.channel,
            mode: &self.config.mode,
            timeout: u64::from(self.config.timeout) * 1000,
        }
    }
}
