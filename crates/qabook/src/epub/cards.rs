//! The cards of a book of questions as XHTML.

use qabook_document::{Program, Question, RelatedQuestion};

use super::code::code;
use super::names;
use super::xml::escape;

/// A program: caption, code, recorded output, link and Python twin.
pub(super) fn snippet(snippet: &Program) -> String {
    let mut html = format!(
        "<figure class=\"snippet\">\n<figcaption>{}</figcaption>\n<pre>{}</pre>\n",
        escape(&snippet.caption),
        code(&snippet.code, "rust", &snippet.highlighted)
    );
    if let Some(recorded) = &snippet.recorded {
        let label = if snippet.runs() { "已录制的输出" } else { "编译器报错" };
        let by = snippet
            .recording
            .as_ref()
            .map_or(String::new(), |recording| format!(" · rustc {} · {}", escape(&recording.rustc), recording.date));
        let text = escape(recorded.trim_end_matches('\n'));
        html += &format!("<p class=\"label\">{label}{by}</p>\n<pre class=\"recorded\"><samp>{text}</samp></pre>\n");
    }
    if let Some(address) = &snippet.playground {
        html += &format!("<p class=\"playground\"><a href=\"{}\">在 Playground 打开</a></p>\n", escape(address));
    }
    if let Some(python) = &snippet.python {
        html += &format!("<p class=\"label\">Python 对照</p>\n<pre>{}</pre>\n", code(python, "python", &[]));
    }
    html + "</figure>"
}

/// Links to related questions, from the page of the chapter at `path`.
pub(super) fn related(questions: &[RelatedQuestion], path: &str) -> String {
    let item = |question: &RelatedQuestion| {
        let text = escape(&question.text());
        match names::href(&question.target, path) {
            Some(href) => format!("<li><a href=\"{}\">{text}</a></li>\n", escape(&href)),
            None => format!("<li>{text}</li>\n"),
        }
    };
    let items: String = questions.iter().map(item).collect();
    format!("<section class=\"related\">\n<p class=\"label\">相关问题</p>\n<ul>\n{items}</ul>\n</section>")
}

/// What is below the title of a question.
pub(super) fn question_header(header: &Question) -> String {
    let number = header.label();
    let [question, summary, tags] =
        [&header.question, &header.summary, &header.tags.join("、")].map(|text| escape(text));
    let mut html = format!(
        "<header class=\"question\">\n<p class=\"asked\"><span class=\"number\">第 {number} 题</span> {question}</p>\n"
    );
    if !summary.is_empty() {
        html += &format!("<div class=\"summary\">\n<p class=\"label\">一句话</p>\n<p>{summary}</p>\n</div>\n");
    }
    let level = header.level.map(|level| level.label("zh").to_string());
    let verified = header.verified.map(|day| format!("最后核对 {day}"));
    let meta = [level, Some(tags.to_string()).filter(|tags| !tags.is_empty()), verified];
    let meta = meta.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    if !meta.is_empty() {
        html += &format!("<p class=\"meta\">{meta}</p>\n");
    }
    html + "</header>"
}
