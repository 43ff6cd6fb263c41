//! Text as Typst string literals, the only form in which a chapter's text enters Typst code.
//!
//! Nothing in a chapter can be markup then: `#`, `$`, `*`, `//` and the like are just characters of a string.
//! Rules: <https://typst.app/docs/reference/foundations/str/>.

/// `text` as a Typst string literal, quotes included.
#[must_use]
pub fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_backslashes_cannot_end_the_string() {
        assert_eq!(literal(r#"a"b\"#), r#""a\"b\\""#);
        assert_eq!(literal("甲\n\t\u{1}"), r#""甲\n\t\u{1}""#);
    }
}
