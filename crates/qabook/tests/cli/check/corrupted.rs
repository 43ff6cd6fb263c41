//! A book with every way in which stock mdBook damages Chinese.
//!
//! Stock mdBook shows the damage, so that a test fails when a new version fixes it; with our preprocessor each page is
//! right; and without it `qabook check` finds each.

use super::check;
use crate::small_book::SmallBook;
use mdbook_driver::MDBook;

const CONFIG: &str = "[book]\ntitle = \"错乱\"\ndescription = \"一本让原版 mdBook 出错的书\"\nlanguage = \"zh-CN\"\n\n\
                      [preprocessor.questions]\nrenderers = []\n\n[output.html]\n\
                      site-url = \"https://books.test/corrupted/\"\n";

/// A chapter for each kind of damage.
const CHAPTERS: [(&str, &str); 7] = [
    ("src/README.md", "# 封面\n\n正文。\n"),
    (
        "src/SUMMARY.md",
        "# 目录\n\n[封面](README.md)\n\n- [强调](emphasis.md)\n- [换行](lines.md)\n- [引号](quotes.md)\n- [标题](headings.md)\n- [提示块](alerts.md)\n",
    ),
    ("src/alerts.md", "# 提示块\n\n> [!WARNING]\n> 正文。\n"),
    (
        "src/emphasis.md",
        "# 强调\n\n**历经10年发展，**年，他说**“同步”**序号。\n\n**甲。**乙**丙**。\n\n~~删去。~~后文。\n",
    ),
    ("src/headings.md", "# 标题\n\n## ？！\n\n正文。\n\n## 三次握手\n\n正文。\n"),
    ("src/lines.md", "# 换行\n\n一行一句，\n第二行\n接 Rust\n与 `code`\n。\n\n> 引文的\n> **下一行**。\n"),
    ("src/quotes.md", "# 引号\n\n他说\"你好\"吗？\n"),
];

/// With our preprocessor, or as stock mdBook has it: smart punctuation is its default.
fn book(ours: bool) -> SmallBook {
    let book = SmallBook::of(&CHAPTERS);
    book.write("book.toml", CONFIG);
    if !ours {
        book.replace("book.toml", "[output.html]\n", "[preprocessor.chinese]\nrenderers = []\n\n[output.html]\n");
        book.replace("book.toml", "[output.html]\n", "[output.html]\nsmart-punctuation = true\n");
    }
    book
}

/// The `<main>` of a page.
fn main_of(book: &SmallBook, page: &str) -> String {
    let html = book.read(&format!("book/{page}"));
    let (_, main) = html.split_once("<main>").unwrap();
    main.split_once("</main>").unwrap().0.to_string()
}

/// Page, what stock mdBook shows there, and what ours shows.
const DAMAGE: [(&str, &str, &str); 8] = [
    (
        "emphasis.html",
        "<p>**历经10年发展，<strong>年，他说</strong>“同步”**序号。</p>",
        "<p><strong>历经10年发展，</strong>年，他说<strong>“同步”</strong>序号。</p>",
    ),
    ("emphasis.html", "<strong>甲。<strong>乙</strong>丙</strong>", "<strong>甲。</strong>乙<strong>丙</strong>"),
    ("emphasis.html", "~~删去。~~后文", "<del>删去。</del>后文"),
    ("lines.html", "一行一句，\n第二行\n接 Rust", "一行一句，第二行接 Rust 与 <code>code</code>。"),
    ("lines.html", "引文的\n<strong>下一行", "引文的<strong>下一行"),
    ("quotes.html", "他说“你好“吗", "他说\"你好\"吗"),
    ("headings.html", "<h2 id=\"\">", "<h2 id=\"section\">"),
    ("alerts.html", "Warning</p>", "警告</p>"),
];

#[test]
fn stock_mdbook_shows_each_damage() {
    let book = book(false);
    MDBook::load(book.root()).unwrap().build().unwrap();
    for (page, stock, _) in DAMAGE {
        assert!(main_of(&book, page).contains(stock), "fixed upstream? {stock}\n{}", main_of(&book, page));
    }
}

#[test]
fn our_build_shows_none() {
    let book = book(true);
    assert!(book.build().status.success());
    for (page, stock, ours) in DAMAGE {
        assert!(main_of(&book, page).contains(ours), "not there: {ours}\n{}", main_of(&book, page));
        assert!(!main_of(&book, page).contains(stock), "still there: {stock}");
    }
}

#[test]
fn check_finds_each_when_the_preprocessor_is_off() {
    let output = check(&book(false), &[]);
    let report = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{report}");
    for (line, rule) in [
        ("book.toml: error: output.html.smart-punctuation is on", "smart-punctuation"),
        ("src/emphasis.md:3:1: warning: `**` is left in “**历经10年发展", "literal-mark"),
        ("src/emphasis.md:7:1: warning: `~~` is left in “~~删去。", "literal-mark"),
        ("src/lines.md:3:5: warning: browsers draw a space between “一行一句，” and “第二行”", "line-break-space"),
        ("src/lines.md:9:5: warning: browsers draw a space between “引文的” and “下一行。”", "line-break-space"),
        ("src/quotes.md:3:6: warning: a quote opens inside another: “他说“你好“吗？”", "quotes"),
        ("src/headings.md:3:4: error: the id of “？！” is empty", "empty-id"),
        ("src/alerts.md:3:3: warning: the alert's title is English: Warning", "alert-title"),
    ] {
        let found = report.lines().any(|found| found.starts_with(line) && found.ends_with(&format!("({rule})")));
        assert!(found, "not found: {line}\n{report}");
    }
}

#[test]
fn check_finds_nothing_when_it_is_on() {
    let output = check(&book(true), &[]);
    let report = String::from_utf8(output.stdout).unwrap();
    // Spaces are the author's affair, where this build looks at them.
    let lines: Vec<_> =
        report.lines().filter(|line| line.starts_with("src/") && !line.ends_with("(spacing)")).collect();
    assert_eq!(lines, [""; 0], "{report}");
}
