//! The cards of a book of questions as XHTML.

use qabook_document::{Program, Question, RelatedQuestion, Words};

use super::code::code;
use super::names;
use super::xml::escape;

/// A program: caption, code, recorded output, link and Python twin.
pub(super) fn snippet(snippet: &Program, words: &Words) -> String {
    let mut html = format!(
        "<figure class=\"snippet\">\n<figcaption>{}</figcaption>\n<pre dir=\"ltr\">{}</pre>\n",
        escape(&snippet.caption),
        code(&snippet.code, "rust", &snippet.highlighted)
    );
    if let Some(recorded) = &snippet.recorded {
        let label = if snippet.runs() { "snippets.recorded-output" } else { "snippets.compiler-error" };
        let label = escape(words.text(label));
        let by = snippet
            .recording
            .as_ref()
            .map_or(String::new(), |recording| format!(" · rustc {} · {}", escape(&recording.rustc), recording.date));
        let text = escape(recorded.trim_end_matches('\n'));
        html += &format!(
            "<p class=\"label\">{label}{by}</p>\n<pre class=\"recorded\" dir=\"ltr\"><samp>{text}</samp></pre>\n"
        );
    }
    if let Some(address) = &snippet.playground {
        let [address, text] = [address, words.text("snippets.playground")].map(escape);
        html += &format!("<p class=\"playground\"><a href=\"{address}\">{text}</a></p>\n");
    }
    if let Some(python) = &snippet.python {
        let label = escape(words.text("snippets.python"));
        html += &format!("<p class=\"label\">{label}</p>\n<pre dir=\"ltr\">{}</pre>\n", code(python, "python", &[]));
    }
    html + "</figure>"
}

/// Links to related questions, from the page of the chapter at `path`.
pub(super) fn related(questions: &[RelatedQuestion], path: &str, words: &Words) -> String {
    let item = |question: &RelatedQuestion| {
        let text = escape(&question.text());
        match names::href(&question.target, path) {
            Some(href) => format!("<li><a href=\"{}\">{text}</a></li>\n", escape(&href)),
            None => format!("<li>{text}</li>\n"),
        }
    };
    let items: String = questions.iter().map(item).collect();
    let label = escape(words.text("questions.related"));
    format!("<section class=\"related\">\n<p class=\"label\">{label}</p>\n<ul>\n{items}</ul>\n</section>")
}

/// What is below the title of a question.
pub(super) fn question_header(header: &Question, words: &Words) -> String {
    let number = escape(&words.filled("questions.numbered", &[("number", &header.label())]));
    let tags = header.tags.join(words.text("questions.comma"));
    let [question, summary] = [&header.question, &header.summary].map(|text| escape(text));
    let mut html = format!(
        "<header class=\"question\">\n<p class=\"asked\"><span class=\"number\">{number}</span> {question}</p>\n"
    );
    if !summary.is_empty() {
        let label = escape(words.text("questions.one-sentence"));
        html += &format!("<div class=\"summary\">\n<p class=\"label\">{label}</p>\n<p>{summary}</p>\n</div>\n");
    }
    let level = header.level.map(|level| level.label(words).to_string());
    let verified = header.verified.map(|day| format!("{} {day}", words.text("questions.verified")));
    let meta = [level, Some(tags).filter(|tags| !tags.is_empty()), verified];
    let meta = meta.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    if !meta.is_empty() {
        html += &format!("<p class=\"meta\">{}</p>\n", escape(&meta));
    }
    html + "</header>"
}
