//! What the preprocessor makes of a book.

mod catalogue;

use mdbook_preprocessor::book::{Book, BookItem};
use mdbook_questions::{Errata, Erratum, ErratumKind, Level, PageKind, Question, QuestionsPreprocessor, Related};
use qabook_support::facts::{self, Fact};
use qabook_support::testing::{TestBook, contents};

const CHINESE: &str = "[book]\nlanguage = \"zh-CN\"\n";

fn front_matter(number: &str, more: &str) -> String {
    format!(
        "+++\nnumber = {number}\nquestion = \"问 <{number}>？\"\nsummary = \"答 {number}，价 5 元。\"\n\
         level = \"basic\"\ntags = [\"TCP\", \"网络 IO\"]\nverified = 2026-11-23\n{more}+++\n"
    )
}

fn chapter(number: &str, more: &str) -> String {
    format!("{}\n# 标题 {number}\n\n正文 $x$ **不动**。\n", front_matter(number, more))
}

fn book() -> TestBook {
    TestBook::new("nowhere", CHINESE)
        .unnumbered("README.md", "# 前言\n")
        .part("网络")
        .chapter("network/a.md", &chapter("4", "related = [\"b\"]\n"))
        .draft("还没写")
        .part("并发")
        .chapter("threads/b.md", &chapter("20", ""))
        .chapter("threads/c.md", &chapter("20", "variant = \"b\"\n"))
        .part("空")
        .draft("也没写")
}

/// The page at `path`, without the words for its scripts.
fn page(book: &Book, path: &str) -> String {
    let page =
        contents(book).into_iter().find(|(found, _)| found == path).unwrap_or_else(|| panic!("no page {path}")).1;
    let words = page.rfind("\n\n<script type=\"application/json\" data-qabook=\"words\">");
    page[..words.unwrap_or(page.len())].to_string()
}

#[test]
fn a_question_gets_its_header_below_the_title() {
    let page = page(&book().run(&QuestionsPreprocessor).unwrap(), "network/a.md");
    let (before, after) = page.split_once("# 标题 4\n").unwrap();
    assert_eq!(before.trim(), "");
    assert!(after.starts_with("<header class=\"question-header\" "), "{after}");
    assert!(after.contains("第 4 题</span> 问 &lt;4&gt;？"));
    assert!(after.contains("答 4，价 5 元。"));
    assert!(after.contains("<li class=\"question-level\" data-no-index>基础</li>"));
    assert!(after.contains("<a href=\"../tags.html#tag-网络-io\">网络 IO</a>"));
    assert!(after.contains("<time datetime=\"2026-11-23\">"));
    assert!(after.contains("\n\n正文 $x$ **不动**。\n"));
}

#[test]
fn lines_below_the_title_keep_their_numbers() {
    let source = chapter("4", "related = [\"b\"]\n");
    let line = |text: &str| text.lines().position(|line| line.starts_with("正文"));
    for renderer in ["html", "pdf"] {
        let made = page(&book().for_renderer(renderer).run(&QuestionsPreprocessor).unwrap(), "network/a.md");
        assert_eq!(line(&made), line(&source), "{renderer}");
    }
}

#[test]
fn related_questions_are_linked_at_the_end() {
    let page = page(&book().run(&QuestionsPreprocessor).unwrap(), "network/a.md");
    let nav = page.split_once("<nav class=\"question-related\"").unwrap().1;
    assert!(nav.contains("<a href=\"../threads/b.html\">"), "{nav}");
}

#[test]
fn a_part_with_chapters_gets_an_index_below_its_title() {
    let book = book().run(&QuestionsPreprocessor).unwrap();
    let BookItem::Chapter(index) = &book.items[2] else { panic!("a page below the part title") };
    assert_eq!((index.name.as_str(), index.source_path.as_ref()), ("网络 · 题目一览", None));
    let page = page(&book, "network/index.md");
    assert!(page.contains("href=\"../network/a.html\""), "{page}");
    assert!(page.contains("还没写<span class=\"part-draft-label\" data-no-index>（待写）"), "{page}");
    let titles: Vec<_> = contents(&book).into_iter().map(|(path, _)| path).collect();
    assert_eq!(
        titles,
        [
            "README.md",
            "network/index.md",
            "network/a.md",
            "threads/index.md",
            "threads/b.md",
            "threads/c.md",
            "review.md",
            "tags.md"
        ]
    );
}

#[test]
fn the_index_of_tags_lists_every_question_of_a_tag() {
    let page = page(&book().run(&QuestionsPreprocessor).unwrap(), "tags.md");
    assert!(page.contains("<a href=\"#tag-tcp\">TCP <span>3</span></a>"), "{page}");
    let questions = page.split("\n## TCP {#tag-tcp}\n\n").nth(1).unwrap().split("</section>").next().unwrap();
    for link in ["<a href=\"network/a.html\">4 network/a.md</a>", "<a href=\"threads/b.html\">20 threads/b.md</a>"] {
        assert!(questions.contains(link), "{questions}");
    }
    assert!(page.contains("\n## 网络 IO {#tag-网络-io}\n"), "{page}");
}

#[test]
fn the_table_of_contents_shows_the_numbers_of_questions() {
    let book = book().run(&QuestionsPreprocessor).unwrap();
    let numbers: Vec<_> = book
        .iter()
        .filter_map(|item| if let BookItem::Chapter(chapter) = item { chapter.number.clone() } else { None })
        .map(|number| number.to_string())
        .collect();
    assert_eq!(numbers, ["4.", "20.", "20."]);
}

/// The book with `text` as its preface.
fn book_with(text: &str) -> TestBook {
    TestBook::new("nowhere", CHINESE)
        .unnumbered("guide/README.md", text)
        .part("网络")
        .chapter("network/a.md", &chapter("4", ""))
        .part("并发")
        .chapter("threads/b.md", &chapter("20", ""))
        .chapter("threads/c.md", &chapter("20", "variant = \"b\"\n"))
}

#[test]
fn a_page_can_list_all_questions_by_part() {
    let text = "# 前言\n\n甲 $x$\n\n{{#questions}}\n\n乙 `{{#questions}}` \\{{#questions}} {{#title x}}\n";
    let page = page(&book_with(text).run(&QuestionsPreprocessor).unwrap(), "guide/README.md");
    assert!(page.starts_with("# 前言\n\n甲 $x$\n\n<div class=\"question-parts\">"), "{page}");
    assert!(page.ends_with("</div>\n\n乙 `{{#questions}}` \\{{#questions}} {{#title x}}\n"), "{page}");
    assert_eq!(page.lines().count(), text.lines().count());
    assert!(page.contains(
        "<a href=\"../network/index.html\">网络</a> <span class=\"question-part-count\" data-no-index>1 题</span>"
    ));
    assert!(page.contains("<li data-question=\"c\"><a href=\"../threads/c.html\">"), "{page}");
    assert!(page.contains("<span class=\"part-question-number\">20b</span>"), "{page}");
}

#[test]
fn a_random_question_is_a_link_that_works_without_scripts() {
    let made =
        page(&book_with("# 前言\n\n{{#random-question}}\n").run(&QuestionsPreprocessor).unwrap(), "guide/README.md");
    assert!(made.contains("<a class=\"random-question\" href=\"../threads/b.html\">"), "{made}");
    let book = book_with("# 前言\n").run(&QuestionsPreprocessor).unwrap();
    for (chapter, other) in [("network/a.md", "../threads/b.html"), ("threads/c.md", "../network/a.html")] {
        assert!(page(&book, chapter).contains(&format!("<a class=\"random-question\" href=\"{other}\">")), "{chapter}");
    }
}

#[test]
fn downloads_are_linked_for_html_alone() {
    let book = || {
        let config = format!("{CHINESE}[preprocessor.questions]\ndownloads = [\"book.pdf\", \"book.epub\"]\n");
        TestBook::new("nowhere", &config).unnumbered("guide/README.md", "# 前言\n\n{{#downloads}}\n")
    };
    let made = page(&book().run(&QuestionsPreprocessor).unwrap(), "guide/README.md");
    assert!(
        made.contains("<a href=\"../book.pdf\">PDF</a>（打印）、<a href=\"../book.epub\">EPUB</a>（电子书）</p>"),
        "{made}"
    );
    let made = page(&book().for_renderer("epub").run(&QuestionsPreprocessor).unwrap(), "guide/README.md");
    assert_eq!(made, "# 前言\n\n\n");
    let without = TestBook::new("nowhere", CHINESE).unnumbered("a.md", "# 前言\n\n{{#downloads}}\n");
    assert_eq!(page(&without.run(&QuestionsPreprocessor).unwrap(), "a.md"), "# 前言\n\n\n");
}

#[test]
fn other_renderers_list_questions_in_markdown() {
    let book = book_with("# 前言\n\n{{#random-question}}\n\n{{#questions}}\n").for_renderer("pdf");
    assert_eq!(
        page(&book.run(&QuestionsPreprocessor).unwrap(), "guide/README.md"),
        "# 前言\n\n\n\n**网络**\n\n- [4 network/a.md](../network/a.md)\n\n**并发**\n\n\
         - [20 threads/b.md](../threads/b.md)\n- [20b threads/c.md](../threads/c.md)\n\n"
    );
}

#[test]
fn errata_are_marked_for_html_alone() {
    let book = || {
        let section = "## 易错 {#errata}\n\n- **误**：甲。**正**：乙。\n- 丙\n\n## 参考 {#references}\n\n- **误**：丁。**正**：戊。\n";
        TestBook::new("nowhere", CHINESE).part("部").chapter("a/one.md", &with_sections("1", section))
    };
    let html = book().run(&QuestionsPreprocessor).unwrap();
    let marked = "- <span class=\"erratum-wrong\"><strong>误<span>：</span></strong>甲。</span>\
                  <span class=\"erratum-right\"><strong>正<span>：</span></strong>乙。</span>\n- 丙\n";
    for path in ["a/one.md", "errata.md"] {
        assert!(page(&html, path).contains(marked), "{}", page(&html, path));
    }
    assert!(page(&html, "a/one.md").contains("- **误**：丁。**正**：戊。\n"));
    let markdown = book().for_renderer("pdf").run(&QuestionsPreprocessor).unwrap();
    for path in ["a/one.md", "errata.md"] {
        let page = page(&markdown, path);
        assert!(page.contains("- **误**：甲。**正**：乙。\n- 丙\n") && !page.contains("<details"), "{page}");
    }
}

#[test]
fn other_renderers_get_markdown() {
    let page = page(&book().for_renderer("pdf").run(&QuestionsPreprocessor).unwrap(), "network/a.md");
    assert!(page.contains("> **第 4 题** 问 \\<4\\>？"), "{page}");
    assert!(page.contains("> **一句话** 答 4，价 5 元。"), "{page}");
    assert!(page.ends_with("\n**相关问题**\n\n- [20 threads/b.md](../threads/b.md)\n\n</nav>\n"), "{page}");
}

/// The fact of type `T` that `page` carries.
fn fact<T: Fact>(page: &str) -> T {
    let open = format!("<script type=\"application/json\" data-qabook=\"{}\">", T::NAME);
    let (_, rest) = page.split_once(&open).unwrap_or_else(|| panic!("no {open} in {page}"));
    facts::read(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn other_renderers_can_read_what_a_question_is() {
    let page = page(&book().for_renderer("pdf").run(&QuestionsPreprocessor).unwrap(), "network/a.md");
    let question: Question = fact(&page);
    assert_eq!((question.label().as_str(), question.question.as_str()), ("4", "问 <4>？"));
    assert_eq!((question.level, question.tags), (Some(Level::Basic), vec!["TCP".to_string(), "网络 IO".to_string()]));
    assert_eq!(question.verified.unwrap().to_string(), "2026-11-23");
    let Related(related) = fact(&page);
    let [other] = &related[..] else { panic!("{related:?}") };
    assert_eq!((other.number.as_str(), other.slug.as_str(), other.href.as_str()), ("20", "b", "../threads/b.md"));
}

#[test]
fn other_renderers_can_read_errata_and_what_a_page_is() {
    let section = "## 易错 {#errata}\n\n- **误**：甲。**正**：乙。\n";
    let book = TestBook::new("nowhere", CHINESE).part("部").chapter("a/one.md", &with_sections("1", section));
    let book = book.for_renderer("pdf").run(&QuestionsPreprocessor).unwrap();
    let erratum = Erratum { kind: ErratumKind::Wrong, claim: "甲。".into(), fact: "乙。".into() };
    assert_eq!(fact::<Errata>(&page(&book, "a/one.md")), Errata(vec![erratum]));
    for (path, kind) in [("a/index.md", PageKind::Part), ("tags.md", PageKind::Tags), ("errata.md", PageKind::Errata)] {
        assert_eq!(fact::<PageKind>(&page(&book, path)), kind);
    }
}

/// A chapter with errata and sources.
fn with_sections(number: &str, sections: &str) -> String {
    format!("{}\n{sections}", chapter(number, ""))
}

#[test]
fn errata_and_sources_are_collected_on_pages_of_their_own() {
    let config =
        format!("{CHINESE}[[preprocessor.questions.source-groups]]\ntitle = \"RFC\"\nhosts = [\"rfc-editor.org\"]\n");
    let rfc = "https://www.rfc-editor.org/rfc/rfc9293.html";
    let first = format!(
        "## 易错 {{#errata}}\n\n- **误**：甲。**正**：乙，见[别章](../b/two.md#x)。（[§3.10]({rfc}#section-3.10)）\n\n\
         ## 参考 {{#references}}\n\n- [RFC 9293 §3.9]({rfc}#section-3.9)：说明。\n- [`read`](https://example.org/read)\n"
    );
    let second = format!("## 参考 {{#references}}\n\n- [TCP]({rfc})\n");
    let book = TestBook::new("nowhere", &config)
        .part("部")
        .chapter("a/one.md", &with_sections("1", &first))
        .chapter("b/two.md", &with_sections("2", &second));
    let book = book.run(&QuestionsPreprocessor).unwrap();

    let errata = page(&book, "errata.md");
    assert!(errata.contains("的 1 条更正"), "{errata}");
    assert!(errata.contains("\n## 部\n\n### 1 a/one.md {#q1}\n\n<details class=\"errata-of\"><summary>1 条更正</summary>\n\n- <span class=\"erratum-wrong\">"), "{errata}");
    assert!(errata.contains("</strong>乙，见[别章](b/two.md#x)。"), "{errata}");
    assert!(errata.contains("\n[读第 1 题：a/one.md](a/one.md)\n\n</details>\n"), "{errata}");

    let references = page(&book, "references.md");
    assert!(references.contains("引用的 2 份文献"), "{references}");
    let line = format!(
        "## RFC {{#sources-1}}\n\n- [RFC 9293]({rfc})、[§3.9]({rfc}#section-3.9)、\
         [§3.10]({rfc}#section-3.10)：第 [1](a/one.md)、[2](b/two.md) 题\n"
    );
    assert!(references.contains(&line), "{references}");
    assert!(
        references.contains("## 其他 {#sources-2}\n\n- [read](https://example.org/read)：第 [1](a/one.md) 题\n"),
        "{references}"
    );
}
