//! Bad input: what is printed, with file and line and what to do, and that the last good site stays.

use crate::small_book::{CHAPTER, SmallBook};
use std::fs;

/// Builds a good book, breaks it by `change`, and checks that the next build fails with each of `messages` and leaves the
/// site as it was.
fn check(change: impl FnOnce(&SmallBook), messages: &[&str]) {
    let book = SmallBook::new();
    assert!(book.build().status.success());
    let site = snapshot(&book);
    change(&book);
    let output = book.build();
    let printed = String::from_utf8_lossy(&output.stderr).replace('\\', "/");
    assert_eq!(output.status.code(), Some(1), "{printed}");
    for message in messages {
        assert!(printed.contains(message), "not said: {message}\n{printed}");
    }
    assert!(!printed.contains("panicked"), "{printed}");
    assert_eq!(snapshot(&book), site, "the last good site stays");
    let leftovers: Vec<_> = fs::read_dir(book.root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(".qabook"))
        .collect();
    assert_eq!(leftovers, [""; 0], "nothing is left behind");
}

fn snapshot(book: &SmallBook) -> Vec<String> {
    ["book/index.html", "book/maths/sum.html", "book/tags.html"].map(|path| book.read(path)).to_vec()
}

#[test]
fn a_missing_snippet() {
    check(
        |book| book.replace("src/maths/sum.md", "snippet=sum", "snippet=product"),
        &["src/maths/sum.md:14: no snippet is called `product`", "hint: create snippets/examples/product/main.rs"],
    );
}

#[test]
fn a_missing_output() {
    check(
        |book| fs::remove_file(book.root().join("snippets/examples/sum/output.txt")).unwrap(),
        &["src/maths/sum.md:14: snippets/examples/sum/output.txt can't be read", "hint: run `qabook record`"],
    );
}

#[test]
fn an_unknown_attribute() {
    check(
        |book| book.replace("src/maths/sum.md", "snippet=sum", "snippet=sum,editable"),
        &["src/maths/sum.md:14: unknown attribute `editable`", "hint: the attributes are snippet=NAME"],
    );
}

#[test]
fn an_unclosed_fence() {
    check(
        |book| book.replace("src/maths/sum.md", "print(1 + 1)\n```\n", "print(1 + 1)\n"),
        &["src/maths/sum.md:14: this fence is never closed", "hint: end it with a line"],
    );
}

#[test]
fn python_without_a_replacement() {
    check(
        |book| {
            book.replace("src/maths/sum.md", "python,snippet=sum", "python");
            book.replace("book.toml", "[preprocessor.questions]\n", "[preprocessor.questions]\nstrict = true\n");
        },
        &["src/maths/sum.md:14: a Python example without a Rust replacement", "hint: name its program"],
    );
}

#[test]
fn front_matter_that_is_not_toml() {
    check(
        |book| book.replace("src/maths/sum.md", "level = \"basic\"", "level: basic"),
        &["src/maths/sum.md:5: front matter: ", "hint: begin the chapter with a line `+++`"],
    );
}

#[test]
fn a_chapter_that_is_not_utf8() {
    check(
        |book| {
            let gbk = [CHAPTER.as_bytes(), b"\n\xd2\xbb\xbc\xd3\xd2\xbb\n"].concat();
            book.write("src/maths/sum.md", gbk);
        },
        &["src/maths/sum.md:18: it is not UTF-8 text", "hint: save the file as UTF-8 text"],
    );
}

#[test]
fn a_missing_include() {
    check(
        |book| book.replace("src/maths/sum.md", "正文。", "正文。\n\n{{#include ../nowhere.md}}"),
        &["src/maths/sum.md:14: the included file src/nowhere.md: it can't be read", "hint: fix the path"],
    );
}

#[test]
fn a_circular_include() {
    check(
        |book| {
            book.replace("src/maths/sum.md", "正文。", "{{#include a.txt}}");
            book.write("src/maths/a.txt", "一行\n{{#include b.txt}}\n");
            book.write("src/maths/b.txt", "{{#include a.txt:2}}\n");
        },
        &[
            "src/maths/b.txt:1: a circular include: src/maths/sum.md → src/maths/a.txt → src/maths/b.txt → src/maths/a.txt",
        ],
    );
}

#[test]
fn a_broken_theme_template() {
    check(
        |book| book.write("theme/templates/snippet.html", "<figure>\n{% if runs %}\n"),
        &["theme/templates/snippet.html:", "template error", "hint: fix the template"],
    );
}

#[test]
fn an_unreadable_theme_template() {
    check(
        |book| book.write("theme/templates/question-header.html", b"\xff\xfe<header>"),
        &["theme/templates/question-header.html: the template can't be read", "hint: save it as UTF-8 text"],
    );
}

#[test]
fn a_chapter_that_does_not_exist() {
    check(
        |book| book.replace("src/SUMMARY.md", "[草稿]()", "[草稿](maths/draft.md)"),
        &["src/SUMMARY.md:8: the chapter `maths/draft.md` does not exist", "hint: write it, or make it a draft"],
    );
}

#[test]
fn a_formula_that_katex_refuses() {
    check(
        |book| book.replace("src/maths/sum.md", "正文。", "正文。\n\n$$\\frac{1$$"),
        &["src/maths/sum.md:14: KaTeX refuses the formula", "hint: fix the formula"],
    );
}

#[test]
fn an_unknown_setting() {
    check(
        |book| book.replace("book.toml", "[preprocessor.snippets]", "[preprocessor.snippets]\npakage = \"x\""),
        &["book.toml:6: [preprocessor.snippets]: unknown field `pakage`, expected one of", "hint: write `package`"],
    );
}

#[test]
fn synonyms_that_cannot_be_read() {
    check(
        |book| book.write("synonyms.toml", "\nnears = 1\n"),
        &["synonyms.toml:2: unknown field `nears`", "hint: it knows"],
    );
}

#[test]
fn what_mdbook_logs_has_no_colours_in_a_pipe() {
    check(
        |book| book.write("book.toml", book.read("book.toml") + "\n[preprocessor.foo]\n"),
        &["ERROR mdbook_driver: The command"],
    );
}

#[test]
fn no_book_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let output = SmallBook::new().qabook(&["build", "--root"]).arg(folder.path()).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(printed.contains("book.toml does not exist\n    hint: name the book's folder by --root"), "{printed}");
}

#[test]
fn a_page_template_that_lost_what_the_site_pass_needs() {
    check(
        |book| book.write("theme/index.hbs", "<!DOCTYPE html><html><body><main>{{{ content }}}</main></body></html>"),
        &[
            "theme/index.hbs: the selector `#mdbook-theme-list` matches 0 elements, not one (so it is on 7 more pages)",
            "hint: qabook is written for the page of mdBook 0.5.4",
        ],
    );
}

#[test]
fn icons_that_cannot_be_used() {
    check(
        |book| {
            book.write("theme/icons/icon-192.png", "<svg/>");
            book.write("theme/icons/icon-512.png", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\0\0\0\x02\0");
            fs::create_dir_all(book.root().join("theme/icons/sub.png")).unwrap();
        },
        &[
            "theme/icons/icon-192.png: the icon is not a PNG image\n    hint: make it again from its SVG",
            "theme/icons/icon-512.png: the icon is cut off",
        ],
    );
}

#[test]
fn what_the_policy_of_a_page_refuses() {
    check(
        |book| {
            let html = "按 go()：`https://a.example/x.png`\n\n<p onclick=\"go()\">x</p>\n<img src=\"https://a.example/x.png\" alt=\"x\">\n";
            book.replace("src/maths/sum.md", "正文。", html);
        },
        &[
            "src/maths/sum.md:14: `<p onclick=\"go()\">` is a script in an attribute\n    hint: a page runs no script of its text",
            "src/maths/sum.md:15: `<img src=\"https://a.example/x.png\">` loads from another host",
        ],
    );
}

#[test]
fn what_a_template_puts_on_every_page_is_told_once_and_of_the_template() {
    let book = SmallBook::new();
    book.write("theme/templates/page-end.html", "\n<img src=\"https://a.example/x.png\" alt=\"x\">\n");
    let output = book.build();
    let printed = String::from_utf8_lossy(&output.stderr).replace('\\', "/");
    let place = "theme/templates/page-end.html:2: `<img src=\"https://a.example/x.png\">` loads from another host";
    assert!(printed.contains(place) && printed.matches("loads from").count() == 1, "{printed}");
}

#[test]
fn a_site_url_that_is_no_address() {
    check(
        |book| book.replace("book.toml", "https://books.test/small/", "books.test"),
        &["book.toml:10: `site-url = \"books.test\"` is not an address", "hint: write the address"],
    );
}

#[test]
fn a_broken_template_of_the_site() {
    check(
        |book| book.write("theme/templates/page-head.html", "\n{{ nobody }}"),
        &["theme/templates/page-head.html:2: template error", "hint: fix the template"],
    );
}

#[test]
fn a_template_under_its_old_name() {
    check(
        |book| book.write("theme/templates/card.svg", "<svg/>"),
        &[
            "theme/templates/card.svg: the template has a new name, share-image.svg",
            "hint: rename the file to share-image.svg",
        ],
    );
}

#[test]
fn an_unreadable_template_of_the_site() {
    check(
        |book| book.write("theme/templates/sitemap.xml", b"\xff\xfe"),
        &["theme/templates/sitemap.xml: the template can't be read", "hint: save it as UTF-8 text"],
    );
}

#[test]
fn questions_of_a_strict_book_that_say_too_little() {
    check(
        |book| {
            book.replace("book.toml", "[preprocessor.questions]\n", "[preprocessor.questions]\nstrict = true\n");
            book.replace("src/maths/sum.md", "summary = \"等于二。\"\nlevel = \"basic\"\n", "");
        },
        &["src/maths/sum.md:1: front matter: `summary` is missing", "front matter: `level` is missing"],
    );
}

#[test]
fn problems_of_all_stages_come_out_in_one_run() {
    check(
        |book| {
            let two = CHAPTER.replace("number = 1", "number = 2").replace("level = \"basic\"", "level: basic");
            book.write("src/maths/two.md", two.replace("正文。", "{{#include ../nowhere.md}}"));
            book.replace("src/SUMMARY.md", "- [草稿]()", "- [二](maths/two.md)");
            book.replace("src/maths/sum.md", "snippet=sum", "snippet=product");
            book.replace("src/maths/sum.md", "正文。", "正文。\n\n$$\\frac{1$$");
            book.replace("book.toml", "https://books.test/small/", "books.test");
        },
        &[
            "book.toml:10: `site-url = \"books.test\"` is not an address",
            "src/maths/two.md:12: the included file src/nowhere.md: it can't be read",
            "src/maths/sum.md:16: no snippet is called `product`",
            "src/maths/two.md:5: front matter: ",
            "src/maths/sum.md:14: KaTeX refuses the formula",
        ],
    );
}
