//! How often a chapter is parsed.

use mdbook_questions::QuestionsPreprocessor;
use qabook_support::testing::{TestBook, count_parses};

#[test]
fn each_chapter_is_parsed_once() {
    let chapter = "+++\nnumber = 1\nquestion = \"问？\"\nsummary = \"答。\"\nlevel = \"basic\"\ntags = [\"TCP\"]\n\
                   verified = 2026-11-23\n+++\n\n# 标题\n\n{{#questions}}\n\n## 易错 {#errata}\n\n- **误**：甲。**正**：乙。\n\n\
                   ## 参考 {#references}\n\n- [丙](https://example.org/)\n";
    let book = TestBook::new("nowhere", "")
        .unnumbered("README.md", "# 前言\n\n{{#downloads}}\n")
        .chapter("a.md", chapter)
        .chapter("b.md", &chapter.replace("number = 1", "number = 2"));
    let parses = count_parses(|| drop(book.run(&QuestionsPreprocessor).unwrap()));
    assert_eq!(parses, 3);
}
