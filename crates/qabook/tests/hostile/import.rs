//! Lists of questions as other people keep them.

use qabook_import::{Drawing, Format, Lists, Options, Source, plan};

use crate::input::try_all;

const PIECES: &[&str] = &[
    "# ",
    "## 1. what\n\n",
    "### ",
    "**3. bold**\n\n",
    "1. ",
    "1.  ### item\n\n",
    "- ",
    "  - ",
    "<details><summary>",
    "</summary>\n\n",
    "</details>\n\n",
    "<b>",
    "</p>",
    "<br>",
    "<!--",
    "-->",
    "$",
    "$$",
    "**",
    "~~",
    "`",
    "```python\n",
    "```\n",
    "~~~\n",
    "{{#include a.md}}",
    "+++\n",
    "---\n",
    "title: a\n",
    "[a](#b)",
    "[r][r]",
    "[r]: x\n",
    "[^1]",
    "[^1]: a\n",
    "![](x.png)",
    "| a | b |\n|---|---|\n",
    "question,answer\n",
    "\"",
    ",",
    ";",
    "sep=;\n",
    "\t",
    "问题\t答案\n",
    "1、",
    "一、",
    "Q: ",
    "A: ",
    "\n",
    "\n\n",
    "\r\n",
    "    ",
    "> ",
    "&amp;",
    "\\",
    "汉字",
    "🦀",
    "\u{0}",
    "\u{feff}",
    "==\n",
];

/// Draws what has an even number of bytes.
struct Moody;

impl Drawing for Moody {
    fn formula(&self, tex: &str, _: bool) -> bool {
        tex.len().is_multiple_of(2)
    }

    fn diagram(&self, source: &str) -> bool {
        source.len().is_multiple_of(2)
    }
}

#[test]
fn of_lists() {
    try_all("import", PIECES, |text| {
        for format in [Format::Markdown, Format::Table(b','), Format::Table(b';'), Format::Table(b'\t')] {
            let source = Source {
                path: "/nowhere/list.md".into(),
                shown: "list.md".into(),
                folder: "".into(),
                text: text.into(),
                format,
                front_matter: None,
            };
            let lists = Lists { sources: vec![source], ..Lists::default() };
            if let Err(problems) = plan(&lists, &Options::default(), &Moody) {
                assert!(!problems.to_string().is_empty());
            }
        }
    });
}
