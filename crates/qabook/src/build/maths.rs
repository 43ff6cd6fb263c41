//! mdbook-katex, with errors that stop the build.
//!
//! By itself it logs a formula that KaTeX refuses and leaves its source in the page.

use anyhow::{Context, Result, ensure};
use mdbook_katex::cfg::KatexConfig;
use mdbook_katex::preprocess::{KATEX_HEADER, KatexProcessor, Render, get_render_tasks};
use mdbook_preprocessor::book::{Book, Chapter};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use qabook_document::Formulas;
use qabook_support::maths::{Dollars, Masked, without_quote_marks};
use qabook_support::{ChapterFile, Diagnostics, Rule, rewrite_chapters};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A formula that KaTeX refuses.
const FORMULA: Rule = Rule::error("formula");

/// The preprocessor `katex`.
pub(super) struct MathsPreprocessor;

impl Preprocessor for MathsPreprocessor {
    fn name(&self) -> &'static str {
        "katex"
    }

    fn run(&self, ctx: &PreprocessorContext, book: Book) -> Result<Book> {
        let config = config(ctx)?;
        if !config.pre_render {
            return KatexProcessor.run(ctx, book);
        }
        let formulas = Formulas::of_book(&ctx.root, &ctx.config).map_err(Diagnostics::from)?;
        Ok(rewrite_chapters(ctx, book, |chapter, file| drawn(chapter, file, &config, &formulas))?)
    }
}

/// mdbook-katex falls back to its defaults, a link to a CDN among them, when a key is wrong: here that is an error.
fn config(ctx: &PreprocessorContext) -> Result<KatexConfig> {
    let config = ctx.config.get("preprocessor.katex").context("book.toml: [preprocessor.katex]")?;
    let dollars: Option<String> =
        ctx.config.get("preprocessor.katex.dollars").context("book.toml: [preprocessor.katex]")?;
    let is_known = dollars.as_deref().is_none_or(|dollars| ["formulas", "all"].contains(&dollars));
    ensure!(is_known, "book.toml: [preprocessor.katex]: `dollars` is \"formulas\" or \"all\"");
    Ok(config.unwrap_or_default())
}

/// A formula of a chapter.
struct Found {
    /// With its delimiters.
    span: Range<usize>,
    /// Without them.
    tex: Range<usize>,
    display: bool,
}

/// The chapter with its formulas as HTML.
/// Errors: Those that KaTeX refuses.
fn drawn(
    chapter: &Chapter,
    file: &ChapterFile,
    config: &KatexConfig,
    formulas: &Formulas,
) -> Result<String, Diagnostics> {
    let text = chapter.content.as_str();
    let found = match formulas.dollars() {
        Dollars::Formulas => surely(text),
        Dollars::Text | Dollars::All => as_mdbook_katex_does(text, config),
    };
    let tex = |formula: &Found| without_quote_marks(&text[..formula.span.start], &text[formula.tex.clone()]);
    // What is written many times is drawn once.
    let different: HashSet<_> = found.iter().map(|formula| (tex(formula), formula.display)).collect();
    let html: HashMap<_, Result<String, String>> = different
        .into_par_iter()
        .map(|(tex, display)| {
            let html = formulas.html(&tex, display);
            ((tex, display), html)
        })
        .collect();
    let mut problems = Diagnostics::default();
    let mut out = if config.no_css { String::new() } else { KATEX_HEADER.to_string() };
    let mut done = 0;
    for formula in &found {
        out.push_str(&text[done..formula.span.start]);
        done = formula.span.end;
        match html.get(&(tex(formula), formula.display)) {
            None => {}
            Some(Ok(html)) => out.push_str(html),
            Some(Err(reason)) => {
                let message = format!("KaTeX refuses the formula `{}`: {reason}", text[formula.tex.clone()].trim());
                let hint = "fix the formula; a dollar sign that isn't maths is written `\\$`";
                let problem = file.locate(text, formula.span.start, FORMULA.broken(message, hint));
                // Where other parts of its line were replaced, the line isn't the author's any more.
                let line = problem.place.line.or_else(|| file.line_of(&text[formula.span.clone()]));
                problems.push(problem.on_line(line));
            }
        }
    }
    out.push_str(&text[done..]);
    problems.into_result(out)
}

/// The formulas of `text` that are surely some.
fn surely(text: &str) -> Vec<Found> {
    if !text.contains('$') {
        return Vec::new();
    }
    let found = Masked::new(text, Dollars::Formulas).drawn().into_iter().map(|span| {
        let display = text[span.clone()].starts_with("$$");
        let width = if display { 2 } else { 1 };
        Found { tex: span.start + width..span.end - width, span, display }
    });
    found.collect()
}

/// The formulas that mdbook-katex finds in `text`, by the delimiters of `config`.
fn as_mdbook_katex_does(text: &str, config: &KatexConfig) -> Vec<Found> {
    let options = config.build_extra_opts();
    let found = get_render_tasks(text, "", &options).into_iter().filter_map(|task| {
        let (tex, delimiter, display) = match task {
            Render::InlineTask(tex) => (tex, &config.inline_delimiter, false),
            Render::DisplayTask(tex) => (tex, &config.block_delimiter, true),
            Render::Text(_) => return None,
        };
        // Every task is a part of the text.
        let start = tex.as_ptr().addr() - text.as_ptr().addr();
        let tex = start..start + tex.len();
        Some(Found { span: tex.start - delimiter.left.len()..tex.end + delimiter.right.len(), tex, display })
    });
    found.collect()
}
