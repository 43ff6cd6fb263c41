//! The options of a question that is answered by choosing.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd, html};
use qabook_support::markdown::parse;
use serde::{Deserialize, Serialize};

/// One of the options of a question. Its texts are Markdown of one paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerOption {
    /// What one may choose.
    pub text: String,
    /// Whether it is to be chosen.
    #[serde(default)]
    pub right: bool,
    /// Why it is to be chosen, or why not.
    pub why: String,
}

/// What options are called.
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The letter of the option at `index` (from 0); a question has no more options than letters.
#[must_use]
pub fn letter(index: usize) -> &'static str {
    LETTERS.get(index..=index).unwrap_or("?")
}

/// The letters of those to be chosen.
pub(crate) fn right_letters(options: &[AnswerOption]) -> Vec<&'static str> {
    options.iter().enumerate().filter(|(_, option)| option.right).map(|(index, _)| letter(index)).collect()
}

/// What is wrong with the options of a question; nothing with none at all.
pub(crate) fn option_problems(options: &[AnswerOption]) -> Vec<String> {
    let mut problems = Vec::new();
    if options.is_empty() {
        return problems;
    }
    if !(2..=LETTERS.len()).contains(&options.len()) {
        problems.push(format!("has {} entries, not 2 to {}", options.len(), LETTERS.len()));
    }
    if options.iter().all(|option| !option.right) {
        problems.push("has no entry with `right = true`".into());
    }
    for (index, option) in options.iter().enumerate() {
        for (key, text) in [("text", &option.text), ("why", &option.why)] {
            if text.trim().is_empty() {
                problems.push(format!("has an empty `{key}` in entry {}", letter(index)));
            } else if !is_one_paragraph(text) {
                problems.push(format!("has more than a plain sentence in `{key}` of entry {}", letter(index)));
            }
        }
    }
    problems
}

/// Whether Markdown is a paragraph and nothing else: no list, no heading, no second paragraph.
fn is_one_paragraph(markdown: &str) -> bool {
    let is_end = |event: &Event<'_>| *event == Event::End(TagEnd::Paragraph);
    let mut events = parse(markdown).map(|(event, _)| event);
    events.next() == Some(Event::Start(Tag::Paragraph))
        && events.position(|event| is_end(&event)).is_some()
        && events.next().is_none()
}

/// Markdown of one paragraph as HTML that may stand inside a sentence; links to chapters lead to their pages.
///
/// Formulas keep their dollars: mdbook-katex finds them in HTML, too.
pub(crate) fn inline_html(markdown: &str) -> String {
    let inert = |text: &str| {
        let mut out = Vec::new();
        // Writing to a Vec can't fail.
        let _ = qabook_support::escape_html(text, &mut out);
        String::from_utf8_lossy(&out).into_owned()
    };
    let events = parse(markdown).filter_map(|(event, _)| match event {
        Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => None,
        Event::Code(code) => Some(Event::InlineHtml(format!("<code>{}</code>", inert(&code)).into())),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let dest_url = page_of(&dest_url);
            Some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
        }
        event => Some(event),
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out.trim().to_string()
}

/// Where a link leads once chapters are pages.
fn page_of(link: &str) -> CowStr<'static> {
    let (path, fragment) = link.split_at(link.find('#').unwrap_or(link.len()));
    match path.strip_suffix(".md").filter(|_| !link.contains("://")) {
        Some(chapter) => format!("{chapter}.html{fragment}").into(),
        None => link.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn option(text: &str, right: bool) -> AnswerOption {
        AnswerOption { text: text.into(), right, why: "because".into() }
    }

    #[test]
    fn options_are_checked() {
        assert_eq!(option_problems(&[]), [""; 0]);
        assert_eq!(option_problems(&[option("a", true), option("b", false)]), [""; 0]);
        assert_eq!(option_problems(&[option("a", true)]), ["has 1 entries, not 2 to 26"]);
        assert_eq!(option_problems(&[option("a", false), option("b", false)]), ["has no entry with `right = true`"]);
        assert_eq!(option_problems(&[option("a", true), option(" ", true)]), ["has an empty `text` in entry B"]);
        assert_eq!(option_problems(&vec![option("a", true); 27]), ["has 27 entries, not 2 to 26"]);
        for text in ["a\n\nb", "1. a", "# a", "```\na\n```"] {
            let problems = option_problems(&[option(text, true), option("b", true)]);
            assert_eq!(problems, ["has more than a plain sentence in `text` of entry A"], "{text:?}");
        }
    }

    #[test]
    fn those_to_be_chosen_are_named_by_letters() {
        let options = [option("a", true), option("b", false), option("c", true)];
        assert_eq!(right_letters(&options), ["A", "C"]);
    }

    #[test]
    fn markdown_becomes_html_that_other_preprocessors_leave_alone() {
        for (markdown, html) in [
            ("`a < $b`, **c**", "<code>a &lt; &#36;b</code>, <strong>c</strong>"),
            (
                "[x](../a/b.md#c)、[y](https://e/f.md)",
                "<a href=\"../a/b.html#c\">x</a>、<a href=\"https://e/f.md\">y</a>",
            ),
            ("a <b> & c", "a <b> &amp; c"),
            ("$n$ 次", "$n$ 次"),
        ] {
            assert_eq!(inline_html(markdown), html);
        }
    }
}
