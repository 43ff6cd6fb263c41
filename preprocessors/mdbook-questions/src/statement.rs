//! A statement and what stands in parentheses at its end: who says it, or its sources.

/// `text` in an element of class `class`, and what is in parentheses at its end in one of class `end_class`.
pub(crate) fn marked(class: &str, end_class: &str, text: &str) -> String {
    let (start, end, stop) = split_parentheses(text);
    let end = if end.is_empty() { String::new() } else { format!("<span class=\"{end_class}\">{end}</span>") };
    format!("<span class=\"{class}\">{start}{end}{stop}</span>")
}

/// A statement, the parentheses at its end, and its full stop: the source of a fact, or who says it.
fn split_parentheses(text: &str) -> (&str, &str, &str) {
    let none = (text, "", "");
    let body = text.trim_end_matches(['。', '.']);
    let (open, close) = match body.chars().next_back() {
        Some('）') => ('（', '）'),
        Some(')') => ('(', ')'),
        _ => return none,
    };
    let mut depth = 0_usize;
    for (at, c) in body.char_indices().rev() {
        if c == close {
            depth += 1;
        } else if c == open {
            depth -= 1;
            if depth == 0 {
                // `[text](address)` is a link, and a statement is more than its parentheses.
                let is_link = body[..at].ends_with(']') || body[..at].trim().is_empty();
                return if is_link { none } else { (&body[..at], &body[at..], &text[body.len()..]) };
            }
        }
    }
    none
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_parentheses_at_the_end_is_told_apart() {
        for (text, parts) in [
            ("甲（常见说法）。", ("甲", "（常见说法）", "。")),
            ("甲。（[RFC（新）](https://a)、[b](c)）", ("甲。", "（[RFC（新）](https://a)、[b](c)）", "")),
            ("One. ([RFC](https://a))", ("One. ", "([RFC](https://a))", "")),
            ("One, see [RFC](https://a).", ("One, see [RFC](https://a).", "", "")),
            ("甲（乙）丙。", ("甲（乙）丙。", "", "")),
            ("（甲）。", ("（甲）。", "", "")),
            ("甲）。", ("甲）。", "", "")),
            ("", ("", "", "")),
        ] {
            assert_eq!(split_parentheses(text), parts, "{text}");
        }
    }
}
