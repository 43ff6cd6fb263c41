//! Plain text out of Markdown: what a title or a sentence says, without its marks.

use pulldown_cmark::{Event, Tag, TagEnd};
use qabook_support::maths::{Dollars, formulas};
use std::ops::Range;

/// Text without marks.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Plain {
    /// The text. Its lines are joined.
    pub(crate) text: String,
    /// What of it was code or a formula.
    pub(crate) code: Vec<Range<usize>>,
}

impl Plain {
    /// What `events` of `source` say, a heading or a paragraph: code and formulas without their marks, links by their text, no
    /// pictures, no HTML, no marks of footnotes.
    pub(crate) fn of(source: &str, events: &[(Event<'_>, Range<usize>)]) -> Self {
        let mut plain = Self::default();
        let (Some(first), Some(last)) = (events.first(), events.last()) else { return plain };
        let (start, end) = (first.1.start, last.1.end.max(first.1.end));
        let mut formulas = tex(&source[start..end], start).into_iter().peekable();
        // Up to where the source is used up.
        let mut done = start;
        let mut pictures = 0_usize;
        for (event, span) in events {
            match event {
                Event::Start(Tag::Image { .. }) => pictures += 1,
                Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
                _ => {}
            }
            if span.end <= done || pictures > 0 {
                continue;
            }
            match event {
                Event::Text(text) => {
                    let mut rest = span.start.max(done)..span.end;
                    let mut is_whole = rest == *span;
                    while let Some((formula, tex)) = formulas.next_if(|(formula, _)| formula.start < span.end) {
                        is_whole = false;
                        plain.push(source.get(rest.start..formula.start).unwrap_or_default());
                        plain.push_code(&tex);
                        done = formula.end;
                        rest.start = done;
                    }
                    plain.push(if is_whole { text } else { source.get(rest).unwrap_or_default() });
                }
                Event::Code(code) => plain.push_code(code),
                Event::SoftBreak | Event::HardBreak => plain.text.push('\n'),
                _ => {}
            }
        }
        plain.joined()
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn push_code(&mut self, code: &str) {
        let start = self.text.len();
        self.text.push_str(code);
        self.code.push(start..self.text.len());
    }

    /// The lines in one: with a space, unless Chinese meets Chinese or its punctuation.
    fn joined(self) -> Self {
        let mut joined = Self::default();
        let mut code = self.code.into_iter().peekable();
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let (start, end) = (at, at + line.len());
            at = end;
            let skipped = line.len() - line.trim_start().len();
            let line = line.trim();
            if let (Some(before), Some(after)) = (joined.text.chars().last(), line.chars().next())
                && !(is_wide(before) && is_wide(after) || is_wide_mark(before) || is_wide_mark(after))
            {
                joined.text.push(' ');
            }
            let moved = |at: usize| (joined.text.len() + at).saturating_sub(start + skipped);
            while let Some(span) = code.next_if(|span| span.start < end) {
                joined.code.push(moved(span.start)..moved(span.end).min(joined.text.len() + line.len()));
            }
            joined.text.push_str(line);
        }
        joined
    }
}

/// The formulas of `source` that are surely some, each with its TeX; spans are moved by `start`.
///
/// Two prices make none, nor two variables of a shell: no blank is inside next to a dollar, and no letter or digit outside.
fn tex(source: &str, start: usize) -> Vec<(Range<usize>, String)> {
    let found = formulas(source, Dollars::All).into_iter().filter_map(|span| {
        let inside = source[span.clone()].trim_matches('$');
        let is_double = source[span.clone()].starts_with("$$");
        let is_word = |c: char| c.is_ascii_alphanumeric();
        let is_other = inside.trim() != inside
            || source[..span.start].ends_with(is_word)
            || source[span.end..].starts_with(is_word);
        (is_double || !is_other).then(|| (span.start + start..span.end + start, inside.trim().to_string()))
    });
    found.filter(|(_, tex)| !tex.is_empty()).collect()
}

/// A text of front matter as it is shown. It is plain text, but who writes a whole book in Markdown uses some of its marks
/// there, too: backticks around code, asterisks around what is strong, links and dollars around formulas are taken off.
/// All else says what it says: `__init__`, `Vec<T>`, `*args`.
pub(crate) fn of_value(value: &str) -> String {
    let text = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(mark) = rest.find(['`', '*', '[', '$']) {
        out.push_str(&rest[..mark]);
        rest = &rest[mark..];
        let Some((inside, length)) = marked(rest) else {
            let run = rest.len() - rest.trim_start_matches(&rest[..1]).len();
            out.push_str(&rest[..run]);
            rest = &rest[run..];
            continue;
        };
        out.push_str(&inside);
        rest = &rest[length..];
    }
    out + rest
}

/// What the marks at the start of `text` are around, and how many bytes both are; `None` when they are no marks.
fn marked(text: &str) -> Option<(String, usize)> {
    let run = text.len() - text.trim_start_matches(&text[..1]).len();
    match text.as_bytes()[0] {
        b'`' => {
            let inside = text[run..]
                .match_indices(&text[..run])
                .map(|(at, _)| run + at)
                .find(|at| !text[..*at].ends_with('`') && !text[at + run..].starts_with('`'));
            inside.map(|end| (text[run..end].trim().to_string(), end + run))
        }
        b'*' if run == 2 && !text[2..].starts_with(' ') => {
            let end =
                text[2..].match_indices("**").map(|(at, _)| at + 2).find(|at| !text[..*at].ends_with([' ', '*']))?;
            Some((of_value(&text[2..end]), end + 2))
        }
        b'[' => {
            let (name, address) = text[1..].split_once("](")?;
            let address = &address[..address.find(')')?];
            let is_link = !name.is_empty() && !name.contains(['[', ']']) && !address.contains(' ');
            is_link.then(|| (of_value(name), 1 + name.len() + 2 + address.len() + 1))
        }
        b'$' => tex(text, 0).into_iter().next().filter(|(span, _)| span.start == 0).map(|(span, tex)| (tex, span.end)),
        _ => None,
    }
}

/// Whether `c` is as wide as a Chinese character and stands without spaces: Chinese, kana and their punctuation.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}') || is_wide_mark(c)
}

/// Whether `c` is punctuation as wide as a Chinese character.
fn is_wide_mark(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use qabook_support::markdown::Parsed;

    fn plain(markdown: &str) -> Plain {
        let parsed = Parsed::new(markdown);
        Plain::of(markdown, parsed.events())
    }

    #[test]
    fn a_heading_says_its_text() {
        for (markdown, text) in [
            ("# What does `**kwargs` do?", "What does **kwargs do?"),
            ("# *A* [link](b.md) &amp; ~~c~~ <br> \\*d\\*", "A link & c  *d*"),
            ("# Why is $a_1 * b*c$ so, and $\\frac{1}{2}$?", "Why is a_1 * b*c so, and \\frac{1}{2}?"),
            ("# From $5 to $10", "From $5 to $10"),
            ("# 价 $5 与 $6", "价 $5 与 $6"),
        ] {
            assert_eq!(plain(markdown).text, text, "{markdown}");
        }
    }

    #[test]
    fn lines_are_joined_and_code_is_known() {
        let found = plain("甲，\n乙 `a. b`\nc  \n`d`\n");
        assert_eq!(found.text, "甲，乙 a. b c d");
        let code: Vec<&str> = found.code.into_iter().map(|span| &found.text[span]).collect();
        assert_eq!(code, ["a. b", "d"]);
    }

    #[test]
    fn values_lose_marks_that_would_show() {
        for (value, text) in [
            ("What does `**kwargs` do?", "What does **kwargs do?"),
            ("`` a`b `` and `c", "a`b and `c"),
            ("**Never** `x` **a `b`**", "Never x a b"),
            ("*args and **kwargs", "*args and **kwargs"),
            ("**a, **b", "**a, **b"),
            ("2 ** 3 ** 4", "2 ** 3 ** 4"),
            ("__init__, Vec<T>, a[0](b c), 1. # >", "__init__, Vec<T>, a[0](b c), 1. # >"),
            ("see [the `RFC`](https://a/b)", "see the RFC"),
            ("$O(n^2)$, $5 to $10", "O(n^2), $5 to $10"),
            ("echo $PATH$HOME", "echo $PATH$HOME"),
            ("一\n 二", "一 二"),
            ("", ""),
        ] {
            assert_eq!(of_value(value), text, "{value}");
        }
    }
}
