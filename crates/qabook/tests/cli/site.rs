//! What the site pass makes of the pages.

use crate::small_book::SmallBook;

#[test]
fn stock_labels_are_chinese_in_a_chinese_book() {
    let book = SmallBook::new();
    book.build();
    let page = book.read("book/maths/sum.html");
    for label in [
        "aria-label=\"目录\"",
        "title=\"换主题\"",
        ">跟随系统</button>",
        "title=\"打印全书\"",
        ">上一页</span>",
        ">下一页</span>",
        "<p>按 <kbd>←</kbd> 或 <kbd>→</kbd> 翻到上一页、下一页</p>",
    ] {
        assert!(page.contains(label), "{label} is not in\n{page}");
    }
    for stock in ["Toggle Table of Contents", "Change theme", "Auto<", "Print this", "Next chapter", "Press"] {
        assert!(!page.contains(stock), "{stock} is in\n{page}");
    }
}

#[test]
fn stock_labels_stay_in_a_book_in_another_language() {
    let book = SmallBook::new();
    book.replace("book.toml", "zh-CN", "en");
    book.build();
    let page = book.read("book/maths/sum.html");
    assert!(page.contains("title=\"Change theme\"") && page.contains(">Skip to content</a>"), "{page}");
}

#[test]
fn scripts_that_every_page_loads_come_without_comments() {
    // In both forms of the sidebar.
    for setting in ["", "sidebar-header-nav = true\n"] {
        let book = SmallBook::new();
        book.replace("book.toml", "[output.html]\n", &format!("[output.html]\n{setting}"));
        stock_scripts_are_short(&book);
    }
}

fn stock_scripts_are_short(book: &SmallBook) {
    book.build();
    let page = book.read("book/index.html");
    let scripts = page.split("<script src=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let stock: Vec<&str> = scripts.filter(|name| name.starts_with("book-") || name.starts_with("toc-")).collect();
    assert_eq!(stock.len(), 2, "{page}");
    for name in stock {
        let script = book.read(&format!("book/{name}"));
        assert!(!script.lines().any(|line| line.trim_start().starts_with("//") || line.starts_with(' ')), "{script}");
        // The list of chapters is whole, and so is what comes after it.
        assert!(!name.starts_with("toc") || script.contains("<a href=\"maths/sum.html\">"), "{script}");
        assert!(
            script.trim_end().ends_with(if name.starts_with("toc") && !script.contains("header") {
                "Scrollbox);"
            } else {
                "})();"
            }),
            "{script}"
        );
        // It would keep browsers from keeping the page.
        assert!(!script.contains("onunload"), "{script}");
    }
}

#[test]
fn the_first_link_of_a_page_skips_to_its_content() {
    let book = SmallBook::new();
    book.build();
    for page in ["book/index.html", "book/maths/sum.html", "book/print.html"] {
        let page = book.read(page);
        let (_, body) = page.split_once("<body>").unwrap();
        assert!(
            body.trim_start().starts_with("<a class=\"skip-link\" href=\"#mdbook-content\">跳到正文</a>"),
            "{body}"
        );
        assert!(body.contains("<div id=\"mdbook-content\" class=\"content\" tabindex=\"-1\">"), "{body}");
    }
    let not_found = book.read("book/404.html");
    assert!(!not_found.contains("skip-link\" href"), "its <base> would make the link lead to the home page");
}

#[test]
fn a_page_has_one_h1_and_a_banner() {
    let book = SmallBook::new();
    book.build();
    let page = book.read("book/maths/sum.html");
    assert_eq!(page.matches("<h1").count(), 1, "{page}");
    assert!(page.contains("<header id=\"mdbook-menu-bar\""), "{page}");
    let contents = book.read("book/toc.html");
    assert!(contents.contains("<title>目录</title>"), "{contents}");
    assert!(
        contents.contains("</li><li class=\"part-title\">算术</li><li"),
        "no item is directly in an item: {contents}"
    );
}

#[test]
fn icons_for_buttons_come_with_the_pages_that_have_them() {
    let book = SmallBook::new();
    book.replace("src/README.md", "# 前言\n", "# 前言\n\n```rust\n# let hidden = 1;\nlet shown = hidden;\n```\n");
    book.build();
    assert!(book.read("book/index.html").contains("<template id=fa-eye>"), "a button shows the hidden line");
    assert!(!book.read("book/maths/sum.html").contains("<template id=fa"));
}
