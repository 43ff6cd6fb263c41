//! Text that mdBook, its preprocessors or the checks would take for something else.

use pulldown_cmark::{Event, Tag, TagEnd};
use qabook_support::markdown;
use qabook_support::maths::without_formulas;
use qabook_support::splice::Splice;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

use super::{Pass, excerpt};
use crate::lined::Lined;
use crate::plain::{code_span, is_ideograph};
use crate::told::Told;

/// As `qabook check` finds them.
static URL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:https?://|www\.)[!-;=?-Z\[\]_a-z~]+").ok());

/// Directives of mdBook and of the book's preprocessors, which are acted upon in code, too.
static DIRECTIVE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\\?\{\{\s*#").ok());

/// `text` with bare addresses as links and with what would mean something else escaped.
pub(super) fn escape(text: &Lined, pass: &mut Pass<'_>) -> Lined {
    let parsed = without_formulas(&text.text);
    let mut splices = Vec::new();
    let (mut in_link, mut in_code) = (0_usize, false);
    for (event, span) in markdown::parse(&parsed) {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => in_link += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => in_link = in_link.saturating_sub(1),
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if !in_code => {
                if in_link == 0 {
                    urls(&parsed, span.clone(), text, &mut splices, pass);
                }
                front_matter(&parsed, span, text, &mut splices, pass);
            }
            _ => {}
        }
    }
    let text = text.spliced(splices);
    directives(&literal_marks(&text, pass), pass)
}

fn urls(source: &str, span: Range<usize>, text: &Lined, splices: &mut Vec<Splice>, pass: &mut Pass<'_>) {
    let Some(url) = URL.as_ref() else { return };
    for found in url.find_iter(&source[span.clone()]) {
        // A full stop or bracket behind an address is the sentence's.
        let address = found.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '"', ')', ']', '*', '_']);
        let start = span.start + found.start();
        pass.notes.add(Told::BareUrl, text.line(start), address);
        let link =
            if address.contains("://") { format!("<{address}>") } else { format!("[{address}](https://{address})") };
        splices.push(Splice { span: start..start + address.len(), text: link });
    }
}

/// A line of three pluses looks like front matter that nothing read.
fn front_matter(source: &str, span: Range<usize>, text: &Lined, splices: &mut Vec<Splice>, pass: &mut Pass<'_>) {
    if source[span.clone()].trim() == "+++" {
        pass.notes.add(Told::Escaped, text.line(span.start), "+++");
        splices.push(Splice { span, text: "`+++`".into() });
    }
}

/// `\` in front of what mdBook would act upon, in code, too: it takes the backslash away.
fn directives(text: &Lined, pass: &mut Pass<'_>) -> Lined {
    let Some(directive) = DIRECTIVE.as_ref().filter(|_| text.text.contains("{{")) else { return text.clone() };
    let mut splices = Vec::new();
    for found in directive.find_iter(&text.text).filter(|found| !found.as_str().starts_with('\\')) {
        let rest = text.text[found.start()..].lines().next().unwrap_or_default();
        // mdBook takes the backslash away only where the directive ends on its line.
        if rest.contains("}}") {
            pass.notes.add(Told::Escaped, text.line(found.start()), excerpt(rest));
            splices.push(Splice { span: found.start()..found.start(), text: "\\".into() });
        }
    }
    text.spliced(splices)
}

const MARKS: [&str; 4] = ["**", "~~", "$$", "{{"];

/// Whether `word` holds a mark that Markdown left; between ideographs, mdbook-chinese still makes emphasis of it.
fn is_marked(word: &str) -> bool {
    !word.contains(is_ideograph) && MARKS.iter().any(|mark| word.contains(mark))
}

/// Words with marks that Markdown left as they are, such as `**kwargs`, as code.
fn literal_marks(text: &Lined, pass: &mut Pass<'_>) -> Lined {
    let parsed = without_formulas(&text.text);
    if !MARKS.iter().any(|mark| parsed.contains(mark)) {
        return text.clone();
    }
    let mut splices: Vec<Splice> = Vec::new();
    let mut in_code = false;
    for (event, span) in markdown::parse(&parsed) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if !in_code => {
                let start = span.start;
                // A formula is blotted out by dollars.
                let is_text = |word: &str, at: usize| text.text.get(start + at..start + at + word.len()) == Some(word);
                let words = words(&parsed[span]);
                for (word, at) in words.filter(|(word, at)| is_marked(word) && is_text(word, *at)) {
                    let at = start + at;
                    pass.notes.add(Told::Escaped, text.line(at), word);
                    splices.push(Splice { span: at..at + word.len(), text: code_span(word) });
                }
            }
            _ => {}
        }
    }
    text.spliced(splices)
}

/// Words with their places.
fn words(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.split_inclusive(char::is_whitespace).scan(0, |at, piece| {
        let start = *at;
        *at += piece.len();
        Some((piece.trim_end(), start))
    })
}
