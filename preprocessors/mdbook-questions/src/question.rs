//! A question: what its chapter says about it, and what is taken from the chapter's text and place.

use jiff::civil::Date;
use mdbook_preprocessor::book::Chapter;
use qabook_support::facts::Fact;
use qabook_words::Words;
use serde::{Deserialize, Serialize};

use crate::options::AnswerOption;

/// What a chapter says about its question: a [`Fact`] for renderers other than HTML.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Number of the question, from 1.
    pub number: u32,
    /// Tells apart questions with the same number: a lower-case letter from `b` on for all but the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<char>,
    /// The question as asked, typos fixed, as plain text: code in it is there without its backticks.
    pub question: String,
    /// The answer in 30 seconds, as plain text; empty for a chapter that has no paragraph to take it from.
    pub summary: String,
    /// How much it asks of the reader, where the author says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Subjects, for the index of tags; none where the author names none.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Other words that readers search for.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The question in other words, as readers ask it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<String>,
    /// Slugs (file names without `.md`) of chapters to read next.
    #[serde(default)]
    pub related: Vec<String>,
    /// The day on which every fact was last checked, where the author says so.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "qabook_support::day::optional")]
    pub verified: Option<Date>,
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
    /// All of them, from the easiest on.
    pub(crate) const ALL: [Self; 3] = [Self::Basic, Self::Intermediate, Self::Advanced];

    /// What it is called in `words`.
    #[must_use]
    pub fn label(self, words: &Words) -> &str {
        words.text(&format!("questions.level-{}", self.name()))
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

impl Question {
    /// The number as the page shows it: `20` or `20b`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{}{}", self.number, self.variant.map(String::from).unwrap_or_default())
    }
}

/// Whether `chapter` answers a question: it is numbered and written.
#[must_use]
pub fn is_question(chapter: &Chapter) -> bool {
    chapter.number.is_some() && !chapter.is_draft_chapter()
}
