//! The answer in 30 seconds: how long it may be, and the first sentence of a chapter that gives none.

use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

use crate::excerpt::Events;
use crate::plain::Plain;

/// How much can be said in 30 seconds: Chinese characters at four a second, words of other scripts at two and a half.
const CHARACTERS: usize = 120;
const WORDS: usize = 75;

/// What is too much of `summary`, for a message; `None` when it can be said in 30 seconds.
pub(crate) fn excess(summary: &str) -> Option<String> {
    let (characters, words) = length(summary);
    if characters > CHARACTERS {
        Some(format!("has {characters} Chinese characters; at most {CHARACTERS} can be said in 30 seconds"))
    } else if words > WORDS {
        Some(format!("has {words} words; at most {WORDS} can be said in 30 seconds"))
    } else {
        None
    }
}

/// How many Chinese characters and how many other words `text` has.
fn length(text: &str) -> (usize, usize) {
    let characters = text.chars().filter(|c| is_ideograph(*c)).count();
    let words = text.split(|c: char| c.is_whitespace() || is_ideograph(c) || !c.is_ascii() && !c.is_alphanumeric());
    (characters, words.filter(|word| word.contains(char::is_alphanumeric)).count())
}

/// The first sentence of the first paragraph of a chapter, whose text is `source` and whose parser's events are `events`.
///
/// `abbreviations` end no sentence: texts with a full stop at the end, separated by spaces.
pub(crate) fn of_chapter(source: &str, events: &Events<'_>, abbreviations: &str) -> Option<String> {
    let plain =
        paragraphs(events).map(|paragraph| Plain::of(source, paragraph)).find(|plain| says_something(&plain.text))?;
    Some(shortened(first_sentence(&plain, abbreviations)))
}

/// The paragraphs that aren't part of anything else, each with its events.
fn paragraphs<'e, 'a>(events: &'e Events<'a>) -> impl Iterator<Item = &'e Events<'a>> {
    let mut depth = 0_usize;
    // Inside an element such as `<figure>`, between its tags.
    let mut elements = 0_usize;
    let mut start = 0;
    events.iter().enumerate().filter_map(move |(index, (event, _))| {
        match event {
            Event::Start(tag) => {
                if depth == 0 && *tag == Tag::Paragraph {
                    start = index;
                }
                depth += 1;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                let is_own = depth == 0 && elements == 0 && *end == TagEnd::Paragraph;
                return is_own.then(|| &events[start..=index]);
            }
            Event::Html(html) => elements = (elements + tags(html, "<")).saturating_sub(tags(html, "</")),
            _ => {}
        }
        None
    })
}

/// How many tags of elements that hold blocks begin with `open` in `html`.
fn tags(html: &str, open: &str) -> usize {
    const ELEMENTS: [&str; 9] = ["figure", "header", "nav", "div", "section", "aside", "details", "table", "footer"];
    let is_tag = |rest: &str| {
        ELEMENTS.iter().any(|name| rest.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
    };
    html.match_indices(open).filter(|(at, _)| is_tag(&html[at + open.len()..])).count()
}

/// Whether `text` is more than a directive, which is the place of something else.
fn says_something(text: &str) -> bool {
    !text.starts_with("{{#") && text.contains(char::is_alphanumeric)
}

/// The first sentence of `plain`, by the rules of Unicode (UAX #29) and a few more: what is inside code ends none, nor does
/// an abbreviation.
fn first_sentence<'a>(plain: &'a Plain, abbreviations: &str) -> &'a str {
    let mut masked = plain.text.clone().into_bytes();
    for Range { start, end } in plain.code.iter().cloned() {
        masked[start..end].fill(b'x');
    }
    // Whole characters were replaced, so this is still UTF-8.
    let masked = String::from_utf8(masked).unwrap_or_default();
    let mut end = 0;
    for sentence in masked.split_sentence_bounds() {
        end += sentence.len();
        let word = sentence.trim_end().rsplit([' ', '(', '（', '，', '、']).next().unwrap_or_default();
        if !is_abbreviation(word, abbreviations) {
            break;
        }
    }
    plain.text[..end].trim()
}

/// Whether the full stop at the end of `word` ends no sentence: `e.g.`, `J.`, or one that is listed.
fn is_abbreviation(word: &str, abbreviations: &str) -> bool {
    let Some(letters) = word.strip_suffix('.') else { return false };
    let is_initials = letters.split('.').all(|part| {
        let mut chars = part.chars();
        chars.next().is_some_and(|c| c.is_alphabetic() && !is_ideograph(c)) && chars.next().is_none()
    });
    is_initials || abbreviations.split(' ').any(|listed| listed.eq_ignore_ascii_case(word))
}

/// As much of `sentence` as can be said in 30 seconds, with an ellipsis in the place of the rest.
fn shortened(sentence: &str) -> String {
    let (mut characters, mut words, mut end) = (0, 0, 0);
    for word in sentence.split_word_bounds() {
        let more = length(word);
        (characters, words) = (characters + more.0, words + more.1);
        if characters > CHARACTERS || words > WORDS {
            let kept =
                sentence[..end].trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '）' | '”'));
            return format!("{kept}…");
        }
        end += word.len();
    }
    sentence.to_string()
}

/// Whether `c` is a CJK unified ideograph (Unicode 16, blocks of the ideographic planes).
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use qabook_support::markdown::Parsed;

    fn summary(markdown: &str) -> Option<String> {
        of_chapter(markdown, Parsed::new(markdown).events(), "vs. cf.")
    }

    #[test]
    fn the_first_sentence_is_found() {
        for (paragraph, sentence) in [
            ("One. Two.", "One."),
            ("They are e.g. TCP and, i.e. Reliable. Two.", "They are e.g. TCP and, i.e. Reliable."),
            ("HTTP/1.1 vs. HTTP/2: the version is 1.5 here. Two.", "HTTP/1.1 vs. HTTP/2: the version is 1.5 here."),
            ("Call `a.b. C` twice! Two.", "Call a.b. C twice!"),
            ("By J. Postel (1981). Two.", "By J. Postel (1981)."),
            ("甲是乙。丙。", "甲是乙。"),
            ("“甲吗？”乙。丙", "“甲吗？”"),
            ("版本是 1.5，用 `a。b`\n丙。丁。", "版本是 1.5，用 a。b 丙。"),
            ("No end", "No end"),
            ("Is it **really**\nso? Yes.", "Is it really so?"),
        ] {
            assert_eq!(summary(paragraph).as_deref(), Some(sentence), "{paragraph}");
        }
    }

    #[test]
    fn the_first_paragraph_is_the_first_that_says_something_of_its_own() {
        for (markdown, sentence) in [
            ("# A\n\n> Quoted.\n\n- Listed.\n\n  More.\n\n![](a.svg)\n\n{{#include b.md}}\n\nThis.\n", Some("This.")),
            ("<figure>\n\nInside.\n\n</figure>\n\nThis.\n", Some("This.")),
            ("<figure><div></div></figure>\n\nThis.\n", Some("This.")),
            ("# A\n\n- Listed.\n", None),
            ("# A\n", None),
        ] {
            assert_eq!(summary(markdown).as_deref(), sentence, "{markdown}");
        }
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let words = summary(&"word, ".repeat(WORDS + 1)).unwrap();
        assert!(words.ends_with(" word…"), "{words}");
        assert_eq!(words.matches("word").count(), WORDS);
        assert_eq!(summary(&"字".repeat(CHARACTERS + 1)).unwrap(), "字".repeat(CHARACTERS) + "…");
        let fits = "字".repeat(CHARACTERS);
        assert_eq!(summary(&fits), Some(fits));
    }

    #[test]
    fn a_summary_is_as_long_as_can_be_said() {
        assert_eq!(excess(&("字".repeat(CHARACTERS) + "TCP 1.0 UDP")), None);
        assert_eq!(
            excess(&"字".repeat(CHARACTERS + 1)).unwrap(),
            "has 121 Chinese characters; at most 120 can be said in 30 seconds"
        );
        assert_eq!(excess(&"it's ".repeat(WORDS)), None);
        assert_eq!(excess(&"it's ".repeat(WORDS + 1)).unwrap(), "has 76 words; at most 75 can be said in 30 seconds");
    }
}
