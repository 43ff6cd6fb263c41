//! Proof that a corrected chapter says the same.

use pulldown_cmark::Event;
use qabook_support::markdown;

/// Whether two chapters differ in nothing but the spaces and punctuation of their text.
pub(super) fn same(before: &str, after: &str) -> bool {
    outline(before) == outline(after)
}

/// The chapter's structure, code, HTML, targets and letters.
fn outline(text: &str) -> String {
    let mut outline = String::new();
    let mut in_block = false;
    for (event, _) in markdown::parse(text) {
        match &event {
            Event::Text(text) if !in_block => outline.extend(text.chars().filter_map(letter)),
            Event::Start(tag) => {
                in_block |= is_verbatim(tag);
                outline.push_str(&format!("\u{1}{tag:?}"));
            }
            Event::End(tag) => {
                in_block = false;
                outline.push_str(&format!("\u{1}/{tag:?}"));
            }
            event => outline.push_str(&format!("\u{1}{event:?}")),
        }
    }
    outline
}

fn is_verbatim(tag: &pulldown_cmark::Tag<'_>) -> bool {
    matches!(tag, pulldown_cmark::Tag::CodeBlock(_) | pulldown_cmark::Tag::HtmlBlock)
}

/// A letter or digit in its half-width form; `None` for everything else.
fn letter(c: char) -> Option<char> {
    let narrow = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    // Marks that are left as text must stay, or emphasis could come and go.
    (narrow.is_alphanumeric() || matches!(narrow, '*' | '_' | '~' | '`' | '$' | '\\')).then_some(narrow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_punctuation_may_differ() {
        assert!(same("甲a,乙１", "甲 a，乙 1"));
        for (before, after) in [
            ("甲a", "甲b"),
            ("甲`a,`", "甲`a，`"),
            ("甲 [x](y)", "甲 [x](z)"),
            ("甲", "# 甲"),
            ("**甲？** 乙**丙**", "**甲？**乙**丙**"),
        ] {
            assert!(!same(before, after), "{before} {after}");
        }
    }
}
