//! A document to the files of a cheat-sheet: every question with its answer in one sentence, by part.

use qabook_document::{Chapter, DOCUMENT, Document, Part};
use qabook_support::Diagnostics;

use crate::assemble::Assembled;
use crate::emit::{Emitter, Entry, file_of};
use crate::literal::literal;
use crate::qr;
use crate::settings::Settings;

/// What a cheat-sheet is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheatSheet {
    /// To look things up: each question with its answer in one sentence.
    Answers,
    /// To test oneself: each question with a line for the answer and boxes to tick.
    SelfTest,
}

/// The drawing of the site's address, in Typst's world.
const SITE_CODE: &str = "/codes/site.svg";

/// Writes the Typst code of the `kind` of cheat-sheet of `document`.
///
/// # Errors
/// There are no questions; characters that no font has.
pub(crate) fn assemble(document: &Document, settings: &Settings, kind: CheatSheet) -> Result<Assembled, Diagnostics> {
    let emitter = Emitter::new(document, settings);
    let mut parts = String::new();
    let mut results = Vec::new();
    for part in &document.parts {
        let first = results.len();
        for entry in entries(part) {
            results.push(emitter.entry(entry, results.len(), kind == CheatSheet::Answers));
        }
        if results.len() > first {
            let title = part.title.as_deref().map_or_else(|| "none".into(), literal);
            let files: String =
                (first..results.len()).map(|index| format!("include {}, ", literal(&file_of(index)))).collect();
            parts.push_str(&format!("  ({title}, ({files})),\n"));
        }
    }
    if results.is_empty() {
        let hint = "a question is a chapter with the front matter that [preprocessor.questions] reads; without \
                    `--cheat-sheet` the PDF holds all chapters";
        return Err(DOCUMENT.broken("the book has no questions, so its cheat-sheet would be empty", hint).into());
    }
    let words = &document.words;
    let said = match kind {
        CheatSheet::Answers => "pdf.cheat-sheet",
        CheatSheet::SelfTest => "pdf.self-test",
    };
    let code = settings.site.as_ref().and_then(|site| Some((site.address(), qr::svg(site.address())?)));
    let shown_code = code.as_ref().map_or_else(
        || "none".into(),
        |(url, _)| {
            let alt = literal(&words.filled("pdf.site-code", &[("address", url)]));
            format!("link({}, image({}, width: 15mm, alt: {alt}))", literal(url), literal(SITE_CODE))
        },
    );
    let about = words.filled(&format!("{said}-about"), &[("n", &results.len().to_string())]);
    let main = format!(
        "#import \"/look.typ\": *\n#import \"/sheet.typ\": sheet\n#show: book\n#sheet({}, {}, {}, {shown_code}, (\n{parts}))\n",
        literal(words.text(said)),
        literal(&about),
        literal(&settings.state(words)),
    );
    let mut assembled = Assembled::new(main, document, settings, results)?;
    if let Some((_, svg)) = code {
        assembled.files.insert(SITE_CODE.into(), svg.into_bytes());
    }
    Ok(assembled)
}

/// The questions of `part` in order.
fn entries(part: &Part) -> impl Iterator<Item = Entry<'_>> {
    // The outline must not begin with a level below the first.
    let level = if part.title.is_some() { 2 } else { 1 };
    part.chapters.iter().flat_map(Chapter::with_children).filter_map(move |chapter| Entry::of(chapter, level))
}
