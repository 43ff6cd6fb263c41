//! Numbers in front of questions.

use crate::words::WORDS;

/// A question without its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Numbered<'a> {
    /// The last part of the number; `None` for `Q:` and the like.
    pub(crate) number: Option<u32>,
    /// What follows it.
    pub(crate) rest: &'a str,
}

/// Characters between a number and the question.
const SEPARATORS: [char; 11] = ['.', '、', '．', ')', '）', ':', '：', '-', '–', '—', ','];
/// Those that may follow another: others would be the question's, as in `1. .NET` and `2.--force`.
const SECOND: [char; 6] = ['、', '．', ')', '）', ':', '：'];

/// How a number is told from a question that begins with one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// By a word for “question” in front of it.
    Word,
    /// By that, or by brackets or a separator.
    Mark,
    /// By a space behind it, too.
    Space,
}

/// `title` without its number, if it has one that is certain: `12.`, `12、`, `10.、`, `(3)`, `1.2.3.`, `Q7:`, `Question 7 -`.
pub(crate) fn strip(title: &str) -> Option<Numbered<'_>> {
    stripped(title, Told::Mark)
}

/// As [`strip`], but only what a word for “question” is in front of, for lists whose questions aren't numbered: `404: what?` is
/// a question there.
pub(crate) fn strip_named(title: &str) -> Option<Numbered<'_>> {
    stripped(title, Told::Word)
}

/// As [`strip`], and also a number that only a space follows, for lists whose questions are numbered.
pub(crate) fn strip_loose(title: &str) -> Option<Numbered<'_>> {
    stripped(title, Told::Space)
}

fn stripped(title: &str, told: Told) -> Option<Numbered<'_>> {
    let title = title.trim_start();
    let is_loose = told == Told::Space;
    let after_prefix = prefix(title);
    if told == Told::Word && after_prefix.is_none() {
        return None;
    }
    let rest = after_prefix.unwrap_or(title);
    let (is_bracketed, inner) = match rest.strip_prefix(['(', '（', '[', '【', '「']) {
        Some(inner) => (true, inner.trim_start()),
        None => (false, rest),
    };
    let Some((number, components, after)) = digits(inner) else {
        // `Q: …`, `Q. …`
        let rest = after_prefix?.trim_start().strip_prefix([':', '：', '.', '、'])?.trim_start();
        return (!rest.is_empty()).then_some(Numbered { number: None, rest });
    };
    let after = if is_bracketed { after.trim_start().strip_prefix([')', '）', ']', '】', '」'])? } else { after };
    let after = if after_prefix.is_some() { suffix(after) } else { after };
    let rest = separated(after);
    let between = &after[..after.len() - rest.len()];
    let has_separator = between.trim_start().starts_with(SEPARATORS);
    // `1.5 GB` and `3-way` are no numbers of questions, `-1` and `2,5` neither.
    let is_glued = matches!(between, "-" | "–" | "," | ".") && rest.starts_with(|c: char| c.is_ascii_digit())
        || matches!(between, "-" | "–");
    let is_certain =
        is_bracketed || after_prefix.is_some() && !between.is_empty() || has_separator && components < 3 && !is_glued;
    let is_dotted = components > 1 && between.starts_with(char::is_whitespace);
    let is_number = is_certain || is_dotted && is_loose || is_loose && between.starts_with(char::is_whitespace);
    (is_number && !rest.is_empty()).then_some(Numbered { number: Some(number), rest })
}

/// What follows the separators behind a number.
fn separated(after: &str) -> &str {
    let glued = after.strip_prefix(SEPARATORS).map(|rest| rest.trim_start_matches(SECOND));
    let rest = glued.unwrap_or(after).trim_start();
    // `1 - What`, `1. - What`, but not `1. -9`.
    let apart = rest.trim_start_matches(SEPARATORS);
    if apart.len() < rest.len() && apart.starts_with(char::is_whitespace) { apart.trim_start() } else { rest }
}

/// What follows a word for “question” in front of a number.
fn prefix(title: &str) -> Option<&str> {
    let lower = title.to_lowercase();
    let found = WORDS.question_prefix.iter().find(|prefix| {
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphabetic());
        lower.strip_prefix(prefix.as_str()).is_some_and(|rest| {
            ends(rest)
                && rest.trim_start_matches([' ', '.', '#', '_']).starts_with(|c: char| {
                    c.is_ascii_digit() || hanzi_digit(c).is_some() || matches!(c, ':' | '：' | '(' | '（')
                })
                || rest.starts_with(". ")
        })
    })?;
    let rest = title.get(found.len()..)?;
    let trimmed = rest.trim_start_matches([' ', '#', '_']);
    Some(trimmed.strip_prefix('.').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(trimmed))
}

fn suffix(after: &str) -> &str {
    WORDS.question_suffix.iter().find_map(|suffix| after.trim_start().strip_prefix(suffix.as_str())).unwrap_or(after)
}

/// The number that `text` begins with, of how many components it is, and what follows.
fn digits(text: &str) -> Option<(u32, usize, &str)> {
    let mut rest = text;
    let mut components = 0;
    loop {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if end == 0 || end > 5 {
            break;
        }
        let number = rest[..end].parse().ok()?;
        components += 1;
        rest = &rest[end..];
        match rest.strip_prefix('.').filter(|more| more.starts_with(|c: char| c.is_ascii_digit())) {
            Some(more) => rest = more,
            None => return Some((number, components, rest)),
        }
    }
    hanzi(text).map(|(number, rest)| (number, 1, rest))
}

/// The digits that ideographs write, by their place here.
const HANZI_DIGITS: [char; 11] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

fn hanzi_digit(c: char) -> Option<u32> {
    HANZI_DIGITS.iter().position(|digit| *digit == c).and_then(|digit| u32::try_from(digit).ok())
}

fn hanzi(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c| hanzi_digit(c).is_none()).unwrap_or(text.len());
    let digits = text[..end].chars().filter_map(hanzi_digit);
    let number = digits.fold(None, |sum: Option<u32>, digit| match (sum, digit) {
        (None, digit) => Some(digit),
        (Some(sum), 10) => Some(sum.min(9) * 10),
        (Some(sum), digit) => Some((sum + digit).min(99)),
    })?;
    Some((number, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_what_begins_with_a_digit() {
        for (title, number, rest) in [
            ("1、python", Some(1), "python"),
            ("10.、IO", Some(10), "IO"),
            ("20.路由器", Some(20), "路由器"),
            ("37. 请简述", Some(37), "请简述"),
            ("(3) What", Some(3), "What"),
            ("（三）什么", Some(3), "什么"),
            ("二十一、什么", Some(21), "什么"),
            ("1.2. What", Some(2), "What"),
            ("Q7: What", Some(7), "What"),
            ("Q.7) What", Some(7), "What"),
            ("Question 01 - Core", Some(1), "Core"),
            ("1. .NET or Java?", Some(1), ".NET or Java?"),
            ("2. --force", Some(2), "--force"),
            ("2.--force", Some(2), "--force"),
            ("3) -9 in kill", Some(3), "-9 in kill"),
            ("4. - What", Some(4), "What"),
            ("5 — What", Some(5), "What"),
            ("6.： 什么", Some(6), "什么"),
            ("Q: What", None, "What"),
            ("Q. What", None, "What"),
            ("第3题：什么", Some(3), "什么"),
            ("问题 4：什么", Some(4), "什么"),
        ] {
            assert_eq!(strip(title), Some(Numbered { number, rest }), "{title}");
        }
        for title in [
            "3D printing",
            "1.5 GB",
            "2-phase commit",
            "一般",
            "Queue",
            "Questions",
            "7",
            "12.",
            "第一次",
            "404 errors",
            "1.5.2",
        ] {
            assert_eq!(strip(title), None, "{title}");
        }
        assert_eq!((strip_named("404: what is it?"), strip_named("(3) What")), (None, None));
        assert_eq!(strip_named("Q7: What").map(|found| found.rest), Some("What"));
        assert_eq!(strip_loose("12 What").map(|found| found.rest), Some("What"));
        assert_eq!(strip_loose("1.2 What").map(|found| found.rest), Some("What"));
    }
}
