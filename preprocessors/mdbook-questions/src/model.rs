//! What templates see, and what is written as Markdown for renderers without templates.

use qabook_support::facts::Fact;
use serde::{Deserialize, Serialize};

use crate::options::{AnswerOption, inline_html, letter};

/// A question that is worth reading after another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedQuestion {
    /// Its number, such as `20b`.
    pub number: String,
    /// Its chapter's file name without extension.
    pub slug: String,
    /// Its chapter's title in `SUMMARY.md`.
    pub title: String,
    /// Its answer in one sentence.
    pub summary: String,
    /// Its chapter's address relative to the page that names it.
    pub href: String,
}

/// The questions to read after one, in the order of `related`: a [`Fact`] for renderers other than HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Related(pub Vec<RelatedQuestion>);

impl Fact for Related {
    const NAME: &'static str = "related";
}

/// A link to another page.
#[derive(Serialize)]
pub(crate) struct Link {
    /// What it reads.
    pub(crate) text: String,
    /// Address relative to the page.
    pub(crate) href: String,
}

/// What the templates see of a question.
#[derive(Serialize)]
pub(crate) struct QuestionModel<'a> {
    pub(crate) number: String,
    /// Whether another question has its number, but for the letter.
    pub(crate) has_namesake: bool,
    /// Its number in words.
    pub(crate) numbered: String,
    /// Its chapter's file name without extension: what the reader's marks are kept by.
    pub(crate) slug: String,
    pub(crate) title: &'a str,
    pub(crate) href: String,
    pub(crate) question: &'a str,
    pub(crate) summary: &'a str,
    pub(crate) level: &'a str,
    /// Its level as front matter names it.
    pub(crate) level_name: &'static str,
    pub(crate) part: Option<&'a str>,
    pub(crate) tags: Vec<Link>,
    /// Aliases and tags, for the search index: `data-aliases`.
    pub(crate) aliases: String,
    /// The question in other words, for the search index: `data-asked`.
    pub(crate) asked: String,
    pub(crate) verified: String,
    /// What one chooses from; empty for a question that is answered in words.
    pub(crate) options: Vec<OptionModel>,
    /// Whether exactly one of them is right.
    pub(crate) single: bool,
}

/// An option of a question.
#[derive(Serialize)]
pub(crate) struct OptionModel {
    pub(crate) letter: &'static str,
    /// HTML.
    pub(crate) text: String,
    pub(crate) right: bool,
    /// HTML.
    pub(crate) why: String,
}

impl OptionModel {
    /// The options of a question, in their order.
    pub(crate) fn all_of(options: &[AnswerOption]) -> Vec<Self> {
        let model = |(index, option): (usize, &AnswerOption)| Self {
            letter: letter(index),
            text: inline_html(&option.text),
            right: option.right,
            why: inline_html(&option.why),
        };
        options.iter().enumerate().map(model).collect()
    }
}

/// What is below a chapter.
#[derive(Serialize)]
pub(crate) struct EndModel {
    pub(crate) slug: String,
    /// Where the link to a random question leads while scripts are off.
    pub(crate) random: Option<String>,
    pub(crate) related: Related,
}

/// The page of a part.
#[derive(Serialize)]
pub(crate) struct PartModel<'a> {
    pub(crate) title: &'a str,
    pub(crate) items: Vec<PartItem<'a>>,
}

/// A line of a part's index: a written question, or the title of one that is still a draft.
#[derive(Serialize)]
pub(crate) struct PartItem<'a> {
    pub(crate) question: Option<QuestionModel<'a>>,
    pub(crate) draft: Option<&'a str>,
}

/// All questions by part.
#[derive(Serialize)]
pub(crate) struct PartsModel<'a> {
    pub(crate) parts: Vec<PartList<'a>>,
}

/// A part and its questions.
#[derive(Serialize)]
pub(crate) struct PartList<'a> {
    /// `None` for questions above the first part.
    pub(crate) title: Option<&'a str>,
    /// Address of the part's index page.
    pub(crate) href: String,
    /// How many questions it has, in words.
    pub(crate) count: String,
    pub(crate) questions: Vec<QuestionModel<'a>>,
}

/// A link to some question.
#[derive(Serialize)]
pub(crate) struct RandomModel {
    /// Where the link leads while scripts are off.
    pub(crate) href: String,
}

/// The book in other forms.
#[derive(Serialize)]
pub(crate) struct DownloadsModel<'a> {
    pub(crate) downloads: Vec<Download<'a>>,
}

/// The whole book as a file.
#[derive(Serialize)]
pub(crate) struct Download<'a> {
    pub(crate) href: String,
    /// The file's extension in capitals, such as `PDF`.
    pub(crate) format: String,
    /// What the format is for; empty for an unknown one.
    pub(crate) note: &'a str,
}
