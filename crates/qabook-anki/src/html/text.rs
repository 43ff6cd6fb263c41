//! Text that neither HTML nor Anki nor its MathJax takes for a mark.

/// A formula as Anki's MathJax finds it.
pub(super) fn formula(tex: &str, display: bool) -> String {
    let tex = escape(tex);
    // The escapes are read before MathJax sees the text.
    if display { format!("\\[{tex}\\]") } else { format!("\\({tex}\\)") }
}

/// `text` as HTML in which Anki and its MathJax find nothing of theirs, such as `\(x\)`, `{{x}}` or `[sound:x]`.
pub(crate) fn prose(text: &str) -> String {
    // MathJax looks for its signs in one text at a time.
    let apart = |html: String, sign: &str| html.replace(&format!("\\{sign}"), &format!("\\<span></span>{sign}"));
    ["(", ")", "[", "]"].into_iter().fold(escape(text), apart)
}

/// `text` for code, which MathJax doesn't look into, or for an attribute between double quotes.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            '$' => out.push_str("&#36;"),
            '\n' => out.push_str("&#10;"),
            '[' if MARKS.iter().any(|mark| text[at + 1..].starts_with(mark)) => out.push_str("&#91;"),
            _ => out.push(c),
        }
    }
    out
}

/// What makes a bracket before it a mark of Anki's: sound, speech, formulas of old.
const MARKS: [&str; 4] = ["sound:", "anki:", "latex]", "$"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_an_author_writes_is_a_mark_of_anki() {
        for (from, to) in [
            ("a < b & \"c\"", "a &lt; b &amp; &quot;c&quot;"),
            ("{{c1::x}} $x$", "&#123;&#123;c1::x&#125;&#125; &#36;x&#36;"),
            (
                "[sound:a.mp3] [latex]x[/latex] [$]x[/$] [a]",
                "&#91;sound:a.mp3] &#91;latex]x[/latex] &#91;&#36;]x[/&#36;] [a]",
            ),
            ("\\(x\\) \\[y\\] \\n", "\\<span></span>(x\\<span></span>) \\<span></span>[y\\<span></span>] \\n"),
        ] {
            assert_eq!(prose(from), to);
        }
        assert_eq!(formula("x < {y}", false), "\\(x &lt; &#123;y&#125;\\)");
    }
}
