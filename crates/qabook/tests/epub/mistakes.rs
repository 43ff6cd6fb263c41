//! Bad input: what the author is told, and what is left on disk.

use qabook_support::testing::Test;
use qabook_support::tests;
use std::fs;
use std::path::PathBuf;

use crate::archive::Archive;
use crate::epubcheck::{EPUBCHECK, assert_epubcheck_is_clean};
use crate::small_book::SmallBook;

pub(crate) const TESTS: &[Test] = tests![
    what_looks_odd_is_still_a_valid_book: EPUBCHECK,
    a_book_of_a_language_from_right_to_left_is_turned_so: EPUBCHECK,
    mistakes_are_named_with_their_lines_and_all_at_once,
    what_the_preprocessors_find_is_said_with_everything_else,
    what_a_file_cannot_reach_is_told_and_leaves_its_text: EPUBCHECK,
    a_failed_run_leaves_the_last_good_file,
    text_is_shown_with_a_warning_where_its_looks_cannot_be,
    what_stands_outside_cells_and_items_is_shown_and_named: EPUBCHECK,
    no_word_of_html_is_lost: EPUBCHECK,
    an_svg_whose_texts_have_no_font_is_named,
    what_does_not_fit_a_page_is_wrapped_or_scrolled,
    a_card_does_not_shift_the_lines_of_messages_below_it,
];

/// Tags that nobody knows or closes.
const UNCLOSED: &str = "# 甲\n\n<blink>闪</blink>与<b>粗\n\n<details>\n<summary>题</summary>\n\n里面\n";

/// Words, code and a table that are wider than any page, and characters that few fonts have.
fn oversized() -> String {
    let token = "x".repeat(500);
    let columns = "| 列 ".repeat(20) + "|\n" + &"|---".repeat(20) + "|\n" + &format!("| {token} ").repeat(20) + "|\n";
    format!("# 甲 🦀\n\n{token}\n\n`{token}`\n\n{columns}\n\u{1b}[0m 👩‍👩‍👧\n")
}

/// Makes a.epub; returns whether it could, and what was printed to stderr.
fn make(book: &SmallBook) -> (bool, String) {
    let arguments = ["epub", "--out", "a.epub"];
    let output = book.qabook(&arguments).env("SOURCE_DATE_EPOCH", "1767225600").output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn epub(book: &SmallBook) -> PathBuf {
    book.root().join("a.epub")
}

fn what_looks_odd_is_still_a_valid_book() {
    for chapter in [UNCLOSED, &oversized()] {
        let book = SmallBook::plain(chapter);
        assert!(make(&book).0);
        assert_epubcheck_is_clean(&epub(&book));
    }
}

fn a_book_of_a_language_from_right_to_left_is_turned_so() {
    let book = SmallBook::plain("# ما هو المقبس؟\n\nنص `code`.\n\n```text\ncode\n```\n");
    book.write("book.toml", "[book]\ntitle = \"كتاب\"\nlanguage = \"ar\"\n");
    let (ok, messages) = make(&book);
    assert!(ok, "{messages}");
    let archive = Archive::read(fs::read(epub(&book)).unwrap());
    assert!(archive.text("EPUB/content.opf").contains("<spine toc=\"ncx\" page-progression-direction=\"rtl\">"));
    let page = archive.text("EPUB/pages/a.xhtml");
    assert!(page.contains("xml:lang=\"ar\" dir=\"rtl\">") && page.contains("<pre dir=\"ltr\">"), "{page}");
    assert_epubcheck_is_clean(&epub(&book));
}

fn mistakes_are_named_with_their_lines_and_all_at_once() {
    let chapter = "# 甲\n\n公式 $\\frac{1}$。\n\n![图](none.png)\n\n[去](nowhere.md)，[去](#nowhere)\n\n\
                   见[^无]。\n\n```mermaid\nflowchart LR\n  A --> B\n```\n";
    let book = SmallBook::plain(chapter);
    let (ok, messages) = make(&book);
    assert!(!ok);
    for message in [
        "src/a.md:3: KaTeX refuses the formula `\\frac{1}`: ",
        "src/a.md:5: the image none.png does not exist (",
        "src/a.md:7: the link `nowhere.md` leads to no page of the book",
        "src/a.md:7: the link `#nowhere` leads to a.md, which has no id `nowhere`",
        "src/a.md:9: the footnote `[^无]` is defined nowhere",
        "src/a.md:11: this diagram has no title",
    ] {
        assert!(messages.contains(message), "{message}\n{messages}");
    }
    assert!(!epub(&book).exists(), "no file is left");
}

fn what_the_preprocessors_find_is_said_with_everything_else() {
    let book = SmallBook::new();
    book.replace("src/SUMMARY.md", "[草稿]()", "[草稿](maths/gone.md)");
    book.replace("src/maths/sum.md", "正文。", "{{#include nowhere.md}}");
    book.replace("src/maths/sum.md", "snippet=sum", "snippet=product");
    book.replace("src/maths/sum.md", "level =", "levle =");
    book.write("theme/templates/epub-title.xhtml", "{% if x %}");
    let (ok, messages) = make(&book);
    assert!(!ok && !epub(&book).exists());
    for message in [
        "src/SUMMARY.md:8: the chapter `maths/gone.md` does not exist",
        "src/maths/sum.md:5: front matter: unknown field `levle`",
        "src/maths/sum.md:12: the included file src/maths/nowhere.md: it can't be read",
        "src/maths/sum.md:14: no snippet is called `product`",
        "theme/templates/epub-title.xhtml:1: template error",
    ] {
        assert!(messages.contains(message), "{message}\n{messages}");
    }
}

fn what_a_file_cannot_reach_is_told_and_leaves_its_text() {
    let book = SmallBook::plain("# 甲\n\n![远](https://example.org/a.png)\n\n[别处](../std/x.html)，<a@b.test>。\n");
    let (ok, messages) = make(&book);
    assert!(ok, "{messages}");
    for message in [
        "warning: src/a.md:3: the image https://example.org/a.png is not a file of the book: a link takes its place",
        "warning: src/a.md:5: the link `别处` leads to a file\n    hint: an EPUB doesn't hold it: only the link's text is shown",
    ] {
        assert!(messages.contains(message), "{message}\n{messages}");
    }
    let page = Archive::read(fs::read(epub(&book)).unwrap()).text("EPUB/pages/a.xhtml");
    assert!(page.contains("<a href=\"https://example.org/a.png\">远</a>"), "{page}");
    assert!(page.contains("别处，<a href=\"mailto:a@b.test\">a@b.test</a>。"), "{page}");
    assert_epubcheck_is_clean(&epub(&book));
}

fn a_failed_run_leaves_the_last_good_file() {
    let book = SmallBook::plain("# 甲\n\n好\n");
    assert!(make(&book).0);
    let good = fs::read(epub(&book)).unwrap();
    book.write("src/a.md", "# 甲\n\n$\\nosuch$\n");
    assert!(!make(&book).0);
    assert_eq!(fs::read(epub(&book)).unwrap(), good);
    let left: Vec<_> = fs::read_dir(book.root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(".qabook-"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

fn text_is_shown_with_a_warning_where_its_looks_cannot_be() {
    let book = SmallBook::plain(UNCLOSED);
    let (ok, messages) = make(&book);
    assert!(ok, "{messages}");
    assert!(messages.contains("warning: src/a.md:3: unknown HTML tag <blink>"), "{messages}");
    assert!(messages.contains("warning: src/a.md:3: <b> is not closed where it was opened"), "{messages}");
    assert!(messages.contains("warning: src/a.md:5: <details> is not closed where it was opened"), "{messages}");
    let page = Archive::read(fs::read(epub(&book)).unwrap()).text("EPUB/pages/a.xhtml");
    assert!(page.contains("<p>闪与<strong>粗</strong></p>"), "{page}");
    assert!(page.contains("<summary>题</summary>\n<p>里面</p>"), "{page}");
}

fn what_stands_outside_cells_and_items_is_shown_and_named() {
    let book = SmallBook::plain(
        "# 甲\n\n<table>散一<tr>散二<td>格</td></tr>\n</table>\n\n<ul>散三<li>项</li></ul>\n\n<td>孤</td>\n\n\
         *字<table><tr><td>里</td></tr></table>*\n\n<table><caption>空</caption></table>\n",
    );
    let (ok, messages) = make(&book);
    assert!(ok, "{messages}");
    for message in [
        "warning: src/a.md:3: text is directly in <table>: it is shown before the table or list",
        "warning: src/a.md:3: text is directly in <tr>",
        "warning: src/a.md:6: text is directly in <ul>",
        "warning: src/a.md:8: unknown HTML tag <td>",
        "warning: src/a.md:10: unknown HTML tag <table>",
    ] {
        assert!(messages.contains(message), "{message}\n{messages}");
    }
    let page = Archive::read(fs::read(epub(&book)).unwrap()).text("EPUB/pages/a.xhtml");
    for words in
        ["<p>散二</p>\n<p>散一</p>\n<div class=\"table\">", "<p>散三</p>\n<ul>\n<li>项</li>", "孤", "字里", "<p>空</p>"]
    {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert_epubcheck_is_clean(&epub(&book));
}

/// Every element that HTML has for text holds a word of its own here.
fn no_word_of_html_is_lost() {
    let inline =
        "a abbr b bdi bdo cite code data del dfn em i ins kbd label mark q s samp small span strong sub sup time u var";
    let block = "address article aside blockquote details div figure footer h2 h6 header hgroup main nav p pre section";
    let mut words = Vec::new();
    // The first paragraph is said in the header, too.
    let mut chapter = String::from("# 甲\n\n序。\n\n");
    for (at, name) in inline.split(' ').chain(block.split(' ')).enumerate() {
        let word = format!("字{at}号");
        chapter += &format!("{}<{name}>{word}</{name}>\n\n", if at % 2 == 0 { "" } else { "前" });
        words.push(word);
    }
    for (name, html) in [
        ("table", "<table><caption>表题</caption><tr><th>表头</th><td>表格<ul><li>格中项</li></ul></td></tr></table>"),
        ("dl", "<dl><dt>词条</dt><dd>释义</dd></dl>"),
        ("figure", "<figure><p>图中</p><figcaption>图题</figcaption></figure>"),
        ("ruby", "<p><ruby>振<rt>读音</rt></ruby></p>"),
    ] {
        chapter += &format!("{html}\n\n<!-- {name} -->\n\n");
    }
    words.extend(["表题", "表头", "表格", "格中项", "词条", "释义", "图中", "图题", "振", "读音"].map(String::from));
    let book = SmallBook::plain(&chapter);
    let (ok, messages) = make(&book);
    assert!(ok, "{messages}");
    let page = Archive::read(fs::read(epub(&book)).unwrap()).text("EPUB/pages/a.xhtml");
    for word in words {
        // An id may say it, too.
        assert_eq!(page.matches(&format!("{word}<")).count(), 1, "{word}\n{page}");
    }
    assert_epubcheck_is_clean(&epub(&book));
}

fn an_svg_whose_texts_have_no_font_is_named() {
    let book = SmallBook::plain("# 甲\n\n![图](a.svg)\n");
    book.write("src/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>字</text></svg>");
    let (ok, messages) = make(&book);
    assert!(ok && messages.contains("warning: src/a.md:3: the image a.svg has texts without a font"), "{messages}");
    book.write("src/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"https://x.org/a.png\"/></svg>");
    let (ok, messages) = make(&book);
    assert!(!ok && messages.contains("src/a.md:3: the image a.svg runs a script or loads something"), "{messages}");
}

fn what_does_not_fit_a_page_is_wrapped_or_scrolled() {
    let book = SmallBook::plain(&oversized());
    let (ok, messages) = make(&book);
    assert!(ok, "{messages}");
    let archive = Archive::read(fs::read(epub(&book)).unwrap());
    assert!(archive.text("EPUB/pages/a.xhtml").contains("👩‍👩‍👧"));
    let style = archive.text("EPUB/style.css");
    assert!(style.contains("overflow-wrap: anywhere") && style.contains("overflow-x: auto"));
}

fn a_card_does_not_shift_the_lines_of_messages_below_it() {
    // A made card is longer than the line that names it: messages below it must not be.
    let book = SmallBook::plain("# 甲\n\n{{#snippet echo}}\n\n一行，\n两行。\n\n[去](nowhere.md)\n");
    book.write("book.toml", "[book]\ntitle = \"小书\"\n\n[preprocessor.snippets]\nafter = [\"links\"]\n");
    book.write("snippets/Cargo.toml", "");
    book.write("snippets/examples/echo/main.rs", "//! 回声\nfn main() {\n    println!(\"好\");\n}\n");
    book.write("snippets/examples/echo/output.txt", "好\n");
    let (_, messages) = make(&book);
    assert!(messages.contains("src/a.md:8: the link `nowhere.md`"), "{messages}");
}
