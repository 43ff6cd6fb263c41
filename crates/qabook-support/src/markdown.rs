//! The Markdown dialect of mdBook 0.5, for finding constructs and their byte spans.

use pulldown_cmark::{CodeBlockKind, Event, OffsetIter, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// The extensions that mdBook 0.5 turns on by default.
///
/// Smart punctuation is left out: it changes text, not structure.
#[must_use]
pub fn extensions() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

/// Parses `text` with the [`extensions`] of mdBook.
#[must_use]
pub fn parse(text: &str) -> OffsetIter<'_> {
    Parser::new_ext(text, extensions()).into_offset_iter()
}

/// A chapter that was parsed once: what every question about its structure is answered from.
#[derive(Debug, Clone)]
pub struct Parsed<'a> {
    text: &'a str,
    events: Vec<(Event<'a>, Range<usize>)>,
}

impl<'a> Parsed<'a> {
    /// Parses `text`, once. A trace event of the target `markdown` counts it.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        tracing::trace!(target: "markdown", bytes = text.len(), "parsed");
        Self { text, events: parse(text).collect() }
    }

    /// The text, as it was given.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The parser's events with their byte spans, in order.
    #[must_use]
    pub fn events(&self) -> &[(Event<'a>, Range<usize>)] {
        &self.events
    }

    /// The events themselves.
    #[must_use]
    pub fn into_events(self) -> Vec<(Event<'a>, Range<usize>)> {
        self.events
    }

    /// All fenced code blocks, in order.
    #[must_use]
    pub fn fences(&self) -> Vec<Fence> {
        let mut found: Vec<Fence> = Vec::new();
        let mut inside = false;
        for (event, span) in &self.events {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    inside = true;
                    let block = &self.text[span.clone()];
                    let first = block.lines().next().unwrap_or_default().trim_end();
                    let info_start = first.trim_start_matches(['`', '~']).trim_start();
                    let info_span = span.start + first.len() - info_start.len()..span.start + first.len();
                    let closed = is_closed(block);
                    found.push(Fence {
                        span: span.clone(),
                        info: info.to_string(),
                        info_span,
                        body: String::new(),
                        closed,
                    });
                }
                Event::End(TagEnd::CodeBlock) => inside = false,
                Event::Text(body) if inside => {
                    if let Some(fence) = found.last_mut() {
                        fence.body.push_str(body);
                    }
                }
                _ => {}
            }
        }
        found
    }
}

/// A fenced code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    /// From the first backtick of the opening line to the last of the closing one.
    pub span: Range<usize>,
    /// What follows the opening backticks.
    pub info: String,
    /// Its byte span.
    pub info_span: Range<usize>,
    /// The text between the fences, without the indentation of a surrounding list or quote.
    pub body: String,
    /// Whether a closing line ends it; CommonMark lets the end of the document do so, which hides a mistake.
    pub closed: bool,
}

impl Fence {
    /// The language: the info string up to the first comma or white space, in lower case.
    #[must_use]
    pub fn language(&self) -> String {
        self.info.split([',', ' ', '\t', '{']).next().unwrap_or_default().to_lowercase()
    }
}

/// Escapes plain text so that neither Markdown nor mdBook's links nor KaTeX acts upon it.
#[must_use]
pub fn escape(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        if c.is_ascii_punctuation() && !matches!(c, '/' | '.' | ',' | ':' | '-' | '(' | ')') {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

/// The code, HTML and link targets of `text`, in order: what no preprocessor for prose may change.
#[must_use]
pub fn fixed_parts(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut in_block = false;
    for (event, _) in Parsed::new(text).events() {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                in_block = true;
                found.push(String::new());
            }
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => in_block = false,
            // Line endings may split it otherwise.
            Event::Text(text) | Event::Html(text) if in_block => {
                found.last_mut().into_iter().for_each(|block| block.push_str(text));
            }
            Event::Code(text) | Event::InlineHtml(text) => found.push(text.to_string()),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => found.push(dest_url.to_string()),
            _ => {}
        }
    }
    found
}

/// Whether the last line of a fenced block is a closing fence for its first one (CommonMark 0.31 §4.5).
fn is_closed(block: &str) -> bool {
    let Some(mark) = block.chars().next() else { return false };
    let opening = block.chars().take_while(|c| *c == mark).count();
    let mut lines = block.trim_end().lines();
    lines.next();
    lines.next_back().is_some_and(|line| {
        let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
        line.chars().count() >= opening && line.chars().all(|c| c == mark)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fences(text: &str) -> Vec<Fence> {
        Parsed::new(text).fences()
    }

    #[test]
    fn a_fence_is_found_with_its_span_info_and_body() {
        let text = "前言\n\n```python,snippet=a\nprint(1)\n```\n\n后文";
        let [fence] = &fences(text)[..] else { panic!("one fence") };
        assert_eq!(&text[fence.span.clone()], "```python,snippet=a\nprint(1)\n```");
        assert_eq!((fence.info.as_str(), fence.body.as_str()), ("python,snippet=a", "print(1)\n"));
        assert_eq!(&text[fence.info_span.clone()], "python,snippet=a");
        assert!(fence.closed);
    }

    #[test]
    fn the_end_of_the_document_does_not_close_a_fence() {
        for open in ["```python\nprint(1)\n", "```python\n", "```", "````a\n```\n", "~~~a\n```\n"] {
            assert!(!fences(open)[0].closed, "{open:?}");
        }
        for closed in ["```a\n```", "~~~a\nb\n~~~~\n", "> ```a\n> b\n> ```\n", "- ```a\n  b\n  ```\n"] {
            assert!(fences(closed)[0].closed, "{closed:?}");
        }
    }

    #[test]
    fn code_html_and_link_targets_are_fixed_parts() {
        let text = "甲 `a` [乙](b.md) <i>\n\n```x\nc\n\nd\n```\n\n<div>\ne\n</div>\n";
        assert_eq!(fixed_parts(text), ["a", "b.md", "<i>", "c\n\nd\n", "<div>\ne\n</div>\n"]);
    }

    #[test]
    fn the_language_ends_at_a_comma_or_space() {
        for info in ["python", "Python,snippet=a", "python snippet", "python{.x}"] {
            assert_eq!(fences(&format!("```{info}\n```"))[0].language(), "python");
        }
    }
}
