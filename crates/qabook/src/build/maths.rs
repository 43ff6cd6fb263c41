//! mdbook-katex, with errors that stop the build.
//!
//! By itself it logs a formula that KaTeX refuses and leaves its source in the page.

use anyhow::{Context, Result};
use mdbook_katex::cfg::KatexConfig;
use mdbook_katex::preprocess::{KatexProcessor, Render, get_render_tasks};
use mdbook_katex::scan::Delimiter;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use qabook_document::Formulas;
use qabook_support::{ChapterFile, Diagnostics, Rule};

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
        let book = KatexProcessor.run(ctx, book)?;
        let formulas = Formulas::of(&config, &ctx.root);
        let mut problems = Diagnostics::default();
        for chapter in book.chapters() {
            let file = ChapterFile::of(ctx, chapter);
            for (formula, display, delimited) in refused(&chapter.content, &config) {
                let reason = formulas.mathml(formula, display).err();
                let reason = reason.unwrap_or_else(|| "see the log above".into());
                let message = format!("KaTeX refuses the formula `{}`: {reason}", formula.trim());
                let hint = "fix the formula; a dollar sign that isn't maths is written `\\$`";
                problems.push(file.on_line(file.line_of(&delimited), FORMULA.broken(message, hint)));
            }
        }
        Ok(problems.into_result(book)?)
    }
}

/// mdbook-katex falls back to its defaults, a link to a CDN among them, when a key is wrong: here that is an error.
fn config(ctx: &PreprocessorContext) -> Result<KatexConfig> {
    let config = ctx.config.get("preprocessor.katex").context("book.toml: [preprocessor.katex]")?;
    Ok(config.unwrap_or_default())
}

/// The formulas that are still between delimiters after rendering: without them, whether displayed, and with them.
fn refused<'a>(rendered: &'a str, config: &'a KatexConfig) -> Vec<(&'a str, bool, String)> {
    let delimited = |formula, display, delimiter: &Delimiter| {
        let Delimiter { left, right } = delimiter;
        (formula, display, format!("{left}{formula}{right}"))
    };
    let options = config.build_extra_opts();
    get_render_tasks(rendered, "", &options)
        .into_iter()
        .filter_map(|task| match task {
            Render::InlineTask(formula) => Some(delimited(formula, false, &config.inline_delimiter)),
            Render::DisplayTask(formula) => Some(delimited(formula, true, &config.block_delimiter)),
            Render::Text(_) => None,
        })
        .collect()
}
