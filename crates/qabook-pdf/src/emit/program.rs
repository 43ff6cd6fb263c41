//! Code, programs, and the head of a question.

use qabook_document::{Code, Program, Question};

use super::text::has_long_words;
use super::writer::Writer;
use crate::literal::literal;
use crate::qr;

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

    pub(super) fn snippet(&mut self, snippet: &Program) {
        self.snippets += 1;
        // The id that the card has on the page: see the template snippet.html.
        let id = format!("snippet-{}-{}", self.snippets, snippet.reference.name);
        let caption = self.text(&snippet.caption);
        self.out.push_str(&format!("#program({}, {caption})[\n", self.label(&id)));
        let marks: String = snippet.highlighted.iter().cloned().flatten().map(|line| format!("{line},")).collect();
        let listing = self.listing("\"rust\"", &snippet.code, &format!(", marks: ({marks})"));
        self.out.push_str(&format!("#{listing}\n"));
        self.output_and_link(snippet, &id);
        if let Some(python) = &snippet.python {
            let listing = self.listing("\"python\"", python, ", scale: 0.9");
            let title = self.text(self.emitter.words.text("snippets.python"));
            self.out.push_str(&format!("#twin({title}, {listing})\n"));
        }
        self.out.push(']');
    }

    /// What the program printed, and where it can be run: its page on the site when that is known, the Playground
    /// otherwise.
    fn output_and_link(&mut self, snippet: &Program, id: &str) {
        let url = match (&self.emitter.site, &snippet.playground) {
            (_, None) => None,
            (Some(site), _) => Some(site.page(&self.chapter.path, Some(id))),
            (None, Some(playground)) => Some(playground.clone()),
        };
        let code = url.as_deref().filter(|_| self.emitter.site.is_some()).and_then(|url| self.code_to_photograph(url));
        let recorded = snippet.recorded.as_deref();
        let beside = code.clone().filter(|_| recorded.is_some_and(fits_beside));
        if let Some(recorded) = recorded {
            self.output(snippet, recorded, beside.as_deref());
        }
        let Some(url) = url else { return };
        let key = if self.emitter.site.is_some() { "pdf.run-on-site" } else { "snippets.playground" };
        let (url, words) = (literal(&url), self.text(self.emitter.words.text(key)));
        match code {
            // On a screen there is no QR code next to the output, but a link.
            _ if beside.is_some() => self.out.push_str(&format!("#screen-link({url}, {words})\n")),
            Some(code) => self.out.push_str(&format!("#run-link({url}, {words}, picture: {code})\n")),
            None => self.out.push_str(&format!("#run-link({url}, {words})\n")),
        }
    }

    fn output(&mut self, snippet: &Program, recorded: &str, beside: Option<&str>) {
        let key = if snippet.runs() { "snippets.recorded-output" } else { "snippets.compiler-error" };
        let kind = self.emitter.words.text(key);
        let title = match &snippet.recording {
            Some(recording) => format!("{kind} · rustc {} · {}", recording.rustc, recording.date),
            None => kind.to_string(),
        };
        let long = has_long_words(recorded);
        let (title, text) = (self.text(&title), self.text(recorded.trim_end_matches('\n')));
        let beside = beside.unwrap_or("none");
        let failed = !snippet.runs();
        self.out.push_str(&format!("#output({title}, {text}, long: {long}, failed: {failed}, beside: {beside})\n"));
    }

    /// Typst code that draws `url` and leads there; `None` when it is too long to be drawn.
    fn code_to_photograph(&mut self, url: &str) -> Option<String> {
        let svg = qr::svg(url)?;
        let file = format!("/codes/{}-{}.svg", self.index, self.snippets);
        self.files.push((file.clone(), svg.into_bytes()));
        let alt = literal(&self.emitter.words.filled("pdf.site-code", &[("address", url)]));
        Some(format!("link({}, image({}, width: 15mm, alt: {alt}))", literal(url), literal(&file)))
    }

    pub(super) fn question_header(&mut self, header: &Question) {
        let words = self.emitter.words;
        let number = self.text(&words.filled("questions.numbered", &[("number", &header.label())]));
        let (question, summary) = (self.text(&header.question), self.text(&header.summary));
        let level = header.level.map(|level| self.text(level.label(words)));
        let level = level.map(|level| format!("#badge(text(fill: accent, {level}));"));
        let tags = header.tags.iter().map(|tag| format!("#badge({});", self.text(tag)));
        let badges = level.into_iter().chain(tags).collect::<Vec<_>>().join("#h(0.6em)");
        let verified = header.verified.map(|day| self.text(&format!("{} {day}", words.text("questions.verified"))));
        let verified = verified.map(|verified| format!("#h(1fr)#{verified}")).unwrap_or_default();
        self.out.push_str(&format!("#question-header({number}, {question}, {summary}, [{badges}{verified}])"));
    }
}

/// Whether a QR code has room next to `output`: short lines, and not so many that the page ends in between.
fn fits_beside(output: &str) -> bool {
    const COLUMNS: usize = 80;
    const LINES: usize = 20;
    let width = |line: &str| -> usize { line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum() };
    output.lines().count() <= LINES && output.lines().all(|line| width(line) <= COLUMNS)
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
