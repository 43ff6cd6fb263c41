//! Text that mdBook, its preprocessors or the checks would take for something else.

use pulldown_cmark::{Event, Tag, TagEnd};
use qabook_support::markdown;
use qabook_support::maths::{Dollars, without_formulas};
use qabook_support::splice::Splice;
use regex::Regex;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use super::tag::tags;
use super::{Pass, addresses, excerpt};
use crate::lined::Lined;
use crate::plain::{code_span, is_cjk};
use crate::told::Told;

/// Notes to oneself, which `qabook check` refuses; who keeps a list may mean the word.
static NOTE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(?:TODO|FIXME)\b").ok());

/// Directives of mdBook and of the book's preprocessors, which are acted upon in code, too.
static DIRECTIVE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\\?\{\{\s*#").ok());

/// `text` with bare addresses as links and with what would mean something else escaped.
pub(super) fn escape(text: &Lined, pass: &mut Pass<'_>) -> Lined {
    let parsed = without_formulas(&text.text, Dollars::All);
    let mut splices = addresses::linked(&parsed, text, pass);
    let mut in_code = false;
    for (event, span) in markdown::parse(&parsed) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if !in_code => {
                notes_to_oneself(&parsed, span.clone(), text, &mut splices, pass);
                front_matter(&parsed, span, text, &mut splices, pass);
            }
            _ => {}
        }
    }
    let text = text.spliced(splices);
    directives(&literal_marks(&text, pass), pass)
}

fn notes_to_oneself(source: &str, span: Range<usize>, text: &Lined, splices: &mut Vec<Splice>, pass: &mut Pass<'_>) {
    let found = NOTE.iter().flat_map(|note| note.find_iter(&source[span.clone()]));
    // Not in the middle of an address that is a link now.
    let places = found.map(|note| span.start + note.start()..span.start + note.end());
    let free = |place: &Range<usize>| {
        !splices.iter().any(|splice| splice.span.start < place.end && place.start < splice.span.end)
    };
    for place in places.filter(free).collect::<Vec<_>>() {
        pass.notes.add(Told::Escaped, text.line(place.start), &source[place.clone()]);
        splices.push(as_code(&text.text, place));
    }
}

/// `source` at `span`, which is text, as code, whatever a backslash in front of it did and whatever code is beside it.
fn as_code(source: &str, span: Range<usize>) -> Splice {
    let before = source[..span.start].trim_end_matches('\\');
    let is_behind_one = (span.start - before.len()) % 2 == 1;
    let is_escaped = is_behind_one && source[span.start..].starts_with(|c: char| c.is_ascii_punctuation());
    let mut code = code_span(&shown(&source[span.clone()]), &lone_backticks(source, &span));
    // Backticks that touch are one longer mark.
    if source[..span.start].ends_with('`') {
        code.insert_str(0, "<wbr>");
    }
    if source[span.end..].starts_with('`') {
        code.push_str("<wbr>");
    }
    match (is_behind_one, is_escaped) {
        (_, true) => Splice { span: span.start - 1..span.end, text: code },
        // In front of a letter it is shown; in front of code it wouldn't be.
        (true, _) => Splice { span, text: format!("\\{code}") },
        _ => Splice { span, text: code },
    }
}

/// How many backticks in a row there are in the text around `span` where none of them is a mark: it would become one beside
/// as many.
fn lone_backticks(source: &str, span: &Range<usize>) -> Vec<usize> {
    let start = source[..span.start].rfind("\n\n").unwrap_or(0);
    let end = source[span.end..].find("\n\n").map_or(source.len(), |end| span.end + end);
    let block = &source[start..end];
    let is_lone = |(event, _): (Event<'_>, _)| matches!(event, Event::Text(text) if text.contains('`'));
    if !block.contains('`') || !markdown::parse(block).any(is_lone) {
        return Vec::new();
    }
    block.split(|c| c != '`').map(str::len).filter(|length| *length > 0).collect()
}

/// `word` as readers see it: in code a reference to a character is none.
fn shown(word: &str) -> Cow<'_, str> {
    if !word.contains('&') {
        return word.into();
    }
    // A letter in front, so that nothing begins a block.
    let mut text = String::new();
    for (event, _) in markdown::parse(&format!("x{word}")) {
        match event {
            Event::Text(part) => text.push_str(&part),
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            _ => return word.into(),
        }
    }
    text.strip_prefix('x').map(str::to_string).map_or(word.into(), Cow::from)
}

/// A line of three pluses looks like front matter that nothing read.
fn front_matter(source: &str, span: Range<usize>, text: &Lined, splices: &mut Vec<Splice>, pass: &mut Pass<'_>) {
    if source[span.clone()].trim() == "+++" {
        pass.notes.add(Told::Escaped, text.line(span.start), "+++");
        splices.push(as_code(&text.text, span));
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

/// Words with marks that Markdown left as they are, such as `**kwargs`, and what is between double braces, as code.
fn literal_marks(text: &Lined, pass: &mut Pass<'_>) -> Lined {
    let parsed = without_formulas(&text.text, Dollars::All);
    if !MARKS.iter().any(|mark| parsed.contains(mark)) {
        return text.clone();
    }
    let mut splices: Vec<Splice> = Vec::new();
    for span in stretches(&parsed) {
        let mut from = 0;
        while let Some(marked) = next_marked(&parsed[span.clone()], from) {
            from = marked.end;
            let marked = span.start + marked.start..span.start + marked.end;
            let word = &text.text[marked.clone()];
            // A formula is blotted out by dollars.
            if word == &parsed[marked.clone()] {
                pass.notes.add(Told::Escaped, text.line(marked.start), word);
                splices.push(as_code(&text.text, marked));
            }
        }
    }
    for span in texts_of_html(&parsed) {
        let mut from = 0;
        while let Some(marked) = next_marked(&parsed[span.clone()], from) {
            from = marked.end;
            let marked = span.start + marked.start..span.start + marked.end;
            let word = &text.text[marked.clone()];
            pass.notes.add(Told::Escaped, text.line(marked.start), word);
            splices.push(Splice { text: format!("<code>{word}</code>"), span: marked });
        }
    }
    text.spliced(splices)
}

/// The stretches of text in blocks of raw HTML, without tags.
fn texts_of_html(source: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (event, span) in markdown::parse(source) {
        if event != Event::Start(Tag::HtmlBlock) {
            continue;
        }
        let mut at = span.start;
        for tag in tags(&source[span.clone()], span.start) {
            found.push(at..tag.span.start);
            at = tag.span.end;
        }
        found.push(at..span.end);
    }
    found.retain(|span| !source[span.clone()].contains("<!--"));
    found
}

/// The stretches of `source` that are text: the parser cuts it at every mark that means nothing.
pub(super) fn stretches(source: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut in_code = false;
    for (event, span) in markdown::parse(source) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if !in_code => match found.last_mut().filter(|last| last.end == span.start) {
                Some(last) => last.end = span.end,
                None => found.push(span),
            },
            _ => {}
        }
    }
    found
}

/// The first stretch of `text` behind `from` that is in double braces, or the first word that holds another mark.
fn next_marked(text: &str, from: usize) -> Option<Range<usize>> {
    let at = MARKS.iter().filter_map(|mark| Some(from + text[from..].find(mark)?)).min()?;
    let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    if text[at..].starts_with("{{") {
        let close = text[at..line_end].find("}}").map(|close| at + close + 2);
        return Some(at..close.unwrap_or_else(|| word_end(text, at)));
    }
    let start = text[from..at].rfind(char::is_whitespace).map_or(from, |space| from + space + 1);
    // A space of more than one byte.
    let start = (start..=at).find(|start| text.is_char_boundary(*start)).unwrap_or(at);
    let word = text[start..word_end(text, at)].trim_end_matches([',', '.', ';', ':', '!', '?', ')']);
    let end = start + word.len().max(at + 2 - start);
    // Next to Chinese, Japanese and Korean mdbook-chinese still makes emphasis of it.
    if text[start..end].contains(is_cjk) { next_marked(text, end) } else { Some(start..end) }
}

fn word_end(text: &str, at: usize) -> usize {
    text[at..].find(char::is_whitespace).map_or(text.len(), |space| at + space)
}

#[cfg(test)]
mod tests {
    use super::*;
    use qabook_support::splice;

    #[test]
    fn a_backslash_in_front_does_not_reach_into_code() {
        let code = |source: &str, word: &str| {
            let start = source.find(word).unwrap();
            splice::apply(source, vec![as_code(source, start..start + word.len())])
        };
        assert_eq!(code("a \\**b", "**b"), "a `**b`");
        assert_eq!(code("a \\\\**b", "**b"), "a \\\\`**b`");
        assert_eq!(code("a \\TODO", "TODO"), "a \\\\`TODO`");
        assert_eq!(code("a **b", "**b"), "a `**b`");
    }

    #[test]
    fn code_shows_what_text_shows() {
        let code = |source: &str, word: &str| {
            let start = source.find(word).unwrap();
            splice::apply(source, vec![as_code(source, start..start + word.len())])
        };
        assert_eq!(code("x &lt;b>$$ y", "&lt;b>$$"), "x `<b>$$` y");
        assert_eq!(code("~~```a```", "~~"), "`~~`<wbr>```a```");
        assert_eq!(code("`a`~~ b", "~~"), "`a`<wbr>`~~` b");
        assert_eq!(code("\\`a` b **c", "**c"), "\\`a` b ``**c``");
        assert_eq!(code("`a` b **c", "**c"), "`a` b `**c`");
    }

    #[test]
    fn marks_are_found_with_their_words() {
        let found = |text: &str| {
            let mut from = 0;
            let mut words = Vec::new();
            while let Some(marked) = next_marked(text, from) {
                words.push(text[marked.clone()].to_string());
                from = marked.end;
            }
            words
        };
        assert_eq!(found("f(**kwargs), {{#a b}} c ~~ d\u{3000}$$"), ["f(**kwargs", "{{#a b}}", "~~", "$$"]);
        assert_eq!(found("他说**“同步”**序号 {{x"), ["{{x"]);
        assert_eq!(found("소켓은 **\"중요\"**합니다 これは**「テスト」**です"), [""; 0]);
        assert_eq!(found("plain"), [""; 0]);
    }
}
