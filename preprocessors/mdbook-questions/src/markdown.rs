//! Header, related links and lists as Markdown, for renderers other than HTML.
//!
//! HTML elements stand around the first two, which a renderer that knows only Markdown leaves out; the header's
//! attributes say to one that builds its own what the Markdown doesn't say unmistakably.

use qabook_support::escape_attribute;
use qabook_support::markdown::escape;

use crate::render::QuestionModel;

/// What stands below a question's title.
pub(crate) fn header(question: &QuestionModel<'_>) -> String {
    let tags: Vec<&str> = question.tags.iter().map(|tag| tag.text.as_str()).collect();
    let mut tag = "<header class=\"question-header\"".to_string();
    for (name, value) in [
        ("number", question.number.as_str()),
        ("question", question.question),
        ("summary", question.summary),
        ("level", question.level),
        ("tags", &tags.join("\n")),
        ("verified", &question.verified),
    ] {
        tag += &format!(" data-{name}=\"{}\"", escape_attribute(value));
    }
    let [asked, summary, tags] = [question.question, question.summary, &tags.join("、")].map(escape);
    let QuestionModel { number, level, verified, .. } = question;
    format!(
        "{tag}>\n\n> **第 {number} 题** {asked}\n>\n> {level} · {tags} · 最后核对 {verified}\n>\n\
         > **一句话** {summary}\n\n</header>"
    )
}

/// The links at the end of a question.
pub(crate) fn related(questions: &[QuestionModel<'_>]) -> String {
    format!("\n<nav class=\"question-related\">\n\n**相关问题**\n\n{}\n</nav>\n", list(questions.iter()))
}

/// A list of links to questions.
pub(crate) fn list<'a>(questions: impl Iterator<Item = &'a QuestionModel<'a>>) -> String {
    let line = |question: &QuestionModel<'_>| {
        format!("- [{} {}]({})\n", question.number, escape(question.title), question.href)
    };
    questions.map(line).collect()
}
