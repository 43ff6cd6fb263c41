//! Header, related links and lists as Markdown, for renderers other than HTML.
//!
//! HTML elements are around the first two, which a renderer that knows only Markdown leaves out. A block of JSON in them
//! tells one that builds its own what they show: see [`qabook_support::facts`].

use qabook_support::facts;
use qabook_support::markdown::escape;

use crate::model::{QuestionModel, Related};
use crate::options::{letter, right_letters};
use crate::question::Question;
use qabook_words::Words;

/// What is below a question's title: what one chooses from, the head as a quotation, and why each option is right or wrong.
pub(crate) fn header(question: &Question, words: &Words) -> String {
    let [asked, summary, tags] =
        [&question.question, &question.summary, &question.tags.join(words.text("questions.comma"))]
            .map(|text| escape(text));
    let numbered = words.filled("questions.numbered", &[("number", &question.label())]);
    let mut quotation = format!("> **{numbered}** {asked}");
    let level = question.level.map_or("", |level| level.label(words));
    let verified =
        question.verified.map(|day| format!("{} {day}", words.text("questions.verified"))).unwrap_or_default();
    let meta = [level, &tags, &verified].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
    if !meta.is_empty() {
        quotation += &format!("\n>\n> {}", meta.join(" · "));
    }
    if !summary.is_empty() {
        quotation += &format!("\n>\n> **{}** {summary}", words.text("questions.one-sentence"));
    }
    let fact = facts::block(question);
    let header = format!("<header class=\"question-header\">{fact}\n\n{quotation}\n\n</header>");
    if question.options.is_empty() {
        return header;
    }
    let options = question.options.iter().enumerate();
    let list: String =
        options.clone().map(|(at, option)| format!("- {}. {}\n", letter(at), option.text.trim())).collect();
    let right = right_letters(&question.options).join(words.text("questions.comma"));
    let verdict = |right| words.text(if right { "questions.right-option" } else { "questions.wrong-option" });
    let reasons: String = options
        .map(|(at, option)| {
            format!(
                "- **{}** {}{}{}\n",
                letter(at),
                verdict(option.right),
                words.text("questions.label-colon"),
                option.why.trim()
            )
        })
        .collect();
    format!(
        "{list}\n{header}\n\n**{}**{}{right}\n\n{reasons}",
        words.text("questions.answer"),
        words.text("questions.label-colon")
    )
}

/// The links at the end of a question.
pub(crate) fn related(questions: &Related, words: &Words) -> String {
    let links: String =
        questions.0.iter().map(|question| link(&question.number, &question.title, &question.href)).collect();
    let (fact, title) = (facts::block(questions), words.text("questions.related"));
    format!("\n<nav class=\"question-related\">{fact}\n\n**{title}**\n\n{links}\n</nav>\n")
}

/// What a part asks: a link to each question, its level, and its answer in a sentence.
pub(crate) fn part<'a>(questions: impl Iterator<Item = &'a QuestionModel<'a>>) -> String {
    let item = |question: &QuestionModel<'_>| {
        let link = link(&question.number, question.title, &question.href);
        let level = Some(question.level).filter(|level| !level.is_empty());
        let level = level.map(|level| format!(" · {}", escape(level))).unwrap_or_default();
        let summary = Some(question.summary).filter(|summary| !summary.is_empty());
        let summary = summary.map(|summary| format!("\n  {}\n", escape(summary))).unwrap_or_default();
        format!("{}{level}\n{summary}", link.trim_end())
    };
    questions.map(item).collect()
}

/// A list of links to questions.
pub(crate) fn list<'a>(questions: impl Iterator<Item = &'a QuestionModel<'a>>) -> String {
    questions.map(|question| link(&question.number, question.title, &question.href)).collect()
}

/// A line of a list of links.
pub(crate) fn link(number: &str, title: &str, href: &str) -> String {
    format!("- [{number} {}]({href})\n", escape(title))
}
