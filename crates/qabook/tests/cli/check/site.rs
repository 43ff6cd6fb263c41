//! The rules for the built site.

use super::{add, check, finds, good_book, stdout};
use crate::small_book::SmallBook;

#[test]
fn scripts_in_a_text() {
    finds(
        add("<p onclick=\"go()\">走</p>"),
        &["src/maths/sum.md:18: error: `<p onclick=\"go()\">` is a script in an attribute (policy)"],
    );
}

#[test]
fn links_and_fragments() {
    finds(
        add("[甲](nowhere.md)、[乙](../index.html#nowhere)、[丙](#%E4%B8%99)、[丁](../index.html)、[戊](https://a.cn)"),
        &[
            "src/maths/sum.md:18:5: error: `nowhere.html` leads nowhere: maths/nowhere.html does not exist (broken-link)",
            "src/maths/sum.md:18:21: error: `../index.html#nowhere` leads nowhere: index.html has no id `nowhere` (broken-fragment)",
            "src/maths/sum.md:18:48: error: `#%E4%B8%99` leads nowhere: maths/sum.html has no id `丙` (broken-fragment)",
        ],
    );
    finds(
        add("<img alt=\"\" src=\"a.png\" srcset=\"b.png 2x\">"),
        &["18:18: error: `a.png` leads nowhere: maths/a.png does not exist", "18:33: error: `b.png` leads nowhere"],
    );
    finds(add("[甲](/small/maths/sum.html)"), &[]);
    finds(
        |book| {
            book.replace("book.toml", "https://books.test/small/", "/sub/");
            add("[甲](/maths/sum.html)、[乙](/sub/maths/sum.html)")(book);
        },
        &["18:5: error: `/maths/sum.html` leads nowhere: /maths/sum.html is outside of the site (/sub/) (broken-link)"],
    );
}

#[test]
fn redirects() {
    let redirect = |to: &str| format!("[output.html.redirect]\n\"/old.html\" = \"{to}\"\n");
    finds(|book| book.write("book.toml", book.read("book.toml") + "\n" + redirect("maths/sum.html").as_str()), &[]);
    finds(
        |book| book.write("book.toml", book.read("book.toml") + "\n" + redirect("gone.html").as_str()),
        &[
            "book.toml:14: error: output.html.redirect sends /old.html to `gone.html`: gone.html does not exist (broken-link)",
        ],
    );
    // mdBook makes the same page of a name without a slash.
    finds(
        |book| {
            book.write("book.toml", book.read("book.toml") + "[output.html.redirect]\n\"old.html\" = \"gone.html\"\n");
        },
        &["book.toml:13: error: output.html.redirect sends old.html to `gone.html`: gone.html does not exist"],
    );
}

#[test]
fn redirects_in_a_circle() {
    let redirects = |redirects: &'static str| {
        move |book: &SmallBook| book.write("book.toml", book.read("book.toml") + "[output.html.redirect]\n" + redirects)
    };
    finds(
        redirects(
            "\"/a.html\" = \"b.html\"\n'/b.html' = \"/small/a.html#x\"\n\"/c.html\" = \"c.html\"\n\"/d.html\" = \"a.html\"\n",
        ),
        &[
            "book.toml:13: error: output.html.redirect sends /a.html to `b.html`: from there the reader is sent back here, for ever (broken-link)",
            "book.toml:14: error: output.html.redirect sends /b.html to `/small/a.html#x`: from there the reader",
            "book.toml:15: error: output.html.redirect sends /c.html to `c.html`: from there the reader",
        ],
    );
    // By the fragment who was sent back is sent on.
    finds(
        redirects(
            "\"/a.html\" = \"b.html\"\n\"/b.html\" = \"a.html#x\"\n\"/a.html#x\" = \"maths/sum.html\"\n\"/e.html\" = \"f.html\"\n\
             \"/f.html\" = \"index.html\"\n\"/maths/sum.html#old\" = \"sum.html#old\"\n",
        ),
        &[],
    );
}

#[test]
fn ids() {
    finds(
        add("<p id=\"甲\">一</p>\n<p id=\"甲\">二</p>"),
        &["src/maths/sum.md:18:8: error: the id `甲` is on this page already"],
    );
}

#[test]
fn marks_in_the_text() {
    finds(
        add("<p>他说**你好**，$$ {{x}}</p>"),
        &[
            "18:6: warning: `**` is left in “他说**你好**",
            "18:", // `$$`
            "18:", // `{{`
        ],
    );
    finds(add("`**`、`$$`、`{{`"), &[]);
}

#[test]
fn line_breaks_and_quotes_in_raw_html() {
    finds(
        add("<p>第一行\n第二行</p>"),
        &["src/maths/sum.md:18:6: warning: browsers draw a space between “第一行” and “第二行”"],
    );
    finds(add("他说“你好“吗"), &["src/maths/sum.md:18:6: warning: a quote opens inside another"]);
}

#[test]
fn metadata() {
    let book = good_book();
    assert!(book.build().status.success());
    let page = book.read("book/maths/sum.html");
    book.write(
        "book/maths/sum.html",
        page.replace("name=\"description\" content=\"等于二。\"", "name=\"description\" content=\"\""),
    );
    let report = stdout(&check(&book, &["--site", "book"]));
    assert!(report.contains("maths/sum.md: warning: the page has no description"), "{report}");
}

#[test]
fn a_book_needs_no_description() {
    // Its title is that of the home page, the others have one of their own, and 404.html and print.html are in no index.
    finds(|book| book.replace("book.toml", "description = \"一加一\"\n", ""), &[]);
}

#[test]
fn other_hosts() {
    finds(
        add("<img alt=\"\" src=\"https://a.cn/b.png\"><a href=\"https://a.cn\">甲</a>"),
        &["18:18: error: the page fetches https://a.cn/b.png by itself (other-host)"],
    );
    finds(
        |book| {
            book.write("theme/a.css", "body { background: url(//a.cn/b.png), url(c.png) }\n");
            book.replace("book.toml", "[output.html]\n", "[output.html]\nadditional-css = [\"theme/a.css\"]\n");
        },
        &[
            "`c.png` leads nowhere: theme/c.png does not exist",
            "error: the page fetches //a.cn/b.png by itself (other-host)",
        ],
    );
}

#[test]
fn large_files_and_exemptions() {
    let exempt = "[[large-file]]\nfile = \"maths/*.png\"\nreason = \"a test\"\n";
    let large = |book: &SmallBook| book.write("src/maths/a.png", vec![0; 300_001]);
    finds(
        large,
        &["book/maths/a.png: warning: the file has 300 KB; more than 300 KB keep a reader waiting (large-file)"],
    );
    finds(|book| book.write("src/maths/a.png", vec![0; 300_000]), &[]);
    finds(
        |book| {
            large(book);
            book.write("check.toml", exempt);
        },
        &[],
    );
    finds(
        |book| book.write("check.toml", exempt),
        &["check.toml:2: warning: the exemption `maths/*.png` matches nothing (unused-exemption)"],
    );
}

#[test]
fn the_other_forms_of_a_book_may_be_large() {
    let large = |book: &SmallBook| book.write("src/small.epub", vec![0; 300_001]);
    finds(large, &["book/small.epub: warning: the file has 300 KB"]);
    finds(
        |book| {
            large(book);
            let downloads = "[preprocessor.questions]\ndownloads = [\"small.epub\"]\n";
            book.replace("book.toml", "[preprocessor.questions]\n", downloads);
        },
        &[],
    );
}

#[test]
fn published_pages_and_ids() {
    let published = "maths/sum.html\nmaths/sum.html#sum\nold.html\nold.html#a\n";
    finds(
        |book| book.write("published.txt", published),
        &[
            "published.txt: warning: ",
            "published.txt:2: error: maths/sum.html#sum was published and is gone: the page has no id `sum` (gone-published)",
            "published.txt:3: error: old.html was published and is gone: the site has no page old.html (gone-published)",
            "published.txt:4: error: old.html#a was published and is gone: the site has no page old.html (gone-published)",
        ],
    );
    let redirects =
        "\n[output.html.redirect]\n\"/maths/sum.html#sum\" = \"#一加一\"\n\"/old.html\" = \"maths/sum.html\"\n";
    let with_redirects = |more: &'static str| {
        move |book: &SmallBook| {
            book.write("published.txt", published);
            book.write("book.toml", book.read("book.toml") + redirects + more);
        }
    };
    finds(
        with_redirects(""),
        &[
            "published.txt: warning: ",
            "published.txt:4: error: old.html#a was published and is gone: its page became maths/sum.html, which has no id `a`",
        ],
    );
    finds(with_redirects("\"/old.html#a\" = \"maths/sum.html#一加一\"\n"), &["published.txt: warning: "]);
}

#[test]
fn a_list_of_another_book_is_told_once() {
    let list = "index.html\nindex.html#a\nold/one.html\nold/one.html#b\nold/two.html\n";
    finds(
        |book| book.write("published.txt", list),
        &[
            "published.txt: warning: no chapter in this list is in the site: it seems to be another book's (other-published)",
        ],
    );
    // One chapter is enough for the book to answer for all.
    finds(
        |book| book.write("published.txt", "old/one.html\nold/two.html\nmaths/sum.html\n"),
        &[
            "published.txt: warning: ",
            "published.txt:1: error: old/one.html was published and is gone",
            "published.txt:2: error: old/two.html was published and is gone",
        ],
    );
}

#[test]
fn published_pages_are_listed_once() {
    let book = good_book();
    let update = |added: &str| {
        let output = check(&book, &["--update-published"]);
        assert_eq!(stdout(&output), "nothing to fix\n");
        assert_eq!(String::from_utf8_lossy(&output.stderr).lines().next(), Some(added));
    };
    update("added 13 pages and ids to published.txt");
    let list = book.read("published.txt");
    assert!(list.contains("\nmaths/sum.html\nmaths/sum.html#一加一\n"), "{list}");
    assert!(!list.contains("404.html") && !list.contains("print.html"), "{list}");
    update("added 0 pages and ids to published.txt");
    assert_eq!(book.read("published.txt"), list);
}

#[test]
fn a_link_of_a_template_is_told_once() {
    finds(
        |book| book.write("theme/templates/page-end.html", "\n<a href=\"nope.html\">x</a>\n"),
        &["theme/templates/page-end.html:2: error: `nope.html` leads nowhere"],
    );
}
