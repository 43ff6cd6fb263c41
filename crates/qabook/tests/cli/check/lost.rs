//! What a chapter says and its page doesn't.

use super::{add, check, finds, good_book, stdout};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

#[test]
fn a_paragraph_that_a_page_lacks_is_named_by_its_line() {
    let book = good_book();
    add("第一段，讲的是加法。\n\n第二段，讲的是减法，\n它的第二行。")(&book);
    assert!(book.build().status.success());
    let page = book.read("book/maths/sum.html");
    assert_eq!(stdout(&check(&book, &["--site", "book"])), "nothing to fix\n");
    for (lost, place) in [("第一段，讲的是加法。", "18:1"), ("第二段", "20:1"), ("它的第二行。", "21:1")]
    {
        book.write("book/maths/sum.html", page.replace(lost, ""));
        let report = stdout(&check(&book, &["--site", "book"]));
        let expected = format!("src/maths/sum.md:{place}: error: the page lacks “{lost}");
        assert!(report.starts_with(&expected) && report.contains("(lost-text)"), "{expected}\n{report}");
        assert_eq!(report.matches("(lost-text)").count(), 1, "{report}");
    }
}

#[test]
fn what_markdown_drops_is_named() {
    finds(
        add("| 甲 | 乙 |\n|----|----|\n| 一 | 二 | 三 |\n\n一处[^1]。\n\n[^1]: 有人引。\n[^2]: 没人引。"),
        &[
            "src/maths/sum.md:20:11: error: the page lacks “三 |” (lost-text)",
            "src/maths/sum.md:25:7: error: the page lacks “没人引。” (lost-text)",
        ],
    );
    finds(
        add("前文\n\n<!-- 没有结束\n\n后文"),
        &["src/maths/sum.md:20:1: error: the page lacks “<!-- 没有结束” (lost-text)"],
    );
    finds(add("类型是 Vec<Item> 的"), &["src/maths/sum.md:18:8: error: the page lacks “<Item> 的” (lost-text)"]);
}

#[test]
fn what_a_file_brings_in_is_compared_too() {
    let book = good_book();
    add("{{#include part.md}}")(&book);
    book.write("src/maths/part.md", "这一段是包含进来的。\n");
    assert!(book.build().status.success());
    let page = book.read("book/maths/sum.html");
    book.write("book/maths/sum.html", page.replace("这一段是包含进来的。", ""));
    let report = stdout(&check(&book, &["--site", "book"]));
    assert!(
        report.starts_with("src/maths/sum.md: error: the page lacks “这一段是包含进来的。” (lost-text)"),
        "{report}"
    );
}

#[test]
fn a_preprocessor_of_the_authors_may_do_as_it_likes() {
    let book = good_book();
    add("这一段给演讲的人看。")(&book);
    assert!(book.build().status.success());
    let page = book.read("book/maths/sum.html");
    book.write("book/maths/sum.html", page.replace("这一段给演讲的人看。", ""));
    assert!(stdout(&check(&book, &["--site", "book"])).contains("(lost-text)"));
    let settings = book.read("book.toml") + "\n[preprocessor.notes]\ncommand = \"true\"\n";
    book.write("book.toml", settings);
    assert_eq!(stdout(&check(&book, &["--site", "book"])), "nothing to fix\n");
}

/// Pieces of Markdown that pull against each other, but for those that Markdown itself drops.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "汉字", "句末。", "“引”", "（括）", "Rust", "x1", " ", "\n", "\n\n", "  \n", "\\\n", "*", "**", "~~", "_", "`", "\n\n```text\ncode\n```\n\n",
    "\n\n```rust\n# hidden();\nshown();\n```\n\n", "<b>", "</b>", "<br>", "<!-- note -->", "[", "](a.md)", "![", "](../maths/a.svg)", "\n> ",
    "\n- ", "\n1. ", "\n  ", "\n\n    ", "\n\n## ", "\n\n| a | b |\n|---|---|\n| c | 丁 |\n\n", "[^1]", "\n\n[^1]: 注。[^1]\n\n", "\n: ", "&amp;",
    "&#20057;", "\n\n> [!NOTE]\n> ", "- [ ] ", "$", "$x$", "\\$", "{x}", "<div>\n\n", "\n\n</div>\n\n", "\n\n---\n\n", "<https://a.test/>",
];

/// Chapters made of such pieces, always the same.
fn chapters(count: usize) -> Vec<String> {
    let mut runner = TestRunner::deterministic();
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 1..24);
    let chapter = |_| format!("# Title\n\n{}\n", pieces.new_tree(&mut runner).unwrap().current().concat());
    (0..count).map(chapter).collect()
}

#[test]
fn whatever_an_author_writes_is_on_the_page_or_an_error_names_it() {
    let count = 150;
    let book = good_book();
    book.write("src/maths/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>");
    book.write("src/a.md", "# A\n");
    let mut chapters: BTreeMap<String, String> =
        chapters(count).into_iter().enumerate().map(|(n, text)| (format!("src/random/{n}.md"), text)).collect();
    loop {
        let mut summary = "# S\n\n[A](a.md)\n\n- [Sum](maths/sum.md)\n".to_string();
        for (path, text) in &chapters {
            book.write(path, text);
            summary += &format!("- [R]({})\n", path.trim_start_matches("src/"));
        }
        book.write("src/SUMMARY.md", summary);
        let output = check(&book, &["--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
        let findings = report["findings"].as_array().unwrap();
        let lost: Vec<&serde_json::Value> = findings.iter().filter(|finding| finding["rule"] == "lost-text").collect();
        let texts = lost.iter().filter_map(|finding| chapters.get(finding["file"].as_str()?));
        assert!(lost.is_empty(), "{lost:#?}\n{:#?}", texts.collect::<Vec<_>>());
        if !String::from_utf8_lossy(&output.stderr).contains("the site was not checked") {
            break;
        }
        // What an error names isn't lost in silence.
        let before = chapters.len();
        for finding in findings.iter().filter(|finding| finding["severity"] == "error") {
            chapters.remove(finding["file"].as_str().unwrap());
        }
        assert!(chapters.len() < before, "{report:#}");
    }
    assert!(chapters.len() > count / 4, "{} of {count} chapters are right", chapters.len());
}
