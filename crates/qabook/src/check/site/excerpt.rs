//! Stretches of a page's text: for messages, and to find their place in the sources.

use super::origin::Needle;
use super::page::STAND_IN;

/// The text around byte `at`, for messages.
pub(super) fn excerpt(text: &str, at: usize) -> String {
    shown(&format!("{}{}", last_chars(&text[..at], 6), first_chars(&text[at..], 10)))
}

/// `text` on one line, with an ellipsis for code and formulas.
pub(super) fn shown(text: &str) -> String {
    text.replace(STAND_IN, "…").replace('\n', " ")
}

/// The end of a line with `left` before and `right` after it.
pub(super) fn line_end(left: &str, right: &str) -> Needle {
    let last = left.chars().next_back().map_or(0, char::len_utf8);
    Needle { text: format!("{left}\n{right}"), at: left.len() - last }
}

/// Ever shorter stretches around the `length` bytes at `at`, without code and across no line.
pub(super) fn windows(text: &str, at: usize, length: usize) -> Vec<Needle> {
    let is_edge = |c: char| c == STAND_IN || c == '\n';
    let before = text[..at].rsplit(is_edge).next().unwrap_or_default();
    let after = text[at + length..].split(is_edge).next().unwrap_or_default();
    let mark = &text[at..at + length];
    [(8, 8), (4, 4), (0, 4), (4, 0), (1, 1)]
        .into_iter()
        .map(|(left, right)| (last_chars(before, left), first_chars(after, right)))
        .map(|(left, right)| Needle { text: format!("{left}{mark}{right}"), at: left.len() })
        .filter(|window| window.text != mark)
        .collect()
}

/// As the author may have typed the quote: straight.
pub(super) fn quote_windows(text: &str, at: usize) -> Vec<Needle> {
    let length = text[at..].chars().next().map_or(0, char::len_utf8);
    let straight = |text: &str| text.replace(['“', '”'], "\"");
    let curly = windows(text, at, length);
    let typed = curly
        .iter()
        .map(|window| Needle { at: straight(&window.text[..window.at]).len(), text: straight(&window.text) });
    let typed: Vec<Needle> = typed.collect();
    curly.into_iter().chain(typed).collect()
}

pub(super) fn first_chars(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

pub(super) fn last_chars(text: &str, count: usize) -> &str {
    let Some(skipped) = text.chars().count().checked_sub(count) else { return text };
    text.char_indices().nth(skipped).map_or("", |(start, _)| &text[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needles_are_ever_shorter() {
        let texts = |text, at| windows(text, at, 2).into_iter().map(|needle| needle.text).collect::<Vec<_>>();
        let expected = ["一二三四五**六七", "二三四五**六七", "**六七", "二三四五**", "五**六"];
        assert_eq!(texts("一二三四五**六七", 15), expected);
        assert_eq!(texts("**", 0), [""; 0]);
    }
}
