//! Pages to practise with, and questions that are answered by choosing.

use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_questions::{QuestionsPreprocessor, card_id};
use qabook_support::testing::{TestBook, contents};

const ENGLISH: &str = "[book]\nlanguage = \"en\"\n";
const CHINESE: &str = "[book]\nlanguage = \"zh-CN\"\n";

fn chapter(number: u32, more: &str, body: &str) -> String {
    format!(
        "+++\nnumber = {number}\nquestion = \"What is <{number}>?\"\nsummary = \"It is {number} & more.\"\n\
         level = \"advanced\"\ntags = [\"TCP\", \"网络 IO\"]\nverified = 2026-11-29\n{more}+++\n# Title {number}\n\n{body}"
    )
}

const ERRATA: &str = "## Errata {#errata}\n\n- **Wrong**: `a` is ~~b~~ (so they say). **Right**: it is c, see [d](d.md). ([RFC](https://e))\n\
                      - **Incomplete**: one. **Right**: two.\n- another form\n\n";
const FOLLOW_UPS: &str = "## Next {#follow-up}\n\n### Why `x`? {#why}\n\nBecause of [y][r].\n\n- one\n- two\n\n### How long?\n\nLong.\n\n[r]: ../ops/y.md\n";

fn book(toml: &str) -> TestBook {
    TestBook::new("nowhere", toml)
        .unnumbered("README.md", "# Home\n\n{{#practice}}\n\nOn to [the review](review.md).\n")
        .part("Networks")
        .chapter("net/a.md", &chapter(1, "", &format!("{ERRATA}{FOLLOW_UPS}")))
        .chapter("net/d.md", &chapter(2, "", ""))
        .chapter("net/e.md", &chapter(3, OPTIONS, "Text.\n"))
}

const OPTIONS: &str = "[[options]]\ntext = \"`SYN` & $x$\"\nright = true\nwhy = \"See [it](d.md#x).\"\n\
                       [[options]]\ntext = \"URG\"\nwhy = \"No.\"\n";

fn page(book: &Book, path: &str) -> String {
    contents(book).into_iter().find(|(found, _)| found == path).unwrap_or_else(|| panic!("no page {path}")).1
}

fn made(toml: &str, path: &str) -> String {
    page(&book(toml).run(&QuestionsPreprocessor).unwrap(), path)
}

fn count(text: &str, part: &str) -> usize {
    text.matches(part).count()
}

#[test]
fn every_question_is_on_the_review_page() {
    let page = made(ENGLISH, "review.md");
    assert!(
        page.starts_with("# Review\n\n<nav class=\"practice-nav\" aria-label=\"Practice\" data-no-index>"),
        "{page}"
    );
    assert!(page.contains("\n\n3 questions with a one-sentence answer each."), "{page}");
    let card = "<li class=\"practice-card\" data-card=\"q:a\" data-question=\"a\" data-part=\"Networks\" \
                data-level=\"advanced\" data-tags=\"TCP|网络 IO\">\n<div class=\"practice-prompt\">\n\n\
                <span class=\"practice-number\">1</span> What is \\<1\\>\\?\n\n</div>\n\
                <details class=\"practice-answer\"><summary>Show the answer</summary>\n\nIt is 1 \\& more.\n\n\
                <p class=\"practice-source\"><a href=\"net/a.html\">Read the chapter</a></p>\n</details>\n</li>";
    assert!(page.contains(card), "{page}");
    assert_eq!(count(&page, "<li class=\"practice-card\""), 3);
    assert!(page.contains("<li><span class=\"option-letter\">B</span> URG</li>"), "{page}");
}

#[test]
fn every_erratum_is_a_statement_with_its_source_apart() {
    let page = made(ENGLISH, "statements.md");
    assert_eq!(count(&page, "<li class=\"practice-card\""), 2);
    let id = card_id('s', "a", "`a` is ~~b~~ (so they say).");
    assert!(page.contains(&format!("data-card=\"{id}\"")), "{page}");
    let claim =
        "<span class=\"statement-claim\">`a` is ~~b~~ <span class=\"statement-origin\">(so they say)</span>.</span>";
    let fact = "<p class=\"statement-verdict\" data-kind=\"wrong\">Wrong</p>\n\n\
                <span class=\"statement-fact\">it is c, see [d](net/d.md). \
                <span class=\"statement-sources\">([RFC](https://e))</span></span>";
    assert!(page.contains(claim) && page.contains(fact), "{page}");
    assert!(
        page.contains("data-kind=\"incomplete\">Incomplete</p>\n\n<span class=\"statement-fact\">two.</span>"),
        "{page}"
    );
    assert!(page.contains("<a href=\"net/a.html#errata\">"), "{page}");
}

#[test]
fn every_follow_up_asks_and_answers_in_markdown_that_needs_no_definition() {
    let page = made(ENGLISH, "follow-ups.md");
    assert_eq!(count(&page, "<li class=\"practice-card\""), 2);
    assert!(page.contains("<div class=\"practice-prompt\">\n\nWhy `x`?\n\n</div>"), "{page}");
    assert!(page.contains("\n\nBecause of [y](ops/y.md).\n\n- one\n- two\n\n<p class=\"practice-source\">"), "{page}");
    assert!(page.contains("\n\nLong.\n\n[r]: ../ops/y.md\n\n"), "{page}");
}

#[test]
fn a_new_erratum_is_a_new_statement_and_the_others_keep_their_ids() {
    let ids = |text: &str| -> Vec<String> {
        let cards = text.split("data-card=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_string());
        cards.collect()
    };
    let before = ids(&made(ENGLISH, "statements.md"));
    let more = ERRATA.replace("- another form", "- **Imprecise**: three. **Right**: four.");
    let more = more.replacen("- **Wrong**", "- **Wrong**: zero. **Right**: none.\n- **Wrong**", 1);
    let book = TestBook::new("nowhere", ENGLISH).chapter("net/a.md", &chapter(1, "", &more));
    let after = ids(&page(&book.run(&QuestionsPreprocessor).unwrap(), "statements.md"));
    assert_eq!((before.len(), after.len()), (2, 4));
    assert_eq!(after[1..3], before);
}

#[test]
fn all_pages_link_each_other_and_say_how_much_they_hold() {
    let links = "<a href=\"review.html\" aria-current=\"page\">速背 <span>3</span></a>";
    let page = made(CHINESE, "review.md");
    assert!(page.contains(links), "{page}");
    assert!(page.contains("<a href=\"statements.html\">这句对吗？ <span>2</span></a>"), "{page}");
    assert!(page.contains("<a href=\"follow-ups.html\">追问 <span>2</span></a>"), "{page}");
    assert!(!page.contains("outputs.html"), "{page}");
}

#[test]
fn the_page_of_outputs_gets_the_same_links() {
    let outputs = Chapter {
        source_path: None,
        ..Chapter::new("Outputs", "# Outputs\n\nText.\n\n<p data-card=\"o:a\"></p>\n".into(), "outputs.md", Vec::new())
    };
    let mut written = book(ENGLISH).run(&Unchanged).unwrap();
    written.push_item(BookItem::Separator);
    written.push_item(outputs);
    let toml = ENGLISH.parse().unwrap();
    let ctx = mdbook_preprocessor::PreprocessorContext::new("nowhere".into(), toml, "html".into());
    let book = mdbook_preprocessor::Preprocessor::run(&QuestionsPreprocessor, &ctx, written).unwrap();
    let page = page(&book, "outputs.md");
    assert!(page.starts_with("# Outputs\n\n<nav class=\"practice-nav\""), "{page}");
    assert!(
        page.contains("<a href=\"outputs.html\" aria-current=\"page\">Guess the output <span>1</span></a>"),
        "{page}"
    );
    assert!(page.contains("</nav>\n\n\nText.\n"), "{page}");
    let paths: Vec<_> = contents(&book).into_iter().map(|(path, _)| path).collect();
    let end = ["review.md", "statements.md", "follow-ups.md", "outputs.md", "tags.md", "errata.md", "references.md"];
    assert_eq!(paths[paths.len() - end.len()..], end);
    assert_eq!(book.items.iter().filter(|item| matches!(item, BookItem::Separator)).count(), 1);
}

#[test]
fn home_opens_with_three_doors() {
    let page = made(CHINESE, "README.md");
    for door in [
        "<a href=\"review.html\" aria-keyshortcuts=\"1\"><strong>速背 <kbd>1</kbd></strong>",
        "<a href=\"statements.html\" aria-keyshortcuts=\"2\"><strong>自测 <kbd>2</kbd></strong>",
        "<a href=\"net/a.html\" aria-keyshortcuts=\"3\"><strong>系统读 <kbd>3</kbd></strong>",
    ] {
        assert!(page.contains(door), "{page}");
    }
}

#[test]
fn other_renderers_have_no_pages_to_practise_with() {
    let book = book(ENGLISH).for_renderer("pdf").run(&QuestionsPreprocessor).unwrap();
    let paths: Vec<_> = contents(&book).into_iter().map(|(path, _)| path).collect();
    assert_eq!(
        paths,
        ["README.md", "net/index.md", "net/a.md", "net/d.md", "net/e.md", "tags.md", "errata.md", "references.md"]
    );
    assert_eq!(page(&book, "README.md"), "# Home\n\n\n\nOn to the review.\n");
}

#[test]
fn a_book_without_questions_has_none_either() {
    let book = TestBook::new("nowhere", ENGLISH).unnumbered("README.md", "# Home\n\n{{#practice}}\n");
    let book = book.run(&QuestionsPreprocessor).unwrap();
    assert_eq!(contents(&book).len(), 1);
    assert!(page(&book, "README.md").starts_with("# Home\n\n\n"), "{}", page(&book, "README.md"));
}

#[test]
fn options_come_first_and_their_answer_is_hidden() {
    let page = made(ENGLISH, "net/e.md");
    let (asked, answer) =
        page.split_once("<details class=\"question-answer\"><summary data-no-index>Show the answer</summary>").unwrap();
    assert!(asked.contains("<form class=\"question-options\" data-choice=\"single\">"), "{asked}");
    assert!(
        asked.contains(
            "<input type=\"radio\" name=\"option\" value=\"A\"> <span class=\"option-letter\">A</span> \
             <span class=\"option-text\"><code>SYN</code> &amp; $x$</span>"
        ),
        "{asked}"
    );
    assert!(!asked.contains("It is 3"), "{asked}");
    assert!(
        answer.contains(
            "<li data-right=\"true\"><span class=\"option-letter\">A</span> <strong data-no-index>yes</strong>"
        ),
        "{answer}"
    );
    assert!(answer.contains("See <a href=\"d.html#x\">it</a>."), "{answer}");
    assert!(answer.contains("It is 3 &amp; more."), "{answer}");
    let many = chapter(1, &OPTIONS.replace("URG\"\n", "URG\"\nright = true\n"), "");
    let book = TestBook::new("nowhere", ENGLISH).chapter("a.md", &many).run(&QuestionsPreprocessor).unwrap();
    assert!(self::page(&book, "a.md").contains("<input type=\"checkbox\""));
}

#[test]
fn options_are_lists_for_other_renderers() {
    let book = book(ENGLISH).for_renderer("pdf").run(&QuestionsPreprocessor).unwrap();
    let page = page(&book, "net/e.md");
    let order = [
        "- A. `SYN` & $x$\n- B. URG\n",
        "<header class=\"question-header\">",
        "**Answer**: A\n",
        "- **A** yes: See [it](d.md#x).\n- **B** no: No.\n",
        "Text.",
    ];
    let places: Vec<_> =
        order.iter().map(|part| page.find(part).unwrap_or_else(|| panic!("no {part:?} in {page}"))).collect();
    assert!(places.is_sorted(), "{page}");
}

#[test]
fn options_that_can_not_be_are_errors_at_their_line() {
    let text = chapter(1, &OPTIONS.replace("right = true\n", ""), "");
    let error = TestBook::new("nowhere", ENGLISH).chapter("a.md", &text).run(&QuestionsPreprocessor).unwrap_err();
    let line = text.lines().position(|line| line == "[[options]]").unwrap() + 1;
    assert!(format!("{error}").contains(&format!("a.md:{line}")), "{error}");
    assert!(format!("{error}").contains("no entry with `right = true`"), "{error}");
}

/// Leaves a book as it is.
struct Unchanged;

impl mdbook_preprocessor::Preprocessor for Unchanged {
    fn name(&self) -> &'static str {
        "unchanged"
    }

    fn run(&self, _: &mdbook_preprocessor::PreprocessorContext, book: Book) -> anyhow::Result<Book> {
        Ok(book)
    }
}
