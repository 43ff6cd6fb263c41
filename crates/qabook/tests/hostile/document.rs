//! The builder of documents for EPUB, PDF and Anki: chapters as an author, or a preprocessor of the author's own, writes them.

use mdbook_driver::config::Config;
use mdbook_preprocessor::book::{Book, Chapter};
use qabook_document::{Options, from_book};
use std::path::Path;

use crate::input::try_all;

const PIECES: &[&str] = &[
    "# ",
    "## A {#a .b c=d}\n\n",
    "### ",
    "**",
    "*",
    "_",
    "~~",
    "`",
    "``",
    "```rust\n",
    "```text,hidelines=!\n",
    "```\n",
    "$",
    "$$",
    "\\$",
    "\\",
    "| a | b |\n|---|:-:|\n",
    "| ",
    "|\n",
    "> ",
    "> [!NOTE]\n",
    "- ",
    "- [x] ",
    "1. ",
    "[^1]",
    "[^1]: ",
    "[a](b.md#c)",
    "![](x.png)",
    "![a](",
    "[a]",
    "[a]: b\n",
    "<div class=\"",
    "\">",
    "</div>",
    "<details><summary>",
    "</summary>",
    "</details>",
    "<table><tr><td>",
    "</table>",
    "<!-- ",
    "-->",
    "<svg viewBox=\"0 0 1 1\">",
    "</svg>",
    "<img src=\"a.png\" alt='",
    "'>",
    "<br>",
    "<ruby>汉<rt>han</rt></ruby>",
    "<script type=\"application/json\" data-qabook=\"",
    "\">{\"kind\":",
    "}</script>",
    "<figure>",
    "</figure>",
    "&amp;",
    "&#x41;",
    "&bad;",
    "term\n: definition\n",
    "汉字",
    "，",
    "\n",
    "\n\n",
    "\r\n",
    "    ",
    "\t",
    "\u{0}",
    "\u{feff}",
    "{{#snippet a}}",
    "---\n",
    "===\n",
];

#[test]
fn of_chapters() {
    let options = Options { renderer: "epub".into(), diagram_font: "serif".into() };
    try_all("document", PIECES, |text| {
        let mut book = Book::new();
        book.push_item(Chapter::new("A", text.into(), "a.md", Vec::new()));
        match from_book(Path::new("nowhere"), &Config::default(), &book, &options) {
            Ok(loaded) => assert_eq!(loaded.document.chapters().count(), 1),
            Err(problems) => assert!(problems.to_string().contains("a.md"), "{problems}"),
        }
    });
}
