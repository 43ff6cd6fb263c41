//! Books without `strict`: what front matter doesn't say is taken from the chapter and its place, or left out.

use mdbook_preprocessor::book::Book;
use mdbook_questions::QuestionsPreprocessor;
use pulldown_cmark::Event;
use qabook_support::testing::{TestBook, contents};

fn made(book: TestBook) -> Book {
    book.run(&QuestionsPreprocessor).unwrap()
}

/// The page at `path`, without the words for its scripts.
fn page(book: &Book, path: &str) -> String {
    let page = contents(book).into_iter().find(|(found, _)| found == path);
    let page = page.unwrap_or_else(|| panic!("no page {path}")).1;
    let words = page.rfind("\n\n<script type=\"application/json\" data-qabook=\"words\">");
    page[..words.unwrap_or(page.len())].to_string()
}

fn paths(book: &Book) -> Vec<String> {
    contents(book).into_iter().map(|(path, _)| path).collect()
}

/// The messages for a book whose only chapter is `text`, without hints.
fn error_of(text: &str) -> Vec<String> {
    // The line of a place in the text is looked up in the chapter's file.
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir(root.path().join("src")).unwrap();
    std::fs::write(root.path().join("src/a.md"), text).unwrap();
    let error = TestBook::new(root.path(), "").chapter("a.md", text).run(&QuestionsPreprocessor).unwrap_err();
    let shown = error.to_string().replace(&format!("{}/", root.path().display()), "");
    shown.lines().step_by(2).map(ToString::to_string).collect()
}

const PLAIN: &str = "# What does `**kwargs` do?\n\nIt collects named arguments, e.g. `a=1`. More follows.\n";

#[test]
fn a_chapter_without_front_matter_is_a_question() {
    let book = made(TestBook::new("nowhere", "").part("Basics").chapter("b/kwargs.md", PLAIN));
    let page = page(&book, "b/kwargs.md");
    let (title, header) = page.split_once('\n').unwrap();
    assert_eq!(title, "# What does `**kwargs` do?");
    // What is taken from the title and the first sentence is on the page once.
    assert!(header.contains("<span class=\"question-number\" data-no-index>Question 1</span></p>"), "{page}");
    assert!(page.contains("value=\"known\"") && page.matches("It collects named arguments").count() == 1, "{page}");
    for nothing in
        ["one-sentence", "question-meta", "question-level", "question-tag", "question-verified", "data-aliases"]
    {
        assert!(!page.contains(nothing), "{nothing}: {page}");
    }
}

#[test]
fn no_page_is_made_of_nothing() {
    let book = made(TestBook::new("nowhere", "").part("Basics").chapter("b/kwargs.md", PLAIN));
    assert_eq!(paths(&book), ["b/index.md", "b/kwargs.md", "review.md"]);
    let index = page(&book, "b/index.md");
    assert!(!index.contains("part-question-level") && index.contains("<p>It collects"), "{index}");
    let review = page(&book, "review.md");
    assert!(!review.contains("data-level") && !review.contains("data-tags"), "{review}");
}

#[test]
fn a_chapter_without_a_paragraph_has_no_summary() {
    let book =
        || TestBook::new("nowhere", "").part("A").chapter("a/x.md", "# One\n\n- Listed.\n").chapter("a/y.md", PLAIN);
    let html = made(book());
    assert!(!page(&html, "a/x.md").contains("one-sentence"), "{}", page(&html, "a/x.md"));
    assert!(page(&html, "a/x.md").contains("value=\"known\""));
    assert!(!page(&html, "a/index.md").contains("<p></p>"), "{}", page(&html, "a/index.md"));
    let markdown = page(&made(book().for_renderer("epub")), "a/x.md");
    assert!(markdown.contains("> **Question 1** One\n\n</header>"), "{markdown}");
}

#[test]
fn what_front_matter_says_wins() {
    let text = "+++\nquestion = \"Why `x`?\"\nsummary = \"Because **so**.\"\ntags = [\"a\"]\nlevel = \"basic\"\n+++\n\n# Title\n\nText.\n";
    let book = made(TestBook::new("nowhere", "").chapter("x.md", text));
    let page = page(&book, "x.md");
    for shown in ["Why x?</p>", "Because so.</p>", ">basic</li>", "tags.html#tag-a", "\n\nText.\n"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert!(!page.contains("question-verified"));
    assert_eq!(paths(&book), ["x.md", "review.md", "tags.md"]);
}

#[test]
fn an_empty_summary_is_none() {
    let book = made(TestBook::new("nowhere", "").chapter("x.md", "+++\nsummary = \"\"\n+++\n# One\n\nText.\n"));
    assert!(!page(&book, "x.md").contains("one-sentence"));
}

#[test]
fn numbers_follow_the_order_and_leave_out_those_that_are_given() {
    let numbered = |more: &str| format!("+++\n{more}\n+++\n# One\n");
    let book = TestBook::new("nowhere", "")
        .chapter("a.md", "# One\n")
        .chapter("b.md", &numbered("number = 2"))
        .chapter("c.md", &numbered("variant = \"b\""))
        .draft("Later")
        .chapter("d.md", "# One\n")
        .unnumbered("e.md", "# Two\n");
    let book = made(book);
    for (path, number) in [("a.md", "1"), ("b.md", "2"), ("c.md", "2b"), ("d.md", "3")] {
        assert!(page(&book, path).contains(&format!("Question {number}</span>")), "{path}: {}", page(&book, path));
    }
    assert!(!page(&book, "e.md").contains("Question"));
}

#[test]
fn yaml_of_other_tools_is_read_and_never_shown() {
    let text = "---\nlayout: post\ntitle: \"Why: YAML?\"\ndescription: It is common.\ntags: [a, 'b c']\n---\n\n# Title\n\nText.\n";
    let book = made(TestBook::new("nowhere", "").unnumbered("p.md", text).chapter("x.md", text));
    let question = page(&book, "x.md");
    for shown in ["Why: YAML?</p>", "It is common.</p>", "#tag-b-c"] {
        assert!(question.contains(shown), "{shown}: {question}");
    }
    assert!(!question.contains("layout"), "{question}");
    assert_eq!(page(&book, "p.md").trim(), "# Title\n\nText.");
    assert_eq!(page(&book, "p.md").lines().count(), text.lines().count());
}

#[test]
fn a_thematic_break_at_the_start_stays() {
    let text = "---\n\nNote: this.\n\n---\n\n# Title\n";
    let book = made(TestBook::new("nowhere", "").unnumbered("p.md", text));
    assert_eq!(page(&book, "p.md"), text);
}

#[test]
fn mistakes_name_their_lines() {
    for (text, messages) in [
        ("+++\nlevle = \"basic\"\n+++\n# A\n", &["src/a.md:2: front matter: unknown field `levle`"][..]),
        ("+++\ntags = [\n+++\n# A\n", &["src/a.md:"]),
        ("+++\n# A\n", &["src/a.md:1: the front matter is never closed"]),
        ("\n\n+++\nnumber = 1\n+++\n# A\n", &["src/a.md:3: the front matter is not on the first line"]),
        ("---\ntitle: a\n\n# A\n", &["src/a.md:1: the front matter is never closed"]),
        ("---\nx: 1\ntitle: |\n  a\n---\n# A\n", &["src/a.md:3: front matter: `title` is more than plain YAML"]),
        ("#\n\nText.\n", &["src/a.md:1: front matter: `question` is empty"]),
        ("+++\nquestion = \" \"\n+++\n# A\n", &["src/a.md:2: front matter: `question` is empty"]),
        ("+++\ntags = [\"a\", \"a\"]\n+++\n# A\n", &["src/a.md:2: front matter: `tags` names `a` twice"]),
    ] {
        let found = error_of(text);
        let [found] = &found[..] else { panic!("{text:?}: {found:?}") };
        assert!(messages.iter().any(|message| found.starts_with(message)), "{text:?}: {found}");
    }
}

#[test]
fn a_chapter_without_a_title_has_that_of_the_summary() {
    for (text, before, after) in [
        ("## Locks\n\nText.\n", "## Locks\n", "\n\nText.\n"),
        (
            "<!-- old -->\n\n<a id=\"x\"></a>\n\n## Locks\n\nText.\n",
            "<!-- old -->\n\n<a id=\"x\"></a>\n\n## Locks\n",
            "\n\nText.\n",
        ),
        ("Text.\n\n## Locks\n", "", "\n\nText.\n\n## Locks\n"),
        ("+++\nnumber = 7\n+++\n\nText.\n", "\n", "\n\n\nText.\n"),
        ("", "", "\n\n"),
    ] {
        let book = made(TestBook::new("nowhere", "").chapter("a.md", text));
        let page = page(&book, "a.md");
        let (head, rest) = page.split_once("<header").expect("a header");
        let (_, rest) = rest.split_once("</header>").unwrap();
        assert_eq!((head, rest.starts_with(after)), (before, true), "{text:?}: {page}");
    }
}

#[test]
fn text_right_below_the_title_stays_markdown() {
    for below in ["*Text* of `Box<T>`.\n", "```text\ncode\n```\n"] {
        let book = made(TestBook::new("nowhere", "").chapter("a.md", &format!("# A\n{below}")));
        let page = page(&book, "a.md");
        assert!(page.contains("</header>\n") && page.contains(below), "{page}");
        let events: Vec<_> = qabook_support::markdown::parse(&page).map(|(event, _)| event).collect();
        let html: String = events
            .iter()
            .filter_map(|event| if let Event::Html(html) = event { Some(&**html) } else { None })
            .collect();
        assert!(!html.contains("Text") && !html.contains("code"), "{page}");
    }
}

#[test]
fn chapters_of_one_file_name_are_told_apart_by_their_paths() {
    let related = "+++\nrelated = [\"io/panic\", \"error/panic\"]\n+++\n# C\n\nText.\n";
    let book = TestBook::new("nowhere", "").chapter("error/panic.md", "# A\n\nText.\n");
    let book = made(book.chapter("io/panic.md", "# B\n\nText.\n").chapter("c.md", related));
    assert!(page(&book, "error/panic.md").contains("data-question=\"panic\""));
    assert!(page(&book, "io/panic.md").contains("data-question=\"io/panic\""));
    let links = page(&book, "c.md");
    assert!(links.contains("href=\"io/panic.html\"") && links.contains("href=\"error/panic.html\""), "{links}");
}

#[test]
fn front_matter_on_a_page_without_a_number_is_an_error() {
    let book = TestBook::new("nowhere", "").unnumbered("p.md", "+++\nnumber = 1\n+++\n# A\n");
    let error = book.run(&QuestionsPreprocessor).unwrap_err().to_string();
    assert!(error.contains("src/p.md:1: front matter on a chapter without a number"), "{error}");
}

#[test]
fn a_made_page_never_takes_the_place_of_a_written_one() {
    let book = TestBook::new("nowhere", "")
        .unnumbered("index.md", "# Home\n")
        .part("One")
        .chapter("a.md", "# A\n")
        .part("Two")
        .chapter("b.md", "# B\n")
        .part("Three")
        .chapter("c/x.md", "# C\n");
    let book = made(book);
    assert_eq!(
        paths(&book),
        ["index.md", "part-1.md", "a.md", "part-2.md", "b.md", "c/index.md", "c/x.md", "review.md"]
    );
    assert_eq!(page(&book, "index.md"), "# Home\n");
}

#[test]
fn a_chapter_in_the_place_of_a_made_page_is_an_error() {
    let book = TestBook::new("nowhere", "").unnumbered("review.md", "# Mine\n").chapter("a.md", "# A\n\nText.\n");
    let error = book.run(&QuestionsPreprocessor).unwrap_err().to_string();
    assert!(error.contains("src/review.md: a page that is made of the questions takes the place"), "{error}");
    let book = TestBook::new("nowhere", "").unnumbered("tags.md", "# Mine\n").chapter("a.md", "# A\n\nText.\n");
    assert_eq!(paths(&made(book)), ["tags.md", "a.md", "review.md"], "no tags, no page of tags");
}
