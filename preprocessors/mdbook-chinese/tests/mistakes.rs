//! What is refused, and how it is said.

use mdbook_chinese::{CHINESE, ChinesePreprocessor, Features, rewrite};
use qabook_support::testing::TestBook;
use std::fs;

/// The message for a book of one chapter, saved as `src/a.md`.
fn refused(chapter: &str, toml: &str) -> String {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("src")).unwrap();
    fs::write(root.path().join("src/a.md"), chapter).unwrap();
    let error = TestBook::new(root.path(), toml).chapter("a.md", chapter).run(&ChinesePreprocessor).unwrap_err();
    format!("{error:#}").replace(&format!("{}/", root.path().display()), "")
}

const GOOD: &str = "[output.html]\nsmart-punctuation = false\n";

#[test]
fn a_delimiter_without_counterpart_is_named_with_its_line() {
    for (chapter, line, marks) in [
        ("甲\n\n**没有结束，后文\n", 3, "**"),
        ("甲\n没有开始。**后文\n", 2, "**"),
        ("*甲。*乙*丙\n", 1, "*"),
        ("- 列表\n  **强调，后文\n", 2, "**"),
        ("> **甲。**乙**丙\n", 1, "**"),
    ] {
        let message = refused(chapter, GOOD);
        assert!(message.contains(&format!("src/a.md:{line}: `{marks}` has no counterpart")), "{message}");
        assert!(message.contains("hint: close the emphasis"), "{message}");
    }
}

#[test]
fn a_mistake_has_its_byte_and_its_rule() {
    let mistakes = rewrite("甲\n\n**没有结束，后文\n", Features::default()).unwrap_err();
    let found: Vec<_> = mistakes.iter().map(|(offset, problem)| (*offset, problem.rule)).collect();
    assert_eq!(found, [("甲\n\n".len(), CHINESE)]);
}

#[test]
fn delimiters_that_can_be_read_in_two_ways_are_refused() {
    for (chapter, line) in [("**甲 **乙。**丙。**\n", 1), ("首行\n\n> **甲 **乙。**丙。**\n", 3)] {
        let message = refused(chapter, GOOD);
        assert!(message.contains(&format!("src/a.md:{line}: it is open which of these delimiters")), "{message}");
    }
}

#[test]
fn an_explicit_id_that_stands_twice_is_named_with_its_line() {
    let message = refused("# 甲 {#a}\n\n## 乙 {#a}\n", GOOD);
    assert!(message.contains("src/a.md:3: the heading id `a` is on this page already\n    hint: "), "{message}");
}

#[test]
fn the_mistakes_of_all_features_come_together() {
    let message = refused("# 甲 {#a}\n\n**乙，丙\n\n## 丁 {#a}\n", GOOD);
    assert!(message.contains("a.md:3: `**`") && message.contains("a.md:5: the heading id"), "{message}");
}

#[test]
fn smart_punctuation_is_refused_for_html_only() {
    for toml in ["", "[output.html]\nsmart-punctuation = true\n"] {
        let message = refused("甲\n", toml);
        assert!(message.starts_with("book.toml: output.html.smart-punctuation is on"), "{message}");
        assert!(message.contains("hint: write `smart-punctuation = false`"), "{message}");
    }
    assert!(TestBook::new("nowhere", "").for_renderer("epub").chapter("a.md", "甲").run(&ChinesePreprocessor).is_ok());
}

#[test]
fn an_unknown_key_is_refused() {
    let message = refused("甲\n", &format!("{GOOD}[preprocessor.chinese]\njoin-line = true\n"));
    assert!(message.contains("[preprocessor.chinese]") && message.contains("join-line"), "{message}");
}
