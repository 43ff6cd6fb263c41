//! Mistakes in SUMMARY.md that lose a chapter.

use crate::small_book::SmallBook;

/// What the two commands print, of which one stops at mistakes and one lists them, of a book with `chapters` and `summary`.
fn failures(chapters: &[&str], summary: &str) -> [String; 2] {
    let book = SmallBook::of(&[
        ("book.toml", "[book]\ntitle = \"小书\"\nlanguage = \"zh-CN\"\n"),
        ("src/SUMMARY.md", summary),
    ]);
    for chapter in chapters {
        book.write(&format!("src/{chapter}"), format!("# {chapter}\n\n正文。\n"));
    }
    let [built, checked] = ["build", "check"].map(|command| book.qabook(&[command]).output().unwrap());
    assert_eq!([built.status.code(), checked.status.code()], [Some(1), Some(1)], "{summary}");
    [built.stderr, checked.stdout].map(|said| String::from_utf8(said).unwrap().replace('\\', "/"))
}

/// That both find `problems` and no more, each a line of SUMMARY.md and its message.
fn check(chapters: &[&str], summary: &str, problems: &[(usize, &str)]) {
    for said in failures(chapters, summary) {
        let found = said.lines().filter(|line| line.contains("src/"));
        let found: Vec<&str> = found.map(|line| line.trim_start_matches("error: ")).collect();
        assert_eq!(found.len(), problems.len(), "{summary}\n{said}");
        for (found, (line, message)) in found.iter().zip(problems) {
            let is_said = found.starts_with(&format!("src/SUMMARY.md:{line}: ")) && found.contains(message);
            assert!(is_said, "{line}: {message}\n{said}");
        }
    }
}

#[test]
fn links_that_give_the_book_no_chapter() {
    let books: [(&str, &[(usize, &str)]); 6] = [
        ("# 目录\n\n[零](0.md)\n\n- [甲](a.md)\n[乙](b.md)\n- [丙](c.md)\n", &[(6, "b.md")]),
        ("- [零](0.md)\n- [甲](a.md), [乙](b.md)\n- [丙](c.md)\n", &[(2, "b.md")]),
        // mdBook takes only the last of several lists below an item.
        ("- [零](0.md)\n  - [甲](a.md)\n  - [乙][b]\n  * [丙](c.md)\n\n[b]: b.md\n", &[(2, "a.md"), (3, "b.md")]),
        ("- [零](0.md)\n- [甲](a.md)\n\n# [乙](b.md)\n\n- [丙](c.md)\n", &[(4, "b.md")]),
        ("# 目录\n\n- [零](0.md)\n\n## [甲](a.md)\n\n- [乙](b.md)\n- [丙](c.md)\n", &[(5, "a.md")]),
        ("- [零](0.md)\n[草稿]()\n- [别的草稿]()\n", &[(2, "草稿")]),
    ];
    for (summary, lost) in books {
        let message = |name: &str| format!("the link to `{name}` is where mdBook takes no chapter from");
        let problems: Vec<(usize, String)> = lost.iter().map(|(line, name)| (*line, message(name))).collect();
        let problems: Vec<(usize, &str)> = problems.iter().map(|(line, message)| (*line, message.as_str())).collect();
        check(&["0.md", "a.md", "b.md", "c.md"], summary, &problems);
    }
}

#[test]
fn chapters_that_make_one_page() {
    for (chapters, message) in [
        (["README.md", "index.md"], "the chapters `README.md` (line 1) and `index.md` make the same page, index.html"),
        (["a.md", "a.markdown"], "the chapters `a.md` (line 1) and `a.markdown` make the same page, a.html"),
        (["b/readme.md", "b/index.txt"], "the chapters `b/readme.md` (line 1) and `b/index.txt` make the same page"),
        (["a.md", "a.md"], "the chapter `a.md` is listed twice, first on line 1"),
        (["a.md", "./a.md"], "the chapters `a.md` (line 1) and `./a.md` make the same page"),
    ] {
        let summary = format!("- [甲]({})\n- [草稿]()\n- [乙]({})\n", chapters[0], chapters[1]);
        check(&chapters, &summary, &[(3, message)]);
    }
}

#[test]
fn chapters_in_the_place_of_what_mdbook_makes() {
    for name in ["print", "toc"] {
        let message = format!("the build makes {name}.html itself, and would make the page of `{name}.md` there");
        check(&["a.md", &format!("{name}.md")], &format!("- [甲](a.md)\n- [乙]({name}.md)\n"), &[(2, &message)]);
    }
    let message = "the build makes 404.html itself";
    check(&["a.md", "404.markdown"], "- [甲](a.md)\n- [乙](404.markdown)\n", &[(2, message)]);
}

#[test]
fn names_of_which_no_link_can_be_made() {
    for (name, found) in [("c#.md", "`#`"), ("why?/a.md", "`?`"), ("50%#.md", "`#` and `%`"), ("Q1:a.md", "`:`")] {
        let message = format!("no link leads to the chapter `{name}`: its name has {found}");
        check(&["a.md", name], &format!("- [甲](a.md)\n- [乙]({name})\n"), &[(2, &message)]);
    }
}

#[test]
fn other_links_and_names_are_let_pass() {
    let book = SmallBook::of(&[
        ("book.toml", "[book]\ntitle = \"小书\"\nlanguage = \"zh-CN\"\n"),
        (
            "src/SUMMARY.md",
            "# 目录 [网站](https://books.test)\n\n<!-- [旧](old.md) -->\n\n[`甲`](./a.md)\n\n# 部\n\n- [乙\n  二](b%20c.md)\n- [草稿 `二`]()\n\
             - [草稿 `二`]()\n- [丙](A.md)\n- [没有](404.md)\n",
        ),
    ]);
    // The system tells their cases apart, or there is one file.
    let names = if cfg!(target_os = "linux") { ["a.md", "A.md"] } else { ["a.md", "c.md"] };
    if names[1] == "c.md" {
        book.replace("src/SUMMARY.md", "(A.md)", "(c.md)");
    }
    for name in names.iter().chain(&["b c.md", "404.md"]) {
        book.write(&format!("src/{name}"), "# 题\n\n正文。\n");
    }
    let output = book.build();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
