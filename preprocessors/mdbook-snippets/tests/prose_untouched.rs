//! A property: what isn't an embedding stays byte-identical, and nothing panics.

mod common;

use mdbook_snippets::{SnippetPreprocessor, embeds};
use proptest::prelude::*;
use qabook_support::markdown::Parsed;
use qabook_support::testing::{TestBook, contents};

/// Pieces of Markdown that pull against each other: fences, lists, quotes, directives, maths, HTML, odd characters.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("```python,snippet=echo\nx = 1\n```\n".to_string()),
        Just("```text\n{{#snippet echo}}\n```\n".to_string()),
        Just("\n{{#snippet echo}}\n\n".to_string()),
        Just("{{#snippet".to_string()),
        Just("```".to_string()),
        Just("~~~\n".to_string()),
        Just("> ".to_string()),
        Just("- ".to_string()),
        Just("$x_1$ **中文，**字\n".to_string()),
        Just("<div>\n".to_string()),
        Just("| a | b |\n|---|---|\n".to_string()),
        Just("\r\n".to_string()),
        "[ -~\u{4e00}-\u{4e20}\u{1f600}\n]{0,12}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn prose_is_untouched(text in markdown()) {
        let book = TestBook::new(common::root(), "[preprocessor.snippets]\npackage = \"package\"\nhighlight = false\n").chapter("a.md", &text);
        let Ok(book) = book.run(&SnippetPreprocessor) else { return Ok(()) };
        let out = &contents(&book)[0].1;
        // Between two replaced spans the text is in the result as it was before, in order.
        let replaced = embeds(&Parsed::new(&text)).into_iter().filter(|embed| {
            embed.attributes.as_ref().is_ok_and(|attributes| attributes.snippet.is_some())
        });
        let (mut from, mut rest) = (0, out.as_str());
        // The words of scripts follow the first card.
        let mut last_tag = "</script>";
        for span in replaced.map(|embed| embed.span) {
            let kept = &text[from..span.start];
            prop_assert!(rest.starts_with(kept), "{kept:?} is not at the start of {rest:?}");
            rest = &rest[kept.len()..];
            prop_assert!(rest.starts_with("<figure"));
            let end = rest.find(last_tag).expect("a closed card") + last_tag.len();
            last_tag = "</figure>";
            let lines = text[span.clone()].matches('\n').count();
            rest = &rest[end + lines..];
            from = span.end;
        }
        prop_assert_eq!(rest, &text[from..]);
    }
}
