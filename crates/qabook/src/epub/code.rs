//! Code in colours.

use mdbook_snippets::highlighted_html;
use std::ops::RangeInclusive;

use super::xml;

/// `text` in `language` inside `<code>`, coloured as on the page, with a mark around each line (from 1) to set off.
pub(super) fn code(text: &str, language: &str, set_off: &[RangeInclusive<usize>]) -> String {
    let text = xml::allowed(text.trim_end_matches('\n'));
    format!("<code>{}</code>", highlighted_html(&text, language, set_off))
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn code_is_coloured_and_lines_are_set_off() {
        assert_eq!(
            code("fn f() {\n}\u{1b}\n", "rust", &[2..=2]),
            "<code><span class=\"l\"><span class=\"k\">fn </span><span class=\"f\">f</span>() &#123;</span>&#10;\
             <mark class=\"l\">&#125;\u{fffd}</mark></code>"
        );
    }
}
