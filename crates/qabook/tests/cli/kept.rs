//! What an author wrote is in the book, or an error names its line.

use crate::archive::Archive;
use crate::small_book::SmallBook;
use std::fs;

const KATEX: &str = "[book]\ntitle = \"小书\"\nlanguage = \"zh-CN\"\n\n[preprocessor.katex]\n";

/// Builds `book` and returns what was printed; it must succeed.
fn built(book: &SmallBook) -> String {
    let output = book.build();
    let printed = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{printed}");
    printed
}

/// Builds a book of the chapter `text`, checks that this fails, and returns what was printed.
fn refused(book: &SmallBook) -> String {
    let output = book.build();
    let printed = String::from_utf8_lossy(&output.stderr).replace('\\', "/");
    assert_eq!(output.status.code(), Some(1), "{printed}");
    assert!(!printed.contains("panicked"), "{printed}");
    printed
}

/// The chapter a.md in the EPUB of `book`.
fn in_epub(book: &SmallBook) -> String {
    let output = book.qabook(&["epub", "--out", "a.epub"]).env("SOURCE_DATE_EPOCH", "1767225600").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let archive = Archive::read(fs::read(book.root().join("a.epub")).unwrap());
    archive.pages().find(|(name, _)| name.ends_with("/a.xhtml")).unwrap().1
}

#[test]
fn a_dollar_is_a_dollar_unless_it_is_a_formulas() {
    let book = SmallBook::plain(
        "# 甲\n\n设 $EDITOR 与 $PAGER 两个。\n\n从 $3，*“涨。”*到 $4。\n\n在 $EDITOR/x，见 `$PAGER` 处。\n\n但 $n$ 是数。\n",
    );
    built(&book);
    let page = book.read("book/a.html");
    for text in
        ["设 $EDITOR 与 $PAGER 两个。", "从 $3，<em>“涨。”</em>到 $4。", "在 $EDITOR/x，见 <code>$PAGER</code> 处。"]
    {
        assert!(page.contains(text), "{text}");
    }
    assert_eq!(page.matches("class=\"katex\"").count(), 1);
    let epub = in_epub(&book);
    assert!(
        epub.contains("设 $EDITOR 与 $PAGER 两个。")
            && epub.contains("在 $EDITOR/x，见 <code dir=\"ltr\">$PAGER</code> 处。"),
        "{epub}"
    );
    assert!(epub.matches("<math").count() >= 1, "{epub}");
}

#[test]
fn without_katex_every_dollar_is_a_dollar() {
    let book = SmallBook::plain("# 甲\n\n取 $n$ 个，**“好。”**又 $m$ 个。\n");
    book.write("book.toml", format!("{KATEX}renderers = []\n"));
    built(&book);
    assert!(book.read("book/a.html").contains("取 $n$ 个，<strong>“好。”</strong>又 $m$ 个。"));
    assert!(in_epub(&book).contains("取 $n$ 个，<strong>“好。”</strong>又 $m$ 个。"));
}

#[test]
fn a_formula_may_hold_a_dollar() {
    for settings in ["[book]\ntitle = \"小书\"\nlanguage = \"zh-CN\"\n", KATEX] {
        let book = SmallBook::plain("# 甲\n\n每份 $7\\,\\$$，即 $\\$x_1$。\n\n$$\n\\$ + \\text{\\$}\n$$\n");
        book.write("book.toml", settings);
        built(&book);
        let page = book.read("book/a.html");
        assert_eq!(page.matches("class=\"katex\"").count(), 3, "{settings}");
        assert_eq!(in_epub(&book).matches("</math>").count(), 3, "{settings}");
    }
}

#[test]
fn a_formula_in_a_quotation_has_no_quote_marks() {
    for settings in ["[book]\ntitle = \"小书\"\nlanguage = \"zh-CN\"\n", KATEX] {
        let book = SmallBook::plain("# 甲\n\n> $$\n> a\n> + b\n> $$\n\n> > $$\n> > c\n> > $$\n");
        book.write("book.toml", settings);
        built(&book);
        for text in [book.read("book/a.html"), in_epub(&book)] {
            assert!(!text.contains("&gt;</mo>") && !text.contains("></mo>"), "{text}");
            assert!(text.contains("<mi>a</mi><mo>+</mo><mi>b</mi>"), "{text}");
        }
    }
}

#[test]
fn a_formula_that_would_lose_its_text_is_named() {
    let book = SmallBook::plain("# 甲\n\n一行。\n\n见 $\\href{https://example.org}{a + b}$。\n");
    let printed = refused(&book);
    assert!(printed.contains("src/a.md:5: KaTeX refuses the formula"), "{printed}");
    assert!(printed.contains("without `trust = true`"), "{printed}");
    book.write("src/a.md", "# 甲\n\n$\\verb中$\n");
    assert!(refused(&book).contains("src/a.md:3: KaTeX refuses the formula"));
}

#[test]
fn macros_that_cannot_be_read_are_named() {
    let book = SmallBook::plain("# 甲\n\n$\\half$\n");
    book.write("book.toml", format!("{KATEX}macros = \"m.txt\"\n"));
    assert!(refused(&book).contains("m.txt: the macros of formulas can't be read"));
    book.write("m.txt", "\\half \\frac12\n");
    assert!(refused(&book).contains("m.txt:1: this line defines no macro"));
    book.write("m.txt", "\\half:\\frac12\n");
    built(&book);
}

#[test]
fn a_part_that_a_file_does_not_have_is_named() {
    let book = SmallBook::plain(
        "# 甲\n\n```rust\n{{#include b.rs:two}}\n```\n\n{{#include b.rs:9:12}}\n\n{{#rustdoc_include b.rs:three}}\n",
    );
    book.write("src/b.rs", "// ANCHOR: one\nfn one() {}\n// ANCHOR_END: one\n");
    let printed = refused(&book);
    for message in [
        "src/a.md:4: the included file src/b.rs has no ANCHOR `two`",
        "src/a.md:7: the included file src/b.rs has no lines 9 to 12",
        "src/a.md:9: the included file src/b.rs has no ANCHOR `three`",
    ] {
        assert!(printed.contains(message), "{message}\n{printed}");
    }
    book.write("src/a.md", "# 甲\n\n```rust\n{{#include b.rs:one}}\n```\n");
    built(&book);
    assert!(book.read("book/a.html").contains("one"));
}

#[test]
fn a_page_may_include_a_part_of_itself() {
    let book =
        SmallBook::plain("# 甲\n\n<!-- ANCHOR: p -->\n一段话。\n<!-- ANCHOR_END: p -->\n\n{{#include a.md:p}}\n");
    built(&book);
    assert_eq!(book.read("book/a.html").split("<main>").nth(1).unwrap().matches("<p>一段话。</p>").count(), 2);
    book.replace("src/a.md", "一段话。", "一段话。{{#include a.md:p}}");
    assert!(refused(&book).contains("a circular include"));
}

#[test]
fn includes_deeper_than_mdbook_follows_are_named() {
    let book = SmallBook::plain("# 甲\n\n{{#include 1.md}}\n");
    for depth in 1..=12 {
        book.write(&format!("src/{depth}.md"), format!("{{{{#include {}.md}}}}\n", depth + 1));
    }
    book.write("src/13.md", "最里面\n");
    assert!(refused(&book).contains("src/10.md:1: mdBook follows includes 10 files deep"));
    book.write("src/10.md", "最里面\n");
    built(&book);
    assert!(book.read("book/a.html").contains("最里面"));
}

#[test]
#[cfg(unix)]
fn a_pipe_or_a_device_is_not_read() {
    let book = SmallBook::plain("# 甲\n\n{{#include pipe}}\n\n{{#include /dev/zero}}\n");
    let made = std::process::Command::new("mkfifo").arg(book.root().join("src/pipe")).status().unwrap();
    assert!(made.success());
    let printed = refused(&book);
    assert!(printed.contains("src/a.md:3: the included file src/pipe: it can't be read: it is a pipe"), "{printed}");
    assert!(printed.contains("src/a.md:5: the included file /dev/zero"), "{printed}");
}

#[test]
fn a_footnote_that_is_nowhere_is_named() {
    let book = SmallBook::plain("# 甲\n\n有据[^一]，无据[^二]。\n\n[^一]: 某书。\n");
    assert!(refused(&book).contains("src/a.md:3: the footnote `[^二]` is defined nowhere"));
}

#[test]
fn a_heading_that_would_lose_its_braces_is_named() {
    let book = SmallBook::plain("# 甲\n\n一行\n二行。\n\n## 写作 {name}\n\n三行\n四行。\n");
    assert!(refused(&book).contains("src/a.md:6: `{name}` at the end of a heading"));
    book.replace("src/a.md", "{name}", "&#123;name}");
    built(&book);
    let page = book.read("book/a.html");
    assert!(page.contains("写作 {name}") && page.contains("一行二行。") && page.contains("三行四行。"));
}

#[test]
fn the_sources_may_be_the_books_folder() {
    let config = "[book]\ntitle = \"小书\"\nlanguage = \"zh-CN\"\nsrc = \".\"\n";
    let book = SmallBook::of(&[
        ("book.toml", config),
        ("SUMMARY.md", "- [甲](a.md)\n"),
        ("a.md", "# 甲\n\n![图](b/c.svg)\n"),
        ("b/c.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        (".git/HEAD", "x"),
    ]);
    for _ in 0..2 {
        built(&book);
        assert!(book.root().join("book/b/c.svg").is_file());
        for inside in ["book/book", "book/.git", "book/a.md"] {
            assert!(!book.root().join(inside).exists(), "{inside}");
        }
        let site = fs::read_dir(book.root().join("book")).unwrap().map(|entry| entry.unwrap().file_name());
        assert!(!site.into_iter().any(|name| name.to_string_lossy().starts_with(".qabook-") && name != ".qabook-site"));
    }
}

#[test]
fn the_home_page_of_a_chapter_in_a_folder_leads_on() {
    let book = SmallBook::of(&[
        ("book.toml", "[book]\ntitle = \"小书\"\nlanguage = \"zh-CN\"\n"),
        ("src/SUMMARY.md", "- [甲](one/a.md)\n- [乙](one/b.md)\n"),
        ("src/one/a.md", "# 甲\n\n见[乙](b.md#yi)与[目](../SUMMARY.html)，![图](c.svg)。\n"),
        ("src/one/b.md", "# 乙\n"),
        ("src/one/c.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ]);
    built(&book);
    let main =
        |page: &str| book.read(page).split("<main>").nth(1).unwrap().split("</main>").next().unwrap().to_string();
    let home = main("book/index.html");
    for address in ["href=\"one/b.html#yi\"", "href=\"SUMMARY.html\"", "src=\"one/c.svg\""] {
        assert!(home.contains(address), "{address}\n{home}");
    }
    assert!(main("book/one/a.html").contains("href=\"b.html#yi\""));
}

#[test]
fn a_file_that_is_no_page_is_copied_as_it_is() {
    let book = SmallBook::plain("# 甲\n");
    let files = [("google0a1b.html", "google-site-verification: x".as_bytes()), ("sub/gbk.html", b"<p>\xd2\xbb</p>")];
    for (file, bytes) in files {
        book.write(&format!("src/{file}"), bytes);
    }
    built(&book);
    for (file, bytes) in files {
        assert_eq!(fs::read(book.root().join("book").join(file)).unwrap(), bytes, "{file}");
    }
}

#[test]
fn hidden_lines_of_every_language_are_hidden_in_an_epub() {
    let book = SmallBook::plain(
        "# 甲\n\n```ruby\n%%require 'x'\nputs 1\n```\n\n```lua,hidelines=--!\n--!local a\nprint(2)\n```\n\n```ruby,hidelines=@\n%%kept\n@gone\n```\n",
    );
    book.write(
        "book.toml",
        "[book]\ntitle = \"小书\"\nlanguage = \"zh-CN\"\n\n[output.html.code.hidelines]\nruby = \"%%\"\n",
    );
    let page = in_epub(&book).replace("</span>", "").replace("<span class=\"", "");
    assert!(page.contains("puts") && page.contains("print") && page.contains("kept"), "{page}");
    for hidden in ["require", "local", "gone"] {
        assert!(!page.contains(hidden), "{hidden}\n{page}");
    }
}

#[test]
fn control_characters_break_no_feed() {
    let book = SmallBook::new();
    book.replace("src/maths/sum.md", "summary = \"等于二。\"", "summary = \"等于\\u001b[1m二\\u0001。\"");
    built(&book);
    let feed = book.read("book/feed.xml");
    assert!(feed.contains("等于\u{fffd}[1m二\u{fffd}。"), "{feed}");
}

#[test]
fn a_diagram_that_would_lose_a_label_is_named_with_its_line() {
    let book = SmallBook::plain("# 甲\n\n```mermaid\n%% 题\nsequenceDiagram\n甲->>乙: 有\n甲~>乙: 无\n```\n");
    assert!(refused(&book).contains("src/a.md:7: this diagram can't be drawn: `甲~>乙: 无`"));
    let output = book.qabook(&["epub"]).output().unwrap();
    assert!(
        String::from_utf8_lossy(&output.stderr).replace('\\', "/").contains("src/a.md:7: this diagram can't be drawn")
    );
}

#[test]
fn a_list_without_chapters_is_named() {
    let book = SmallBook::plain("# 甲\n");
    book.write("src/SUMMARY.md", "");
    let printed = refused(&book);
    assert!(printed.contains("src/SUMMARY.md") && !printed.contains(".qabook-"), "{printed}");
}
