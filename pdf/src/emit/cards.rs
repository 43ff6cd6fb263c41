//! Code, programs, and the head of a question.

use document::{Code, QuestionHeader, Snippet};

use super::Writer;
use super::text::has_long_words;
use crate::literal::literal;

impl Writer<'_> {
    pub(super) fn code(&mut self, code: &Code) {
        let listing = self.listing(&language(code.language.as_deref()), &code.text, "");
        self.out.push_str(&format!("#{listing}"));
    }

    /// A call that shows `code`; `more` are further arguments.
    fn listing(&mut self, language: &str, code: &str, more: &str) -> String {
        let long = has_long_words(code);
        let code = self.text(code.trim_end_matches('\n'));
        format!("listing({language}, {code}, long: {long}{more})")
    }

    pub(super) fn snippet(&mut self, snippet: &Snippet) {
        self.snippets += 1;
        // The id that the card has on the page: see the template snippet.html.
        let id = format!("snippet-{}-{}", self.snippets, snippet.name);
        let caption = self.text(&snippet.caption);
        self.out.push_str(&format!("#card({}, {caption})[\n", self.label(&id)));
        let marks: String =
            snippet.highlighted.iter().flat_map(|&(first, last)| first..=last).map(|line| format!("{line},")).collect();
        let listing = self.listing("\"rust\"", &snippet.code, &format!(", marks: ({marks})"));
        self.out.push_str(&format!("#{listing}\n"));
        self.recorded(snippet);
        self.run_link(snippet, &id);
        if let Some(python) = &snippet.python {
            let listing = self.listing("\"python\"", python, ", scale: 0.9");
            self.out.push_str(&format!("#twin(\"Python 对照\", {listing})\n"));
        }
        self.out.push(']');
    }

    fn recorded(&mut self, snippet: &Snippet) {
        let Some(recorded) = &snippet.recorded else { return };
        let kind = if snippet.runs { "已录制的输出" } else { "编译器报错" };
        let title = match &snippet.recording {
            Some(recording) => format!("{kind} · rustc {} · {}", recording.rustc, recording.date),
            None => kind.to_string(),
        };
        let long = has_long_words(recorded);
        let (title, text) = (self.text(&title), self.text(recorded.trim_end_matches('\n')));
        self.out.push_str(&format!("#output({title}, {text}, long: {long}, failed: {})\n", !snippet.runs));
    }

    /// Where the program can be run: its page on the site when that is known, the Playground otherwise.
    fn run_link(&mut self, snippet: &Snippet, id: &str) {
        let Some(playground) = &snippet.playground else { return };
        let Some(site) = &self.emitter.site else {
            self.out.push_str(&format!("#run-link({}, \"在 Playground 打开\")\n", literal(playground)));
            return;
        };
        let url = site.page(&self.chapter.path, Some(id));
        match crate::qr::svg(&url) {
            Some(svg) => {
                let file = format!("/codes/{}-{}.svg", self.index, self.snippets);
                self.out.push_str(&format!(
                    "#run-link({}, \"在网页上运行、修改这个程序\", picture: image({}, width: 100%, alt: {}))\n",
                    literal(&url),
                    literal(&file),
                    literal(&format!("二维码：{url}"))
                ));
                self.files.push((file, svg.into_bytes()));
            }
            None => self.out.push_str(&format!("#run-link({}, \"在网页上运行、修改这个程序\")\n", literal(&url))),
        }
    }

    pub(super) fn question_header(&mut self, header: &QuestionHeader) {
        let number = self.text(&format!("第 {} 题", header.number));
        let (question, summary) = (self.text(&header.question), self.text(&header.summary));
        let level = self.text(&header.level);
        let tags: Vec<String> = header.tags.iter().map(|tag| format!("#badge({});", self.text(tag))).collect();
        let verified = self.text(&format!("最后核对 {}", header.verified));
        self.out.push_str(&format!(
            "#question-header({number}, {question}, {summary}, [#badge(text(fill: accent, {level}));#h(0.6em){}#h(1fr)#{verified}])",
            tags.join("#h(0.6em)")
        ));
    }
}

/// A language that Typst highlights, as an argument of `raw`.
fn language(name: Option<&str>) -> String {
    match name {
        None | Some("text" | "") => "none".into(),
        // Shell sessions are in no highlighter's list of names.
        Some("console") => literal("sh"),
        Some(name) => literal(name),
    }
}
