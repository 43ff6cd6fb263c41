//! The levels of house rules, and texts that break none.

use super::{add, check, finds, good_book, stdout};
use crate::small_book::SmallBook;

/// The good book with `rules` in its check.toml and something left to do.
fn with(rules: &str) -> impl FnOnce(&SmallBook) {
    move |book| {
        add("TODO")(book);
        book.write("check.toml", format!("[rules]\n{rules}\n"));
    }
}

#[test]
fn an_author_sets_how_bad_a_breach_is() {
    finds(with(""), &["src/maths/sum.md:18:1: warning: a `TODO` is left (todo)"]);
    finds(with("todo = \"error\""), &["src/maths/sum.md:18:1: error: a `TODO` is left (todo)"]);
    finds(with("todo = \"off\""), &[]);
}

#[test]
fn a_strict_book_keeps_to_the_house_rules() {
    let strict = |book: &SmallBook| {
        book.replace("book.toml", "[preprocessor.questions]\n", "[preprocessor.questions]\nstrict = true\n");
    };
    finds(
        |book| {
            with("")(book);
            strict(book);
        },
        &["src/maths/sum.md:18:1: error: a `TODO` is left (todo)"],
    );
    finds(
        |book| {
            with("todo = \"warn\"")(book);
            strict(book);
        },
        &["src/maths/sum.md:18:1: warning: a `TODO` is left (todo)"],
    );
}

#[test]
fn a_setting_that_is_none_is_named() {
    finds(
        with("todo = \"off\"\nbroken-link = \"off\""),
        &["check.toml:3: error: [rules]: `broken-link` is no rule that can be set (source)"],
    );
    finds(
        |book| book.write("check.toml", "[rules]\ntodo = \"quiet\"\n"),
        &["check.toml:2:8: error: unknown variant `quiet`, expected one of `off`, `warn`, `error` (source)"],
    );
}

/// Checks a book whose only other chapter is `text`: there is nothing to fix.
fn is_right(text: &str) {
    let book = good_book();
    book.write("src/maths/sum.md", text);
    let output = check(&book, &[]);
    let report = stdout(&output);
    let found = report.lines().filter(|line| line.starts_with("src/maths") && !line.ends_with("(unused-snippet)"));
    assert_eq!(found.collect::<Vec<_>>(), [""; 0], "{text}");
}

#[test]
fn marks_that_were_escaped_are_right() {
    is_right("# 甲\n\n正文。\n\n慢慢来\\~\\~，写作\\*\\*粗\\*\\*，或 ~~ 与 ~~~。\n");
}

#[test]
fn code_at_the_beginning_of_a_page_is_right() {
    is_right("# 甲\n\n参数是 `**rest`，占位是 `{{ slot }}`，编号是 `$$`，删除是 `~~x~~`。\n");
}

#[test]
fn what_is_struck_out_at_the_beginning_of_a_page_is_right() {
    let book = good_book();
    book.write("src/maths/sum.md", "# 甲\n\n票价~~三十~~二十元。\n");
    assert!(book.build().status.success());
    let page = book.read("book/maths/sum.html");
    let (_, description) = page.split_once("<meta name=\"description\" content=\"").unwrap();
    assert!(description.starts_with("票价") && !description.split('"').next().unwrap().contains('~'), "{page}");
    is_right("# 甲\n\n票价~~三十~~二十元。\n");
}

#[test]
fn an_alert_that_ends_with_html_has_a_title_that_is_right() {
    is_right("# 甲\n\n> [!TIP]\n> 先看。\n>\n> <details><summary>更多</summary>细节</details>\n");
}

#[test]
fn links_to_the_ids_that_mdbook_gives_are_right() {
    is_right(
        "# 甲\n\n见[下文](#读写-与-io)和[再下](#读写-与-io-1)。\n\n## 读写 与 I/O\n\n一。\n\n## 读写 与 I/O\n\n二。\n",
    );
}

#[test]
fn links_to_the_ids_that_mdbook_gives_are_right_where_readable_ones_are_asked_for() {
    let book = good_book();
    book.write("book.toml", book.read("book.toml") + "\n[preprocessor.chinese]\nheading-ids = true\n");
    book.replace(
        "src/maths/sum.md",
        "正文。",
        "见[下文](#读写-与-io)和[再下](#读写-与-io-1)。\n\n## 读写 与 I/O\n\n一。\n\n## 读写 与 I/O\n\n二。",
    );
    assert_eq!(stdout(&check(&book, &[])), "nothing to fix\n");
    assert!(book.build().status.success());
    let page = book.read("book/maths/sum.html");
    for id in ["du-xie-yu-i-o", "du-xie-yu-i-o-2", "读写-与-io", "读写-与-io-1"] {
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}: {page}");
    }
}
