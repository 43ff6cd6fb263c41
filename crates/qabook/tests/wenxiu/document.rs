//! 问锈 as a document.

use qabook_document::{BlockKind, Document, Inline, Options, for_each_block, for_each_inline, load, open};
use qabook_support::testing::Test;
use qabook_support::tests;
use std::sync::LazyLock;

use crate::root;

pub(crate) const TESTS: &[Test] = tests![
    every_question_has_its_header_and_sections,
    no_card_falls_back_to_markdown,
    no_dollar_of_a_formula_is_left_in_the_text,
];

static BOOK: LazyLock<Document> = LazyLock::new(|| {
    let options = Options { renderer: "epub".into(), diagram_font: "sans-serif".into() };
    let loaded = open(&root()).and_then(|book| load(&book, &options)).unwrap_or_else(|error| panic!("{error:#}"));
    assert_eq!(loaded.warnings, [], "the book gives no cause for warnings");
    loaded.document
});

fn count(wanted: impl Fn(&BlockKind) -> bool) -> usize {
    let mut found = 0;
    for chapter in BOOK.chapters() {
        for_each_block(&chapter.blocks, &mut |block| found += usize::from(wanted(&block.kind)));
    }
    found
}

fn every_question_has_its_header_and_sections() {
    let headers = count(|kind| matches!(kind, BlockKind::QuestionHeader(_)));
    assert_eq!(headers, 53);
    for section in
        [qabook_document::Section::FollowUp, qabook_document::Section::Errata, qabook_document::Section::References]
    {
        let found = count(|kind| matches!(kind, BlockKind::Heading(heading) if heading.section == Some(section)));
        assert_eq!(found, headers, "{section:?}");
    }
}

fn no_card_falls_back_to_markdown() {
    assert!(count(|kind| matches!(kind, BlockKind::Snippet(_))) >= 75);
    assert!(count(|kind| matches!(kind, BlockKind::Diagram(_))) >= 59);
    assert!(count(|kind| matches!(kind, BlockKind::Related(_))) >= 50);
    assert_eq!(count(|kind| matches!(kind, BlockKind::Figure(_) | BlockKind::Group(_))), 0);
    let mermaid =
        |kind: &BlockKind| matches!(kind, BlockKind::Code(code) if code.language.as_deref() == Some("mermaid"));
    assert_eq!(count(mermaid), 0);
}

fn no_dollar_of_a_formula_is_left_in_the_text() {
    let mut formulas = 0;
    for chapter in BOOK.chapters() {
        for_each_inline(&chapter.blocks, &mut |inline| match inline {
            Inline::Text(text) => assert!(!text.contains("$$"), "{}: {text}", chapter.path),
            Inline::Formula(_) => formulas += 1,
            _ => {}
        });
    }
    assert!(formulas > 50, "{formulas}");
}
