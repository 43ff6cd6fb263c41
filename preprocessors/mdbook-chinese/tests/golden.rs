//! Golden pairs: what the preprocessor makes of a chapter.

use mdbook_chinese::ChinesePreprocessor;
use qabook_support::testing::{TestBook, contents, golden};
use std::path::Path;

fn transform(chapter: &str, renderer: &str, settings: &str) -> String {
    let toml = format!(
        "[book]\nlanguage = \"zh-CN\"\n[preprocessor.katex]\n[preprocessor.chinese]\n{settings}\n[output.html]\nsmart-punctuation = false\n"
    );
    let book = TestBook::new("nowhere", &toml).for_renderer(renderer).chapter("a.md", chapter);
    contents(&book.run(&ChinesePreprocessor).expect("a good chapter"))[0].1.clone()
}

/// Everything that the preprocessor can do.
const ALL: &str = "heading-ids = true\n";

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

#[test]
fn html_renders_right() {
    golden(&folder("golden"), |chapter| {
        let once = transform(chapter, "html", ALL);
        assert_eq!(transform(&once, "html", ALL), once, "a second run changes nothing");
        once
    });
}

#[test]
fn other_renderers_get_markdown() {
    let alert = "# 甲 {#a}\n\n> [!TIP]\n> **乙，**\n> 丙\n";
    assert_eq!(transform(alert, "epub", ""), "# 甲 {#a}\n\n> [!TIP]\n> **乙，**&#19993;\n\n");
}

#[test]
fn each_feature_can_be_switched_off() {
    let chapter = "# 甲\n\n**乙，**丙\n丁\n\n> [!TIP]\n> 戊\n";
    let off = ["join-lines", "emphasis", "heading-ids", "alerts"].map(|feature| format!("{feature} = false\n"));
    assert_eq!(transform(chapter, "html", &off.concat()), chapter);
    for (feature, kept) in off.iter().zip(["丙\n丁", "**乙，**丙", "# 甲\n", "> [!TIP]\n> 戊"]) {
        let feature = if feature.starts_with("heading-ids") { String::new() } else { format!("{ALL}{feature}") };
        let out = transform(&chapter.replace("丙\n丁", if kept == "丙\n丁" { kept } else { "丙" }), "html", &feature);
        let kept = if kept == "丙\n丁" { "&#19993;\n丁" } else { kept };
        assert!(out.contains(kept) && out != chapter, "{feature}{out}");
    }
}

#[test]
fn headings_without_a_letter_can_get_ids_in_any_language() {
    let chapter = "# A\n\n## ?!\n\n## 🎉\n\n## B 1\n\n## 三\n\n**x,**y\nz\n";
    let features = ["join-lines", "emphasis", "alerts"].map(|feature| format!("{feature} = false\n"));
    let out = transform(chapter, "html", &features.concat());
    assert_eq!(out, chapter.replace("?!", "?! {#section}").replace("🎉", "🎉 {#section-2}"));
}

#[test]
fn headings_keep_the_ids_that_mdbook_gives() {
    let chapter = "# 所有权\n\n## 借用 与 I/O\n\n## `Box<T>`：堆\n\n## 借用\n\n## 借用\n\n## Own {#own}\n";
    assert_eq!(transform(chapter, "html", ""), chapter);
}

#[test]
fn lines_below_keep_their_numbers() {
    let chapter = "# 甲\n\n一\n二\n三\n\n- 四\n  五\n- 六\n\n> 七\n> 八\n\n> [!NOTE]\n> 九\n> 十\n\n最后\n";
    let out = transform(chapter, "html", "");
    let line_of = |text: &str, wanted: &str| text.lines().position(|line| line.contains(wanted));
    for wanted in ["四", "七", "最后"] {
        assert_eq!(line_of(&out, wanted), line_of(chapter, wanted), "{wanted} in {out}");
    }
}
