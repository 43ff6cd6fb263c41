//! Made pages of a book whose questions fill more than one.

use mdbook_preprocessor::book::Book;
use mdbook_questions::QuestionsPreprocessor;
use qabook_support::testing::{TestBook, contents};
use std::collections::BTreeSet;

/// Chapters that say `errata` bytes of what is told wrongly each, two hundred of them.
fn book(errata: usize) -> TestBook {
    let text = "what is right, and why ".repeat(errata / 23);
    let mut book = TestBook::new("nowhere", "[book]\nlanguage = \"en\"\n").part("Networks");
    for number in 1..=200 {
        let chapter = format!(
            "+++\nnumber = {number}\ntags = [\"tag {number}\"]\n+++\n# Title {number}\n\nText.\n\n\
             ## Errata {{#errata}}\n\n- **Wrong**: it is {number}. **Right**: {text}. ([RFC](https://e.example/{number}))\n"
        );
        book = book.chapter(&format!("net/q{number}.md"), &chapter);
    }
    book
}

/// The pages whose names begin with `name`, in their order.
fn pages(book: &Book, name: &str) -> Vec<(String, String)> {
    contents(book).into_iter().filter(|(path, _)| path.starts_with(name)).collect()
}

#[test]
fn long_pages_are_several_that_hold_everything_once() {
    let book = book(2000).run(&QuestionsPreprocessor).unwrap();
    for (name, most, parts) in [("errata", 200, " {#q"), ("statements", 400, "<li class=\"practice-card\"")] {
        let pages = pages(&book, name);
        assert!(pages.len() > 1, "{name}");
        let whole: String = pages.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(whole.matches(parts).count(), 200, "{name}");
        for (index, (path, text)) in pages.iter().enumerate() {
            let number = if index == 0 { String::new() } else { format!("-{}", index + 1) };
            assert_eq!(path, &format!("{name}{number}.md"));
            assert!(text.len() < (most + 20) * 1024, "{path}: {}", text.len());
            assert!(text.lines().next().unwrap().ends_with(&format!(" {}/{}", index + 1, pages.len())), "{path}");
            assert_eq!(text.matches("aria-current=\"page\">").count(), if name == "errata" { 1 } else { 2 }, "{path}");
        }
    }
    let (_, second) = pages(&book, "errata-2").remove(0);
    assert!(second.contains("<a href=\"errata.html\">1 – "), "{second}");
    assert!(second.contains("\n## Networks\n"), "each page names its parts");
}

#[test]
fn a_link_to_a_tag_leads_to_its_page() {
    let many: String = (0..150).map(|tag| format!("\"{tag}{}\", ", " a long tag".repeat(50))).collect();
    let mut tagged = TestBook::new("nowhere", "[book]\nlanguage = \"en\"\n");
    for number in 1..=2 {
        let chapter = format!("+++\nnumber = {number}\ntags = [{many}]\n+++\n# Title {number}\n\nText.\n");
        tagged = tagged.chapter(&format!("q{number}.md"), &chapter);
    }
    let book = tagged.run(&QuestionsPreprocessor).unwrap();
    let pages = pages(&book, "tags");
    assert!(pages.len() > 1);
    let (_, chapter) = contents(&book).into_iter().find(|(path, _)| path == "q1.md").unwrap();
    let mut seen = BTreeSet::new();
    for link in chapter.split("<a href=\"tags").skip(1) {
        let (page, rest) = link.split_once(".html#").unwrap();
        let id = rest.split('"').next().unwrap();
        let (_, text) = pages.iter().find(|(path, _)| path == &format!("tags{page}.md")).unwrap();
        assert!(text.contains(&format!("{{#{id}}}")), "{page} {id}");
        // From another page a chip leads there, too.
        let (_, last) = pages.last().unwrap();
        let address = if *page == *format!("-{}", pages.len()) { String::new() } else { format!("tags{page}.html") };
        assert!(last.contains(&format!("<a href=\"{address}#{id}\">")), "{id}");
        seen.insert(page.to_string());
    }
    assert_eq!(seen.len(), pages.len());
}

#[test]
fn other_renderers_get_one_page() {
    let book = book(2000).for_renderer("epub").run(&QuestionsPreprocessor).unwrap();
    assert_eq!(pages(&book, "errata").len(), 1);
    assert!(!pages(&book, "errata")[0].1.contains("made-pages"));
}

#[test]
fn a_chapter_in_the_place_of_a_later_page_is_an_error() {
    let error = book(2000).unnumbered("errata-2.md", "# Mine\n").run(&QuestionsPreprocessor).unwrap_err();
    assert!(error.to_string().contains("src/errata-2.md: a page that is made of the questions"), "{error}");
}
