//! The front matter of questions.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use mdbook_driver::MDBook;
use mdbook_preprocessor::PreprocessorContext;
use mdbook_questions::{Catalog, Config, Entry};
use qabook_support::{Diagnostic, Diagnostics};

use crate::check::rules;
use crate::site::dates;

/// What is wrong with the questions of `book`; nothing when it has no questions.
pub(super) fn check(book: &MDBook) -> Vec<Diagnostic> {
    let Some((catalog, problems)) = read(book) else { return Vec::new() };
    let today = today();
    problems.into_iter().chain(catalog.entries().iter().filter_map(|entry| in_future(entry, today))).collect()
}

/// The questions of `book` and their summaries.
pub(super) fn texts(book: &MDBook) -> Vec<String> {
    let Some((catalog, _)) = read(book) else { return Vec::new() };
    catalog
        .entries()
        .iter()
        .flat_map(|Entry { question, .. }| [question.question.clone(), question.summary.clone()])
        .collect()
}

/// The questions that can be read, and what is wrong with the others; `None` for a book without questions.
fn read(book: &MDBook) -> Option<(Catalog, Diagnostics)> {
    // A broken table is reported by the build.
    let config = Config::from_book(&book.config).ok()?;
    let ctx = PreprocessorContext::new(book.root.clone(), book.config.clone(), "html".into());
    let has_questions = qabook_document::is_on(&book.config, "questions");
    has_questions.then(|| Catalog::read_what_is_right(&ctx, &book.book, &config))
}

fn in_future(entry: &Entry, today: Date) -> Option<Diagnostic> {
    let verified = entry.question.verified.filter(|verified| *verified > today)?;
    let source = entry.file().source().unwrap_or_default();
    let line = source.lines().position(|line| line.starts_with("verified")).map_or(1, |index| index + 1);
    let message = format!("front matter: `verified` is {verified}, a day that hasn't come yet");
    let hint = "write the day on which every fact was last checked";
    Some(entry.file().on_line(line, rules::VERIFIED_IN_FUTURE.broken(message, hint)))
}

/// The latest day that it is anywhere on Earth (UTC+14); `SOURCE_DATE_EPOCH` takes the clock's place.
fn today() -> Date {
    Offset::constant(14).to_datetime(dates::from_environment().unwrap_or_else(Timestamp::now)).date()
}
