//! The front matter of questions.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use mdbook_driver::MDBook;
use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::Chapter;
use mdbook_questions::{Catalog, Config};
use qabook_support::{ChapterFile, Diagnostic, Diagnostics};

use crate::check::rules;
use crate::site::dates;

/// What is wrong with the questions of `book`; nothing when it has no questions.
pub(super) fn check(book: &MDBook) -> Vec<Diagnostic> {
    // A broken table is reported by the build.
    let Ok(config) = Config::from_book(&book.config) else { return Vec::new() };
    if !book.config.contains_key("preprocessor.questions") {
        return Vec::new();
    }
    let ctx = PreprocessorContext::new(book.root.clone(), book.config.clone(), "html".into());
    let mut problems = Diagnostics::default();
    if let Err(found) = Catalog::read(&ctx, &book.book, &config) {
        problems.extend(found);
    }
    let today = today();
    let chapters = book.book.chapters().filter(|chapter| mdbook_questions::is_question(chapter));
    problems.into_iter().chain(chapters.filter_map(|chapter| in_future(&ctx, chapter, &config, today))).collect()
}

fn in_future(ctx: &PreprocessorContext, chapter: &Chapter, config: &Config, today: Date) -> Option<Diagnostic> {
    let file = ChapterFile::of(ctx, chapter);
    let verified = mdbook_questions::read_question(&file, chapter, config).ok()?.verified;
    (verified > today).then(|| {
        let line = chapter.content.lines().position(|line| line.starts_with("verified")).map_or(1, |index| index + 1);
        let message = format!("front matter: `verified` is {verified}, a day that hasn't come yet");
        let hint = "write the day on which every fact was last checked";
        file.on_line(line, rules::VERIFIED_IN_FUTURE.broken(message, hint))
    })
}

/// The latest day that it is anywhere on Earth (UTC+14); `SOURCE_DATE_EPOCH` takes the clock's place.
fn today() -> Date {
    Offset::constant(14).to_datetime(dates::from_environment().unwrap_or_else(Timestamp::now)).date()
}
