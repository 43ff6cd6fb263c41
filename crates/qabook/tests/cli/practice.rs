//! Pages to practise with, in a book of another language than Chinese.

use crate::small_book::SmallBook;

const CONFIG: &str = "[book]\ntitle = \"Small\"\nlanguage = \"en\"\n\n[output.html]\nsite-url = \"https://books.test/small/\"\n\
                      additional-js = [\"theme/practice/keys.js\", \"theme/js/all.js\"]\n\
                      additional-css = [\"theme/practice/cards.css\"]\n";

const CHAPTER: &str = "+++\nnumber = 1\nquestion = \"What is a socket?\"\nsummary = \"An end of a connection.\"\nlevel = \"basic\"\n\
                       tags = [\"TCP\"]\nverified = 2026-11-29\n\n[[options]]\ntext = \"An end\"\nright = true\nwhy = \"That it is.\"\n\n\
                       [[options]]\ntext = \"A file\"\nwhy = \"Only in some systems.\"\n+++\n\n# Sockets\n\n{{#snippet sum}}\n\n\
                       ## Next {#follow-up}\n\n### Why two?\n\nOne for each side, see [below](#errata).\n\n\
                       ## Errata {#errata}\n\n- **Wrong**: there is one (so they say). **Right**: there are two. ([RFC](https://a.test/))\n";

fn book() -> SmallBook {
    SmallBook::of(&[
        ("book.toml", CONFIG),
        ("src/SUMMARY.md", "# Contents\n\n[Home](README.md)\n\n# Networks\n\n- [Sockets](net/sockets.md)\n"),
        ("src/README.md", "# Home\n\n{{#practice}}\n\n{{#questions}}\n"),
        ("src/net/sockets.md", CHAPTER),
        ("snippets/Cargo.toml", "[dependencies]\n"),
        ("snippets/examples/sum/main.rs", "//! A sum\nfn main() {\n    println!(\"{}\", 1 + 1);\n}\n"),
        ("snippets/examples/sum/output.txt", "2\n"),
        ("theme/practice/keys.js", "'use strict';\nconst keys = 1;\n"),
        ("theme/on-demand.toml", "[[load]]\nfiles = [\"theme/practice/\"]\nwhere = ['data-needs=\"practice\"']\n"),
        ("theme/practice/cards.css", ".cards { color: red }\n"),
        ("theme/js/all.js", "'use strict';\nconst all = 1;\n"),
    ])
}

/// The four pages.
const PAGES: [&str; 4] = ["review", "statements", "follow-ups", "outputs"];

/// What is in `<main>`.
fn main_of(page: &str) -> &str {
    page.split_once("<main>").unwrap().1.split_once("</main>").unwrap().0
}

#[test]
fn an_english_book_asks_in_english() {
    let book = book();
    let output = book.build();
    assert!(output.status.success(), "{output:?}");
    for page in PAGES {
        let page = book.read(&format!("book/{page}.html"));
        let main = main_of(&page);
        let chinese: String = main.chars().filter(|c| ('\u{3000}'..='\u{9fff}').contains(c)).collect();
        assert_eq!(chinese, "", "{main}");
        assert_eq!(main.matches("class=\"practice-card\"").count(), 1, "{main}");
        assert!(main.contains("<summary>Show the "), "{main}");
        for other in PAGES {
            assert!(main.contains(&format!("<a href=\"{other}.html\"")), "{main}");
        }
    }
    let home = book.read("book/index.html");
    assert!(
        home.contains("<a href=\"review.html\" aria-keyshortcuts=\"1\"><strong>Review <kbd>1</kbd></strong>"),
        "{home}"
    );
    let question = book.read("book/net/sockets.html");
    assert!(question.contains("<legend data-no-index=\"\">Choose one</legend>"), "{question}");
}

#[test]
fn what_practice_needs_is_loaded_by_its_pages_alone() {
    let book = book();
    assert!(book.build().status.success());
    for (page, is_practice) in [("review", true), ("outputs", true), ("print", true), ("index", false), ("tags", false)]
    {
        let html = book.read(&format!("book/{page}.html"));
        for file in ["theme/practice/keys-", "theme/practice/cards-"] {
            assert_eq!(html.contains(file), is_practice, "{page}: {file}");
        }
        assert!(html.contains("theme/js/all-"), "{page}");
    }
}

#[test]
fn links_of_a_page_lead_from_where_it_is() {
    let book = book();
    assert!(book.build().status.success());
    let page = book.read("book/follow-ups.html");
    assert!(page.contains("<a href=\"net/sockets.html#errata\">below</a>"), "{page}");
    let output = book.qabook(&["check"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!said.contains("broken-link"), "{said}");
}
