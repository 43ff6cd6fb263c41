//! Inline Markdown as plain text.

use pulldown_cmark::{Event, Tag};
use qabook_support::markdown;

/// What a reader sees of inline Markdown, without marks and tags; an image counts as its text.
pub(crate) fn plain(raw: &str) -> String {
    let mut out = String::new();
    // A heading's text can't become another block, such as the list that `1. a` is.
    for (event, _) in markdown::parse(&as_heading(raw)) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                out.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    collapse(&out)
}

/// A title for a chapter, as Markdown: plain text and code, with everything escaped that would mean something, pictures as their
/// text; and where its links lead.
pub(crate) fn title(raw: &str) -> (String, Vec<String>) {
    let mut out = String::new();
    let mut links = Vec::new();
    for (event, _) in markdown::parse(&as_heading(raw)) {
        match event {
            Event::Text(text) => out.push_str(&escape(&text)),
            Event::Code(code) => out.push_str(&code_span(&code, &[])),
            Event::Start(Tag::Link { dest_url, .. }) => links.push(dest_url.to_string()),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    (collapse(&out), links)
}

/// `raw` as a heading that has no attributes and no closing `#`.
fn as_heading(raw: &str) -> String {
    let line = collapse(raw);
    let guard = if line.ends_with(['#', '}']) { "\u{200b}" } else { "" };
    format!("# {line}{guard}")
}

/// Escapes plain text where Markdown, KaTeX or mdBook would act upon it, and nothing else.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut previous = ' ';
    for c in text.chars().filter(|c| *c != '\u{200b}') {
        let inside_word = previous.is_alphanumeric();
        let is_special = match c {
            '\\' | '`' | '*' | '<' | '[' | ']' | '$' | '~' | '{' | '|' | '#' => true,
            // `snake_case` is no emphasis.
            '_' => !inside_word,
            '&' | '!' => c == '&',
            _ => false,
        };
        if is_special {
            out.push('\\');
        }
        out.push(c);
        previous = c;
    }
    out
}

/// `code` as a code span, whose marks are of another length than those that are `taken`.
pub(crate) fn code_span(code: &str, taken: &[usize]) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    // Of one more than there are taken one is free.
    let length = (longest + 1..=longest + 1 + taken.len()).find(|length| !taken.contains(length));
    let length = length.unwrap_or(longest + 1);
    let ticks = "`".repeat(length);
    let space = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{code}{space}{ticks}")
}

/// `text` on one line with single spaces.
pub(crate) fn collapse(text: &str) -> String {
    let text: String = text.chars().filter(|c| *c != '\u{200b}').collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `c` is an ideograph of Chinese, Japanese or Korean writing.
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

/// Whether `c` is of Chinese, Japanese or Korean writing, next to which marks of emphasis work: see mdbook-chinese.
pub(crate) fn is_cjk(c: char) -> bool {
    let is_other = matches!(c, '\u{3000}'..='\u{30ff}' | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}'
        | '\u{ac00}'..='\u{d7ff}' | '\u{ff00}'..='\u{ffef}');
    is_ideograph(c) || is_other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_text_and_code() {
        assert_eq!(plain("**What** is [`Arc`](x)? <a name=\"y\"></a>"), "What is Arc?");
        let (text, links) = title("**What** is [`Arc<T>`](x) for `**kwargs` & $5? <b>y</b>");
        assert_eq!(text, "What is `Arc<T>` for `**kwargs` \\& \\$5? y");
        assert_eq!(links, ["x"]);
        assert_eq!(title("What is C#").0, "What is C\\#");
        assert_eq!(plain("Numbers {#id}"), "Numbers {#id}");
    }

    #[test]
    fn code_spans_hold_backticks() {
        assert_eq!(code_span("a`b", &[]), "``a`b``");
        assert_eq!(code_span("`a", &[]), "`` `a ``");
    }
}
