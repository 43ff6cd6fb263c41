//! What mdBook itself makes of Chinese, and what it makes of our result.
//!
//! The first of each pair is a fault of the stock output: when a new version of mdBook fixes one, its assertion fails
//! here and the feature can go.

use mdbook_chinese::ChinesePreprocessor;
use mdbook_driver::MDBook;
use std::fs;

/// The `<main>` of a book's only page, rendered with the preprocessor or without.
fn page(chapter: &str, ours: bool) -> String {
    let root = tempfile::tempdir().unwrap();
    let toml = "[book]\nlanguage = \"zh-CN\"\n[preprocessor.chinese]\nheading-ids = true\n[output.html]\n\
                smart-punctuation = false\n";
    fs::create_dir(root.path().join("src")).unwrap();
    fs::write(root.path().join("book.toml"), toml).unwrap();
    fs::write(root.path().join("src/SUMMARY.md"), "# 目录\n\n- [甲](a.md)\n").unwrap();
    fs::write(root.path().join("src/a.md"), chapter).unwrap();
    let mut config = mdbook_driver::config::Config::from_disk(root.path().join("book.toml")).unwrap();
    if !ours {
        let stock = toml.replace("[preprocessor.chinese]\nheading-ids = true\n", "");
        config = stock.parse().unwrap();
    }
    let mut book = MDBook::load_with_config(root.path(), config).unwrap();
    if ours {
        book.with_preprocessor(ChinesePreprocessor);
    }
    book.build().unwrap();
    let html = fs::read_to_string(root.path().join("book/a.html")).unwrap();
    let main = html.split_once("<main>").unwrap().1.split_once("</main>").unwrap().0;
    main.trim().to_string()
}

#[test]
fn stock_output_shows_asterisks() {
    let chapter = "**历经10年发展，**年，他说**“同步”**序号，~~删去。~~后文\n";
    let stock = "<p>**历经10年发展，<strong>年，他说</strong>“同步”**序号，~~删去。~~后文</p>";
    assert_eq!(page(chapter, false), stock);
    let ours = "<p><strong>历经10年发展，</strong>年，他说<strong>“同步”</strong>序号，<del>删去。</del>后文</p>";
    assert_eq!(page(chapter, true), ours);
}

#[test]
fn stock_output_turns_emphasis_inside_out() {
    let chapter = "**甲。**乙**丙**\n";
    assert_eq!(page(chapter, false), "<p><strong>甲。<strong>乙</strong>丙</strong></p>");
    assert_eq!(page(chapter, true), "<p><strong>甲。</strong>乙<strong>丙</strong></p>");
}

#[test]
fn stock_output_has_spaces_between_lines() {
    let chapter = "一行一句，\n**句末。**\n接 Rust\n与 `code`\n。\n";
    assert!(page(chapter, false).contains("一行一句，\n<strong>句末。</strong>\n接 Rust\n与"));
    assert_eq!(page(chapter, true), "<p>一行一句，<strong>句末。</strong>接 Rust 与 <code>code</code>。</p>");
}

#[test]
fn stock_output_has_empty_ids() {
    assert!(page("## ？！\n", false).starts_with("<h2 id=\"\">"));
    assert!(page("## ？！\n", true).starts_with("<h2 id=\"section\">"));
    assert!(page("## 三次握手\n", true).starts_with("<h2 id=\"san-ci-wo-shou\">"));
}

#[test]
fn stock_output_has_english_alert_titles() {
    let chapter = "> [!WARNING]\n> 正文**甲。**乙\n\n后文\n";
    let (stock, ours) = (page(chapter, false), page(chapter, true));
    assert!(stock.contains("</svg>Warning</p>"), "{stock}");
    assert!(ours.contains("</svg>警告</p>") && !ours.contains("Warning"), "{ours}");
    let quote = "<blockquote class=\"blockquote-tag blockquote-tag-warning\"><p class=\"blockquote-tag-title\">";
    for page in [&stock, &ours] {
        assert!(page.replace('\n', "").contains(quote), "the same elements and classes: {page}");
    }
    assert!(ours.contains("<p>正文<strong>甲。</strong>乙</p>") && ours.contains("<p>后文</p>"), "{ours}");
}

#[test]
fn joined_lists_and_quotes_render_as_if_written_on_one_line() {
    let pairs = [
        ("- 甲\n  乙\n- 丙\n\n后\n", "- 甲乙\n- 丙\n\n后\n"),
        ("- 甲\n  乙\n\n- 丙\n", "- 甲乙\n\n- 丙\n"),
        ("- 甲\n  乙\n  - 丙\n    丁\n1. 戊\n己\n", "- 甲乙\n  - 丙丁\n1. 戊己\n"),
        ("> 甲\n> 乙\n> > 丙\n丁\n\n> 戊\n", "> 甲乙\n> > 丙丁\n\n> 戊\n"),
        ("> - 甲\n>   乙\n> - 丙\n\n    代码\n", "> - 甲乙\n> - 丙\n\n    代码\n"),
    ];
    for (split, whole) in pairs {
        assert_eq!(page(split, true), page(whole, false), "{split:?}");
    }
}
