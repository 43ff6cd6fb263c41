//! An mdBook preprocessor that makes Chinese text render right.
//!
//! ```markdown
//! ## 三次握手
//!
//! 一行一句，
//! **句末有标点。**后文
//! 接 Rust。
//!
//! > [!NOTE]
//! > 中文标题。
//! ```
//!
//! becomes
//!
//! ```markdown
//! ## 三次握手 {#san-ci-wo-shou}
//!
//! 一行一句，**句末有标点。**&#21518;文接 Rust。
//!
//!
//!
//! <!-- --><blockquote class="blockquote-tag blockquote-tag-note">…注</p>
//! 中文标题。
//! <!-- --></blockquote>
//! ```
//!
//! - **Lines**: a soft break between 汉字 or full-width punctuation, which a browser draws as a space, is joined; between
//!   汉字 and Latin, inline code or a formula it becomes one space. The blank space below takes the line endings.
//! - **Emphasis** next to full-width punctuation works. A letter in the way becomes a character reference, which is
//!   Markdown to every renderer. Delimiters without a counterpart next to Chinese text are errors.
//! - **Heading ids**: those that mdBook gives stay, so that links from elsewhere live; a heading without a letter, whose own
//!   would be empty, gets one. With `heading-ids = true`: pinyin and ASCII words for all headings without `{#id}`, as above;
//!   in HTML mdBook's own id is in the blank line above the heading then.
//! - **Alerts** get titles in the book's language in HTML: see [`qabook_words`].
//!
//! Code, HTML, tables, link targets and formulas (`$…$` and `$$…$$` as mdbook-katex reads them) stay byte-identical, except
//! that an alert's content loses its quote marks. The result is parsed again and compared with what was meant; a change
//! that would be misread is left out.
//!
//! ```toml
//! [preprocessor.chinese]
//! after = ["links"]
//! before = ["katex"]
//! join-lines = true         # each may be switched off
//! emphasis = true
//! alerts = true
//! nameless-ids = true       # ids where mdBook's own are empty; right in every language
//! heading-ids = false       # readable ids for all headings, beside mdBook's own
//!
//! [output.html]
//! smart-punctuation = false # required for the first two: mdBook's default turns “你好” into “你好“
//! ```

mod alerts;
mod aliases;
mod breaks;
mod chars;
mod check;
mod config;
mod document;
mod emphasis;
mod headings;
mod rewrite;
mod rule;
mod slug;

pub use chars::is_written_solid;
pub use config::{Features, Table};
pub use rewrite::rewrite;
pub use rule::{CHINESE, Mistake, SMART_PUNCTUATION};

use alerts::Alerts;
use anyhow::Result;
use document::Document;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use qabook_support::{ChapterFile, Diagnostic, Diagnostics, Templates, rewrite_chapters, shown};
use qabook_words::Words;
use std::path::Path;

/// The built-in templates, by file name; one of that name under `theme/templates/` wins.
pub const TEMPLATES: &[(&str, &str)] = &[alerts::TEMPLATE];

/// The preprocessor `chinese`.
#[derive(Debug, Default, Clone, Copy)]
pub struct ChinesePreprocessor;

impl Preprocessor for ChinesePreprocessor {
    fn name(&self) -> &'static str {
        "chinese"
    }

    /// Rewrites every chapter of `book`.
    ///
    /// # Errors
    /// An unknown key in book.toml, smart punctuation that is on, and [`Diagnostics`] with every place whose meaning is
    /// open: see [`rewrite()`].
    fn run(&self, ctx: &PreprocessorContext, book: Book) -> Result<Book> {
        let features = Features::from_book(&ctx.config)?;
        let html = ctx.config.html_config().unwrap_or_default();
        let is_html = ctx.renderer == "html";
        if is_html && html.smart_punctuation && (features.join_lines || features.emphasis) {
            return Err(Diagnostics::from(smart_punctuation(&ctx.root)).into());
        }
        let load = || -> Result<Alerts, Diagnostics> {
            let templates = Templates::of_book(&ctx.root, &ctx.config, &[alerts::TEMPLATE])?;
            Ok(Alerts { templates, words: Words::of_book(&ctx.root, &ctx.config)? })
        };
        let alerts = (is_html && features.alerts && html.admonitions).then(load).transpose()?;
        // Links from elsewhere lead to pages.
        let smart = is_html.then_some(html.smart_punctuation);
        Ok(rewrite_chapters(ctx, book, |chapter, file| {
            let original = Document::parse(&chapter.content, features.dollars);
            let given = smart.map(|smart| aliases::Given::of(&original, smart));
            let done = rewritten_whole(original, file, features, alerts.as_ref())?;
            let with_ids = given.and_then(|given| given.add(&done));
            Ok(with_ids.unwrap_or_else(|| done.into_source()))
        })?)
    }
}

/// `before` with its alerts and all of its lines rewritten.
fn rewritten_whole<'a>(
    mut before: Document<'a>,
    file: &ChapterFile,
    features: Features,
    alerts: Option<&Alerts>,
) -> Result<Document<'a>, Diagnostics> {
    let rewritten = |document: &Document<'_>| {
        rewrite::rewritten(document, features).map_err(|mistakes| {
            let mut problems = Diagnostics::default();
            let located = |(offset, problem)| file.locate(document.source(), offset, problem);
            problems.extend(mistakes.into_iter().map(located));
            problems
        })
    };
    // First as the author wrote it, so that mistakes are on the author's lines.
    let mut after = rewritten(&before)?;
    // A joined line may let an alert be replaced, and its content is joined by itself then: until nothing changes.
    while let Some(alerts) = alerts {
        if let Some(replaced) = alerts::replace(&before, alerts)? {
            after = Some(rewritten(&replaced)?.unwrap_or(replaced));
        }
        match after.take().filter(|after| after.source() != before.source()) {
            Some(changed) => before = changed,
            None => break,
        }
    }
    Ok(after.unwrap_or(before))
}

/// What is wrong with the book in `root` whose pages get mdBook's smart punctuation.
#[must_use]
pub fn smart_punctuation(root: &Path) -> Diagnostic {
    let message =
        "output.html.smart-punctuation is on (mdBook's default) and damages Chinese quotes: “你好” becomes “你好“";
    let problem = SMART_PUNCTUATION.broken(message, "write `smart-punctuation = false` under [output.html]");
    problem.in_file(shown(&root.join("book.toml")))
}
