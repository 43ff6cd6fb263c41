//! What front matter gives: each key that it may have.

use jiff::civil::Date;
use qabook_support::{ChapterFile, Diagnostic, Diagnostics};
use serde::Deserialize;

use crate::front_matter::{FORM, FRONT_MATTER, FrontMatter};
use crate::options::AnswerOption;
use crate::question::Level;

/// What front matter gives; texts are as the author wrote them.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Given {
    pub(crate) number: Option<u32>,
    pub(crate) variant: Option<char>,
    pub(crate) question: Option<String>,
    pub(crate) summary: Option<String>,
    pub(crate) level: Option<Level>,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) aliases: Vec<String>,
    pub(crate) asked: Vec<String>,
    pub(crate) related: Vec<String>,
    #[serde(with = "qabook_support::day::optional")]
    pub(crate) verified: Option<Date>,
    pub(crate) options: Vec<AnswerOption>,
}

/// The keys that a strict book asks of each question, and what to write.
const REQUIRED: [(&str, &str); 6] = [
    ("number", "write `number = 1`, the number of the question"),
    ("question", "write `question = \"…\"`, the question as asked"),
    ("summary", "write `summary = \"…\"`, the answer as one would say it in 30 seconds"),
    ("level", "write `level = \"basic\"`, \"intermediate\" or \"advanced\""),
    ("tags", "write `tags = [\"…\"]`, 1 to 5 subjects"),
    ("verified", "write `verified = 2026-01-31`, the day on which every fact was last checked"),
];

impl Given {
    /// Reads `block`, the front matter of the chapter in `file`, as TOML.
    ///
    /// # Errors
    /// Malformed TOML, an unknown key, a value of the wrong type.
    pub(crate) fn of_toml(block: &FrontMatter<'_>, file: &ChapterFile) -> Result<Self, Diagnostics> {
        toml::from_str(block.text).map_err(|error| {
            let line = error.span().map_or(1, |span| block.line_at(&span));
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            file.on_line(line, FRONT_MATTER.broken(format!("front matter: {message}"), FORM)).into()
        })
    }

    /// What a strict book misses: a problem for each key.
    pub(crate) fn missing(&self, file: &ChapterFile) -> impl Iterator<Item = Diagnostic> {
        let given = [
            self.number.is_some(),
            self.question.is_some(),
            self.summary.is_some(),
            self.level.is_some(),
            self.tags.is_some(),
            self.verified.is_some(),
        ];
        let missing = REQUIRED.into_iter().zip(given).filter(|(_, given)| !given);
        missing.map(|((key, hint), _)| {
            file.on_line(1, FRONT_MATTER.broken(format!("front matter: `{key}` is missing"), hint))
        })
    }
}
