//! Header, related links and lists as Markdown, for renderers other than HTML.
//!
//! HTML elements are around the first two, which a renderer that knows only Markdown leaves out. A block of JSON in them
//! tells one that builds its own what they show: see [`qabook_support::facts`].

use qabook_support::facts;
use qabook_support::markdown::escape;

use crate::front_matter::Question;
use crate::model::{QuestionModel, Related};
use crate::words;

/// What is below a question's title.
pub(crate) fn header(question: &Question) -> String {
    let [asked, summary, tags] =
        [&question.question, &question.summary, &question.tags.join(words::LIST_COMMA)].map(|text| escape(text));
    let about = [question.level.label(), &tags, &question.verified.to_string()];
    let quotation = words::header(&question.label(), &asked, about, &summary);
    format!("<header class=\"question-header\">{}\n\n{quotation}\n\n</header>", facts::block(question))
}

/// The links at the end of a question.
pub(crate) fn related(questions: &Related) -> String {
    let links: String =
        questions.0.iter().map(|question| link(&question.number, &question.title, &question.href)).collect();
    let (fact, title) = (facts::block(questions), words::RELATED);
    format!("\n<nav class=\"question-related\">{fact}\n\n**{title}**\n\n{links}\n</nav>\n")
}

/// A list of links to questions.
pub(crate) fn list<'a>(questions: impl Iterator<Item = &'a QuestionModel<'a>>) -> String {
    questions.map(|question| link(&question.number, question.title, &question.href)).collect()
}

/// A line of a list of links.
pub(crate) fn link(number: &str, title: &str, href: &str) -> String {
    format!("- [{number} {}]({href})\n", escape(title))
}
