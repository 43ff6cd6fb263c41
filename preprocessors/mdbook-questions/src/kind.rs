//! What a page of the book is.

use qabook_support::facts::Fact;
use serde::{Deserialize, Serialize};

/// What a page of the book is. A [`Fact`] of made pages and of the glossary, for renderers other than HTML.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    /// A written chapter that is no question.
    #[default]
    Chapter,
    /// A question with its answer.
    Question,
    /// A chapter whose tables explain terms: `glossary` in the settings.
    Glossary,
    /// Made: the list of a part's questions.
    Part,
    /// Made: the questions by tag.
    Tags,
    /// Made: the errata of all questions.
    Errata,
    /// Made: the sources of all questions.
    References,
    /// Made, for HTML alone: something to practise with.
    Practice,
}

impl PageKind {
    /// Whether the page is made of others.
    #[must_use]
    pub fn is_made(self) -> bool {
        !matches!(self, Self::Chapter | Self::Question | Self::Glossary)
    }
}

impl Fact for PageKind {
    const NAME: &'static str = "page";
}
