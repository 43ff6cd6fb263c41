//! Front matter, errata, follow-ups, choices and directives of a chapter.

use mdbook_questions::{QuestionsPreprocessor, body_start};
use qabook_support::testing::{TestBook, contents};

use crate::input::try_all;

const PIECES: &[&str] = &[
    "+++\n",
    "+++",
    "---\n",
    "---",
    "number = 1\n",
    "number = -1\n",
    "number = 99999999999999999999\n",
    "question = \"",
    "summary = \"\"\"\n",
    "tags = [\"a\", \"",
    "\"]\n",
    "level = \"basic\"\n",
    "verified = 2026-02-31\n",
    "verified = 2026-11-23\n",
    "[[options]]\n",
    "text = \"*a\"\n",
    "right = true\n",
    "why = \"",
    "aliases: [a, &b, *b]\n",
    "title: a\n",
    "- ",
    "# A\n\n",
    "## 追问 {#follow-up}\n\n",
    "### Why?\n\n",
    "## Errata {#errata}\n\n",
    "- **误**：",
    "**正**：",
    "- **Wrong**: ",
    "（[a](b)）",
    "## Ref {#references}\n\n",
    "- [RFC 1](https://a.example)：",
    "{{#questions}}",
    "{{#practice}}",
    "{{#downloads}}",
    "{{#",
    "}}",
    "\n",
    "\n\n",
    "\r\n",
    "\u{feff}",
    "{{#random-question}}\n",
    "<b>",
    "```\n",
    "{#",
    "}",
    "汉字",
    "\u{0}",
    "\\",
    "\"",
];

#[test]
fn of_chapters() {
    try_all("questions", PIECES, |text| {
        assert!(text.is_char_boundary(body_start(text)));
        for settings in ["", "strict = true\n"] {
            let settings = format!("[preprocessor.questions]\n{settings}");
            let book = TestBook::new("nowhere", &settings).chapter("a.md", text).chapter("b.md", "# B\n");
            match book.run(&QuestionsPreprocessor) {
                Ok(book) => assert!(contents(&book).len() >= 2),
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        }
    });
}
