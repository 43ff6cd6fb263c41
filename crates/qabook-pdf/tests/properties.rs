//! Nothing in a chapter can be markup: whatever a text holds, the code around it stays the same.

mod common;

use proptest::prelude::*;
use qabook_document::{
    Block, BlockKind, Cell, Chapter, Code, Document, Heading, Inline, PageKind, Part, Scope, Style, Table,
};
use qabook_pdf::maths::from_mathml;
use qabook_pdf::typst_code;
use typst::syntax::{SyntaxKind, SyntaxNode, parse};

/// Pieces that mean something to Typst, in markup, code or maths.
const PIECES: &[&str] = &[
    "#",
    "#panic()",
    "$",
    "$ x $",
    "*",
    "_",
    "`",
    "```",
    "//",
    "/*",
    "*/",
    "\\",
    "\"",
    "\\\"",
    "\\u{",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    ";",
    ",",
    "@a",
    "<b>",
    "= ",
    "- ",
    "+ ",
    "/ a: b",
    "~",
    "--",
    "---",
    "...",
    "'",
    "https://a.b",
    "#include \"x\"",
    "汉字",
    "，",
    " ",
    "\n",
    "\r\n",
    "\t",
    "0",
    "a",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 1..8).prop_map(|pieces| pieces.concat())
}

/// A chapter with `text` in every kind of place.
fn chapter(text: &str) -> Document {
    let inlines = || vec![Inline::Text(text.into()), Inline::Styled(Style::Strong, vec![Inline::Text(text.into())])];
    let block = |kind| Block { line: Some(1), kind };
    let heading = Heading { level: 1, id: text.into(), section: None, text: inlines() };
    let table = Table {
        caption: inlines(),
        alignments: vec![qabook_document::Alignment::None],
        head: vec![vec![Cell::of_text(inlines(), Some(Scope::Column))]],
        rows: vec![vec![Cell::of_text(inlines(), None)]],
    };
    let blocks = vec![
        block(BlockKind::Heading(heading)),
        block(BlockKind::Paragraph(inlines())),
        block(BlockKind::Code(Code { language: Some(text.into()), text: text.into() })),
        block(BlockKind::Table(table)),
        block(BlockKind::Quote(vec![block(BlockKind::Paragraph(inlines()))])),
    ];
    let chapter = Chapter {
        title: text.into(),
        number: Some(text.into()),
        path: text.into(),
        kind: PageKind::Chapter,
        errata: vec![],
        follow_ups: vec![],
        file: "a.md".into(),
        blocks,
        footnotes: vec![],
        children: vec![],
    };
    Document {
        title: text.into(),
        description: None,
        authors: vec![],
        language: "zh".into(),
        direction: qabook_document::Direction::LeftToRight,
        words: qabook_document::Words::of_language("zh"),
        site_url: None,
        file_stem: "book".into(),
        parts: vec![Part { title: None, chapters: vec![chapter] }],
    }
}

/// The kinds of all nodes in order, strings left out: what the code says apart from its texts.
fn shape(node: &SyntaxNode, kinds: &mut Vec<SyntaxKind>) {
    kinds.push(node.kind());
    node.children().for_each(|child| shape(child, kinds));
}

fn shape_of(text: &str) -> Vec<SyntaxKind> {
    let code = typst_code(&chapter(text), &common::settings()).expect("code").remove(0).1;
    let tree = parse(&code);
    assert!(tree.errors_and_warnings().0.is_empty(), "{code}");
    let mut kinds = Vec::new();
    shape(&tree, &mut kinds);
    kinds
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_text_never_changes_the_code_around_it(text in text()) {
        // Long words are cut on purpose, and a table has wider columns for much text.
        let harmless: String = text.chars().map(|c| if c.is_ascii_graphic() { 'x' } else { c }).collect();
        prop_assert_eq!(shape_of(&text), shape_of(&harmless));
    }
}

/// What a formula's MathML is made of, whole and torn.
const MATHML: &[&str] = &[
    "<mrow>",
    "</mrow>",
    "<mi>x</mi>",
    "<mi>",
    "</mi>",
    "<mn>1</mn>",
    "<mo>+</mo>",
    "<mo stretchy=\"true\">(</mo>",
    "<mo/>",
    "<mfrac>",
    "</mfrac>",
    "<msup>",
    "</msup>",
    "<msubsup>",
    "</msubsup>",
    "<munderover>",
    "</munderover>",
    "<mover accent=\"true\">",
    "</mover>",
    "<mtable columnalign=\"left right\">",
    "</mtable>",
    "<mtr>",
    "</mtr>",
    "<mtd>",
    "</mtd>",
    "<msqrt>",
    "</msqrt>",
    "<mroot>",
    "</mroot>",
    "<mtext>汉字</mtext>",
    "<mspace width=\"1e999em\"/>",
    "<mspace width=\"-\"/>",
    "<mpadded>",
    "</mpadded>",
    "<mstyle mathcolor=\"#\">",
    "</mstyle>",
    "<menclose notation=\"box\">",
    "</menclose>",
    "<semantics>",
    "</semantics>",
    "<annotation>",
    "</annotation>",
    "<unknown>",
    "</unknown>",
    "&nbsp;",
    "&amp;",
    "&#0;",
    "&bad;",
    "<!--",
    "-->",
    "text",
    "🦀",
    "\u{301}",
    " ",
];

proptest! {
    #[test]
    fn mathml_is_set_or_refused(pieces in prop::collection::vec(prop::sample::select(MATHML), 0..16)) {
        // Nothing panics.
        let _ = from_mathml(&format!("<math>{}</math>", pieces.concat()));
    }
}
