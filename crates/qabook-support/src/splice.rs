//! Replacing byte spans of a text.
//!
//! Markdown that a preprocessor doesn't own stays byte-identical: constructs are found with pulldown-cmark's offset
//! iterator and only their spans are replaced. A replacement keeps the number of lines of what it replaces, so that a
//! later preprocessor still names the author's lines in its messages.

use std::ops::Range;

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// Byte span in the original text.
    pub span: Range<usize>,
    /// What is there afterwards.
    pub text: String,
}

/// Applies `splices` to `source`.
///
/// # Panics
/// When two spans overlap or a span is not a range of characters of `source`: a bug of the caller.
#[must_use]
pub fn apply(source: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|splice| splice.span.start);
    let mut out = String::with_capacity(source.len());
    let mut end = 0;
    for Splice { span, text } in splices {
        assert!(end <= span.start, "overlapping spans at byte {}", span.start);
        out.push_str(&source[end..span.start]);
        out.push_str(&text);
        end = span.end;
    }
    out.push_str(&source[end..]);
    out
}

/// Turns rendered HTML into a block that can take the place of `replaced` in Markdown.
///
/// The HTML becomes one line (a blank line would end a CommonMark HTML block) and is padded with newlines to the number
/// of lines that `replaced` had. Line breaks that matter must already be `&#10;`: see [`crate::escape_html`].
#[must_use]
pub fn html_block(html: &str, replaced: &str) -> String {
    let mut line = html.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    let newlines = replaced.matches('\n').count();
    line.extend(std::iter::repeat_n('\n', newlines));
    line
}

/// Indents Markdown so that it stays in the list item or quote in which byte `at` of `source` is.
#[must_use]
pub fn indented_block(markdown: &str, source: &str, at: usize) -> String {
    let prefix = indentation(source, at);
    let mut lines = markdown.lines();
    let first = lines.next().unwrap_or_default().to_string();
    lines.fold(first, |block, line| block + "\n" + format!("{prefix}{line}").trim_end())
}

/// What keeps a further line in the list item or quote in which byte `at` of `source` is: list markers become spaces of the
/// same width, quote markers repeat on every line.
#[must_use]
pub fn indentation(source: &str, at: usize) -> String {
    let line_start = source[..at].rfind('\n').map_or(0, |newline| newline + 1);
    source[line_start..at].chars().map(|c| if c == '>' || c.is_whitespace() { c } else { ' ' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_stays_in_its_list_or_quote() {
        for (source, block) in [("x\n- A", "1\n\n  2"), ("> A", "1\n>\n> 2"), ("10. A", "1\n\n    2"), ("A", "1\n\n2")]
        {
            assert_eq!(indented_block("1\n\n2", source, source.len() - 1), block, "{source:?}");
        }
    }

    #[test]
    fn text_outside_the_spans_is_untouched() {
        let splices = vec![Splice { span: 7..8, text: "乙".into() }, Splice { span: 0..3, text: "甲".into() }];
        assert_eq!(apply("one 二 3 four", splices.clone()), "甲 二乙3 four");
        assert_eq!(apply("unchanged", vec![]), "unchanged");
    }

    #[test]
    fn a_block_is_one_line_padded_to_the_lines_it_replaces() {
        assert_eq!(html_block("<div>\n\n  a\n</div>\n", "1\n2\n3\n"), "<div> a </div>\n\n\n");
        assert_eq!(html_block("<div>\n</div>", "one line"), "<div> </div>");
    }
}
