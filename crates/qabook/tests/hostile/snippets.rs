//! Embeddings of programs: the scan of a chapter, the attributes of a fence, highlighting.

use mdbook_snippets::{SnippetPreprocessor, embeds, highlighted_html};
use qabook_support::markdown::Parsed;
use qabook_support::testing::{TestBook, contents};

use crate::input::try_all;

const PIECES: &[&str] = &[
    "```python,snippet=sum\n",
    "```python,snippet=sum:part,hide-output,highlight=1-2,5\n",
    "```rust\n",
    "```",
    "~~~\n",
    "````\n",
    "{{#snippet ",
    "{{#snippet sum}}",
    "{{#snippet sum:a highlight=2- no-run}}",
    "}}",
    "keep,reason=\"",
    "\"",
    "snippet=",
    ",",
    "=",
    "highlight=9-1",
    "highlight=99999999999999999999",
    "no-record",
    "primary=python",
    "\n- **Rust**：x\n",
    "**Python**",
    "> ",
    "- ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "fn main() {",
    "}",
    "/*",
    "*/",
    "r#\"",
    "\"#",
    "'",
    "\\",
    "<pre>",
    "</code>",
    "<!--",
    "汉字",
    "“",
    "🦀",
    "\u{0}",
    "// ANCHOR: a\n",
];

#[test]
fn of_chapters() {
    try_all("snippets", PIECES, |text| {
        for embed in embeds(&Parsed::new(text)) {
            assert!(text.get(embed.span.clone()).is_some(), "{:?} is no part of the text", embed.span);
        }
        let book = TestBook::new("nowhere", "[preprocessor.snippets]\n").chapter("a.md", text);
        match book.run(&SnippetPreprocessor) {
            Ok(book) => assert_eq!(contents(&book).len(), 1),
            Err(error) => assert!(error.to_string().contains("a.md:") || !error.to_string().is_empty()),
        }
    });
}

#[test]
fn of_code() {
    try_all("code", PIECES, |text| {
        for language in ["rust", "python", "toml", "sh", "html", "no-such-language"] {
            let html = highlighted_html(text, language, &[1..=2]);
            let open = html.matches("<span").count() + html.matches("<mark").count();
            assert_eq!(open, html.matches("</span>").count() + html.matches("</mark>").count(), "{language}: {html}");
        }
    });
}
