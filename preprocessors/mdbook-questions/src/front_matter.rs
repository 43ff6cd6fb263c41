//! The front matter of a question chapter.

use jiff::civil::Date;
use mdbook_preprocessor::book::Chapter;
use qabook_support::facts::Fact;
use qabook_support::{ChapterFile, Diagnostic, Diagnostics, Rule};
use serde::{Deserialize, Serialize};
use std::ops::Range;

use crate::config::Config;
use crate::options::{AnswerOption, option_problems};
use crate::words;

/// Front matter that is missing, malformed, incomplete or out of range.
pub const FRONT_MATTER: Rule = Rule::error("front-matter");

/// What a chapter says about its question: a [`Fact`] for renderers other than HTML.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Number of the question, from 1.
    pub number: u32,
    /// Tells apart questions with the same number: a lower-case letter from `b` on for all but the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<char>,
    /// The question as asked, typos fixed.
    pub question: String,
    /// The answer in 30 seconds: plain text of at most 120 汉字.
    pub summary: String,
    /// How much it asks of the reader.
    pub level: Level,
    /// Subjects, for the index of tags.
    pub tags: Vec<String>,
    /// Other words that readers search for.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Slugs (file names without `.md`) of chapters to read next.
    #[serde(default)]
    pub related: Vec<String>,
    /// The day on which every fact was last checked.
    #[serde(with = "qabook_support::day")]
    pub verified: Date,
    /// What one chooses from, when it is asked that way: `[[options]]`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<AnswerOption>,
}

impl Fact for Question {
    const NAME: &'static str = "question";
}

/// How much a question asks of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Asked of everyone.
    Basic,
    /// Asked of those who have worked with it.
    Intermediate,
    /// Asked of those who claim to know it well.
    Advanced,
}

impl Level {
    /// The word that books in `language`, such as `zh-CN`, show.
    #[must_use]
    pub fn label(self, language: &str) -> &'static str {
        &words::of_language(language).levels[self as usize]
    }

    /// Its name in front matter.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Intermediate => "intermediate",
            Self::Advanced => "advanced",
        }
    }
}

/// The most 汉字 that a summary holds: what one can say in 30 seconds.
pub(crate) const SUMMARY_LIMIT: usize = 120;

/// The block between the `+++` lines at the start of a chapter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FrontMatter<'a> {
    /// The text between the two lines.
    toml: &'a str,
    /// Bytes of the chapter up to the end of the closing line, its line break included.
    pub(crate) end: usize,
}

/// Where the text of the chapter `content` begins: after its front matter, or at 0 when that is missing or never closed.
#[must_use]
pub fn body_start(content: &str) -> usize {
    find(content).map_or(0, |front_matter| front_matter.end)
}

/// Why there is no front matter to read.
enum Absent {
    Missing,
    Unclosed,
}

/// The block at the start of `content`.
fn find(content: &str) -> Result<FrontMatter<'_>, Absent> {
    let first = content.split_inclusive('\n').next().filter(|line| line.trim_end() == "+++").ok_or(Absent::Missing)?;
    let mut end = first.len();
    for line in content[first.len()..].split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Ok(FrontMatter { toml: &content[first.len()..end], end: end + line.len() });
        }
        end += line.len();
    }
    Err(Absent::Unclosed)
}

const FORM: &str = "begin the chapter with a line `+++`, then `key = value` lines (see CONTRIBUTING.md), then `+++`";

impl<'a> FrontMatter<'a> {
    /// Finds the block at the start of `content`.
    pub(crate) fn find(content: &'a str, file: &ChapterFile) -> Result<Self, Diagnostic> {
        find(content).map_err(|absent| match absent {
            Absent::Missing => file.on_line(1, FRONT_MATTER.broken("this question has no front matter", FORM)),
            Absent::Unclosed => {
                file.on_line(1, FRONT_MATTER.broken("the front matter is never closed", "end it with a line `+++`"))
            }
        })
    }

    /// Reads the block as a [`Question`].
    pub(crate) fn parse(&self, file: &ChapterFile) -> Result<Question, Diagnostic> {
        toml::from_str(self.toml).map_err(|error| {
            let line = error.span().map_or(1, |span| self.line_at(&span));
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            file.on_line(line, FRONT_MATTER.broken(format!("front matter: {message}"), FORM))
        })
    }

    /// The line of the chapter's file (from 1) for a span of the TOML.
    fn line_at(&self, span: &Range<usize>) -> usize {
        let before = self.toml.get(..span.start).unwrap_or(self.toml);
        2 + before.matches('\n').count()
    }

    /// The line on which `key` is set, or the first line.
    pub(crate) fn line_of(&self, key: &str) -> usize {
        let is_table = |line: &str| line.trim().trim_matches(['[', ']']) == key;
        let is_key = |line: &str| is_table(line) || line.split_once('=').is_some_and(|(name, _)| name.trim() == key);
        self.toml.lines().position(is_key).map_or(1, |index| index + 2)
    }
}

/// Whether `chapter` must carry a question: it is numbered and written.
#[must_use]
pub fn is_question(chapter: &Chapter) -> bool {
    chapter.number.is_some() && !chapter.is_draft_chapter()
}

/// The front matter of `chapter`, or what is wrong with it.
///
/// # Errors
/// Missing or unclosed front matter, invalid TOML, unknown keys, values out of range.
pub fn read_question(file: &ChapterFile, chapter: &Chapter, config: &Config) -> Result<Question, Diagnostics> {
    let front_matter = FrontMatter::find(&chapter.content, file)?;
    let question = front_matter.parse(file)?;
    question.check(file, &front_matter, config)?;
    Ok(question)
}

impl Question {
    /// The number as the page shows it: `20` or `20b`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{}{}", self.number, self.variant.map(String::from).unwrap_or_default())
    }

    /// Checks what the types don't.
    pub(crate) fn check(
        &self,
        file: &ChapterFile,
        front_matter: &FrontMatter<'_>,
        config: &Config,
    ) -> Result<(), Diagnostics> {
        let mut problems = Diagnostics::default();
        let mut report = |key: &str, message: String, hint: &str| {
            let message = format!("front matter: `{key}` {message}");
            problems.push(file.on_line(front_matter.line_of(key), FRONT_MATTER.broken(message, hint)));
        };
        let last = config.last_number.unwrap_or(u32::MAX);
        if !(1..=last).contains(&self.number) {
            let hint = "give the question's own number; `last-number` in [preprocessor.questions] is the highest";
            report("number", format!("is {}, not one of 1 to {last}", self.number), hint);
        }
        if self.variant.is_some_and(|letter| !matches!(letter, 'b'..='z')) {
            report("variant", "is no letter from b to z".into(), "leave it out, or write variant = \"b\"");
        }
        if self.question.trim().is_empty() {
            report("question", "is empty".into(), "write the question as asked");
        }
        for message in summary_problems(&self.summary) {
            report("summary", message, "say the answer in plain text, as one would say it in 30 seconds");
        }
        if self.tags.is_empty() || self.tags.len() > 5 {
            report("tags", format!("has {} entries", self.tags.len()), "give 1 to 5 tags");
        }
        for (key, words) in [("tags", &self.tags), ("aliases", &self.aliases), ("related", &self.related)] {
            if let Some(word) =
                words.iter().enumerate().find_map(|(at, word)| words[..at].contains(word).then_some(word))
            {
                report(key, format!("names `{word}` twice"), "name it once");
            }
            if words.iter().any(|word| word.trim().is_empty()) {
                report(key, "has an empty entry".into(), "delete the entry");
            }
        }
        for message in option_problems(&self.options) {
            report(
                "options",
                message,
                "each `[[options]]` has `text` and `why`, and `right = true` if it is to be chosen",
            );
        }
        problems.into_result(())
    }
}

fn summary_problems(summary: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let characters = summary.chars().filter(|c| is_ideograph(*c)).count();
    if summary.trim().is_empty() {
        problems.push("is empty".into());
    }
    if characters > SUMMARY_LIMIT {
        problems.push(format!("has {characters} 汉字; at most {SUMMARY_LIMIT} fit"));
    }
    if let Some(mark) = ["\n", "`", "**", "](", "<", "$"].into_iter().find(|mark| summary.contains(mark)) {
        problems.push(format!("is not plain text: it holds {mark:?}"));
    }
    problems
}

/// Whether `c` is a CJK unified ideograph (Unicode 16, blocks of the ideographic planes).
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ideographs_count_towards_the_length_of_a_summary() {
        assert_eq!(summary_problems(&"字".repeat(SUMMARY_LIMIT)), [""; 0]);
        assert_eq!(summary_problems(&("TCP，1.0 ".repeat(30) + "字")), [""; 0]);
        assert_eq!(summary_problems(&"字".repeat(SUMMARY_LIMIT + 1)), ["has 121 汉字; at most 120 fit"]);
    }

    #[test]
    fn the_body_begins_after_the_front_matter() {
        for (content, body) in
            [("+++\na = 1\n+++\n# 题\n", "# 题\n"), ("# 题\n", "# 题\n"), ("+++\n# 题\n", "+++\n# 题\n")]
        {
            assert_eq!(&content[body_start(content)..], body);
        }
    }

    #[test]
    fn a_summary_is_plain_text() {
        assert_eq!(summary_problems("用 `bind`"), ["is not plain text: it holds \"`\""]);
        assert_eq!(summary_problems("  "), ["is empty"]);
    }
}
