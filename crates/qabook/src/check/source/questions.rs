//! The front matter of questions.

use mdbook_driver::MDBook;
use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::Chapter;
use mdbook_questions::{Catalog, Config};
use qabook_support::{ChapterFile, Diagnostic, Diagnostics};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::check::rules::{self, named};

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
    let problems = problems.into_iter().map(|problem| named(rules::FRONT_MATTER, problem));
    let today = today();
    let chapters = book.book.chapters().filter(|chapter| mdbook_questions::is_question(chapter));
    problems.chain(chapters.filter_map(|chapter| in_future(&ctx, chapter, &config, today))).collect()
}

fn in_future(ctx: &PreprocessorContext, chapter: &Chapter, config: &Config, today: i64) -> Option<Diagnostic> {
    let file = ChapterFile::of(ctx, chapter);
    let verified = mdbook_questions::read_question(&file, chapter, config).ok()?.verified.date?;
    (day_number(verified) > today).then(|| {
        let line = chapter.content.lines().position(|line| line.starts_with("verified")).map_or(1, |index| index + 1);
        let message = format!("front matter: `verified` is {verified}, a day that hasn't come yet");
        let hint = "write the day on which every fact was last checked";
        file.on_line(line, rules::VERIFIED_IN_FUTURE.broken(message, hint))
    })
}

/// The latest day that it is anywhere on Earth (UTC+14), as a day number; `SOURCE_DATE_EPOCH` takes the clock's place.
///
/// See <https://reproducible-builds.org/specs/source-date-epoch/>.
fn today() -> i64 {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse().ok());
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
    let seconds = fixed.unwrap_or_else(now);
    i64::try_from((seconds.saturating_add(14 * 3600)) / 86_400).unwrap_or(i64::MAX)
}

/// Days from 1970-01-01 to `date` in the Gregorian calendar.
fn day_number(date: toml::value::Date) -> i64 {
    // Years begin in March, so that the leap day is a year's last.
    let (month, day) = (i64::from(date.month), i64::from(date.day));
    let year = i64::from(date.year) - i64::from(month <= 2);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year / 4 - year / 100 + year / 400 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (year, month, day, number) in
            [(1970, 1, 1, 0), (1970, 3, 1, 59), (2000, 2, 29, 11_016), (2000, 3, 1, 11_017), (2026, 11, 25, 20_782)]
        {
            assert_eq!(day_number(toml::value::Date { year, month, day }), number, "{year}-{month}-{day}");
        }
    }
}
