//! `qabook check` on small books: each rule has a book that it finds nothing in and one that breaks it.

mod corrupted;
mod lost;
mod rules;
mod site;
mod source;

use crate::small_book::SmallBook;
use std::process::Output;

/// A book in which there is nothing to fix.
fn good_book() -> SmallBook {
    let book = SmallBook::new();
    book.replace("book.toml", "[book]\n", "[book]\ndescription = \"一加一\"\n");
    book
}

fn check(book: &SmallBook, arguments: &[&str]) -> Output {
    let arguments = [&["check", "--quiet"], arguments].concat();
    let environment = ["GITHUB_ACTIONS", "SOURCE_DATE_EPOCH"];
    environment.iter().fold(&mut book.qabook(&arguments), |command, name| command.env_remove(name)).output().unwrap()
}

fn stdout(output: &Output) -> String {
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Changes the good book and checks that exactly the lines of `found` are reported as errors or warnings.
fn finds(change: impl FnOnce(&SmallBook), found: &[&str]) {
    let book = good_book();
    change(&book);
    let output = check(&book, &[]);
    let report = stdout(&output);
    let lines: Vec<&str> =
        report.lines().filter(|line| line.contains(": error: ") || line.contains(": warning: ")).collect();
    let only_warnings = lines.iter().all(|line| line.contains(": warning: "));
    assert_eq!(output.status.success(), only_warnings, "{report}");
    assert_eq!(lines.len(), found.len(), "{report}{}", String::from_utf8_lossy(&output.stderr));
    for (line, expected) in lines.iter().zip(found) {
        assert!(line.contains(expected), "expected {expected}\n{report}");
    }
}

/// Adds `text` to the chapter, whose first line after it is 18.
fn add(text: &str) -> impl FnOnce(&SmallBook) {
    move |book| book.write("src/maths/sum.md", book.read("src/maths/sum.md") + "\n" + text + "\n")
}

/// A book as a beginner has it: a title, a language, and questions without front matter.
fn english_book(first: &str) -> SmallBook {
    let config = "[book]\ntitle = \"Python\"\nlanguage = \"en\"\n\n[preprocessor.snippets]\nafter = [\"links\"]\n\n\
                  [preprocessor.questions]\nafter = [\"snippets\"]\n\n[preprocessor.katex]\nafter = [\"questions\"]\n\
                  no-css = true\n\n[output.html]\nsite-url = \"/python/\"\n";
    let summary = format!(
        "# Summary\n\n[Python]({first})\n\n# Basics\n\n- [What does **kwargs do?](b/kwargs.md)\n- [Lists?](b/lists.md)\n\
         - [Locks?](b/locks.md)\n"
    );
    let home = format!("src/{first}");
    let locks = "# Locks?\n\nThey cost $O(n^2)$.\n\n## Wrong {#errata}\n\n- **Wrong**: `a`. **Right**: `b`.\n";
    SmallBook::of(&[
        ("book.toml", config),
        ("src/SUMMARY.md", &summary),
        (&home, "# Python\n\nAll of it.\n\n{{#questions}}\n"),
        ("src/b/kwargs.md", "# What does `**kwargs` do?\n\nIt collects them, e.g. `a=1`.\n\n```python\nf(a=1)\n```\n"),
        ("src/b/lists.md", "# Lists?\n\n- a sequence\n- see [locks](locks.md)\n"),
        ("src/b/locks.md", locks),
    ])
}

#[test]
fn a_book_of_a_title_a_language_and_plain_chapters_is_clean() {
    let output = check(&english_book("README.md"), &[]);
    assert_eq!((stdout(&output).as_str(), output.status.code()), ("nothing to fix\n", Some(0)));
}

#[test]
fn a_first_chapter_that_mdbook_renders_twice_is_looked_at_once() {
    let book = english_book("intro.md");
    let output = check(&book, &[]);
    assert_eq!(stdout(&output), "nothing to fix\n");
    book.write("src/intro.md", "# Python\n\nAll of [it](#none), **so\n\n![](a.png)\n");
    let report = stdout(&check(&book, &[]));
    let rules = ["broken-fragment", "literal-mark", "image-alt", "broken-link"];
    for rule in rules {
        assert_eq!(report.matches(&format!("({rule})")).count(), 1, "{rule}: {report}");
    }
}

#[test]
fn a_good_book_is_clean() {
    let output = check(&good_book(), &[]);
    assert_eq!((stdout(&output).as_str(), output.status.code()), ("nothing to fix\n", Some(0)));
}

#[test]
fn what_can_not_be_built_is_reported_with_everything_else() {
    finds(
        |book| {
            book.replace("src/SUMMARY.md", "[草稿]()", "[草稿](maths/draft.md)");
            book.replace("src/maths/sum.md", "正文。", "TODO\n\n{{#include nowhere.md}}\n\n$\\frac{1$");
            book.write("src/README.md", b"# \xff\n");
            book.write("theme/templates/question-header.html", "{% if x %}");
        },
        &[
            "src/README.md:1: error: it is not UTF-8 text",
            "src/SUMMARY.md:8: error: the chapter `maths/draft.md` does not exist (source)",
            "src/maths/sum.md:12:1: warning: a `TODO` is left (todo)",
            "src/maths/sum.md:14: error: the included file src/maths/nowhere.md",
            "src/maths/sum.md:16:1: error: KaTeX refuses the formula",
            "theme/templates/question-header.html:1: error: template error",
        ],
    );
}

#[test]
fn odd_files_do_no_harm() {
    let long_line = "很长的一行，".repeat(50_000);
    let deep = "> ".repeat(2_000) + "甲";
    let odd: [&[u8]; 8] = [
        b"",
        b"\0\0",
        b"\xff\xfe\x00",
        b"\xef\xbb\xbf# \xe7\x94\xb2\r\n\r\n**\r\n",
        b"+++",
        b"# {{#include\n```\n$$\n<p",
        long_line.as_bytes(),
        deep.as_bytes(),
    ];
    for content in odd {
        let pages = ["src/README.md", "src/maths/sum.md", "src/404.md", "published.txt", "snippets/recorded.toml"];
        for files in [&pages[..], &["src/SUMMARY.md"]] {
            let book = good_book();
            for file in files {
                book.write(file, content);
            }
            let output = check(&book, &[]);
            assert!(stdout(&output).ends_with(['\n']), "{files:?}: {}", String::from_utf8_lossy(&output.stderr));
            assert!(matches!(output.status.code(), Some(0 | 1)));
        }
    }
}

#[test]
fn a_site_that_is_there_is_checked_as_it_is() {
    let book = good_book();
    assert!(book.build().status.success());
    let page = book.read("book/maths/sum.html").replace("<title>", "<title hidden></title><title>");
    book.write("book/maths/sum.html", page);
    let output = check(&book, &["--site", "book"]);
    assert!(
        stdout(&output).contains("src/maths/sum.md: error: the page has no title (page-title)"),
        "{}",
        stdout(&output)
    );
    let output = check(&book, &["--site", "nowhere"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("error: nowhere"));
}

#[test]
fn a_check_leaves_the_book_alone() {
    let book = good_book();
    check(&book, &[]);
    assert!(!book.root().join("book").exists(), "the site is built elsewhere");
}

#[test]
fn tools_get_json_on_stdout() {
    let book = good_book();
    add("TODO")(&book);
    book.write("check.toml", "[rules]\ntodo = \"error\"\n");
    let report: serde_json::Value = serde_json::from_str(&stdout(&check(&book, &["--format", "json"]))).unwrap();
    assert_eq!((report["version"].as_u64(), report["errors"].as_u64()), (Some(1), Some(1)));
    let finding = &report["findings"][0];
    assert_eq!((finding["rule"].as_str(), finding["file"].as_str()), (Some("todo"), Some("src/maths/sum.md")));
    assert_eq!((finding["line"].as_u64(), finding["column"].as_u64()), (Some(18), Some(1)));
}

#[test]
fn github_gets_annotations_by_itself() {
    let book = good_book();
    add("TODO")(&book);
    book.write("check.toml", "[rules]\ntodo = \"error\"\n");
    let output = book.qabook(&["check", "--quiet"]).env("GITHUB_ACTIONS", "true").output().unwrap();
    let expected = "::error file=src/maths/sum.md,line=18,col=1,title=todo::a `TODO` is left%0Ahint: ";
    assert!(stdout(&output).starts_with(expected), "{}", stdout(&output));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("src/maths/sum.md:18:1: error: a `TODO`"),
        "the log has it, too"
    );
}
