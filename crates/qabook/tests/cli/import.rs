//! `qabook import`: a list becomes a book that builds and that `check` has nothing against, whatever is in the list.

use crate::small_book::SmallBook;
use std::fs;
use std::process::Output;

/// What would break a build, or be an error of `check`.
const TRAPS: &str = r#"# Traps

An introduction: https://example.org, TODO, **kwargs and $5.

## Part

### 1. What does `**kwargs` cost: $5 or $6?

It costs $5 or $6, but $a^2$ is a formula, and $\nonsense{$ is none.

Write {{#include other.md}}, {{ x }} and `{{#each x}}`.

+++

<div align="center">
<b>bold</p>

A Vec<String> and the <div> element, <script>alert("x")</script>.

##### Too deep

###### ⭐

    indented $HOME `code`

```python
print("Python")
```

```mermaid
graph TD
  A --> B
```

```mermaid
no diagram at all
```

### 2. Why?

[nowhere](#nothing), [a file](gone.md), [the first](#1-what-does-kwargs-cost-5-or-6), [too deep](#too-deep)

![](https://example.org/picture.png) ![](missing.png) <img src="https://example.org/x.svg" onload="x()">

### 2. Why?

A *second* one of that name.

### 3. No answer
"#;

fn import(folder: &SmallBook, arguments: &[&str]) -> (Output, String, String) {
    let output = folder.qabook(&[&["import"], arguments].concat()).output().unwrap();
    let out = String::from_utf8_lossy(&output.stdout).replace('\\', "/");
    let err = String::from_utf8_lossy(&output.stderr).replace('\\', "/");
    (output, out, err)
}

#[test]
fn a_list_of_traps_builds_and_has_no_error() {
    let folder = SmallBook::of(&[("list.md", TRAPS)]);
    let (output, out, err) = import(&folder, &["list.md", "--into", "book-of-traps"]);
    assert!(output.status.success(), "{err}");
    assert!(err.contains("4 questions: headings of level 3 (###), numbered"), "{err}");
    assert!(
        err.contains(
            "qabook record --new what-does-kwargs-cost-5-or-6 --chapter src/part/what-does-kwargs-cost-5-or-6.md"
        ),
        "{err}"
    );
    assert!(out.lines().any(|line| line == "book-of-traps/src/part/why-2.md"), "{out}");
    for command in [["build", "--root", "book-of-traps"], ["check", "--root", "book-of-traps"]] {
        let output = folder.qabook(&command).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command:?}: {said}");
    }
    let page = folder.read("book-of-traps/book/part/what-does-kwargs-cost-5-or-6.html");
    assert!(page.contains("&lt;script") && !page.contains("alert(\"x\")</script>"), "scripts are shown as text");
}

#[test]
fn a_dry_run_prints_the_plan_and_writes_nothing() {
    let folder = SmallBook::of(&[("list.md", TRAPS)]);
    let (output, out, err) = import(&folder, &["list.md", "--dry-run"]);
    assert!(output.status.success(), "{err}");
    assert!(out.contains("list-book/src/SUMMARY.md\n"), "{out}");
    assert!(err.contains("list.md:41  [nowhere](#nothing)"), "every place is named: {err}");
    let names: Vec<_> = fs::read_dir(folder.root()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["list.md"]);
}

#[test]
fn a_second_import_leaves_alone_what_the_author_changed() {
    let folder = SmallBook::of(&[("list.md", TRAPS)]);
    assert!(import(&folder, &["list.md", "--into", "b"]).0.status.success());
    folder.write("b/src/part/why.md", "# Why?\n\nMine.\n");
    let (_, out, err) = import(&folder, &["list.md", "--into", "b"]);
    assert_eq!(out, "");
    assert!(err.contains("left alone, because you changed it: src/part/why.md"), "{err}");
    assert_eq!(folder.read("b/src/part/why.md"), "# Why?\n\nMine.\n");
    let (_, out, _) = import(&folder, &["list.md", "--into", "b", "--force"]);
    assert_eq!(out, "b/src/part/why.md\n");
}

#[test]
fn lists_that_cannot_be_imported_are_told_with_their_lines() {
    let files =
        [("none.md", "# A title\n\ntext\n"), ("open.md", "# L\n\n## 1. A\n\n```\n\n## 2. B\n"), ("list.md", TRAPS)];
    let folder = SmallBook::of(&files);
    folder.write("cells.csv", "question,answer\nWhat is a cat?,A small, furry, shy animal.\n");
    folder.write("quote.csv", "question,answer\nWhat is a?,\"a is one\nWhat is b?,b is two\n");
    folder.write(
        "gbk.md",
        [b"# A\n\n".as_slice(), &[0xca, 0xb2, 0xc3, 0xb4, 0xca, 0xc7, 0xcf, 0xdf, 0xb3, 0xcc]].concat(),
    );
    fs::create_dir_all(folder.root().join("taken/src/part")).unwrap();
    folder.write("taken/src/part/why.md", "# Mine\n");
    for (arguments, message) in [
        (&["none.md"][..], "none.md: no questions were found"),
        (&["open.md"], "open.md:5: the fence that opens here swallows what looks like a question on line 7"),
        (&["cells.csv"], "cells.csv:2: “furry” is in no column"),
        (&["quote.csv"], "quote.csv:2: nothing closes the quote that opens a cell here"),
        (&["gone.md"], "gone.md: it can't be read"),
        (&["gbk.md"], "gbk.md:3: this isn't UTF-8; it looks like GB18030"),
        (&["list.md", "--question-level", "4"], "list.md: no heading of level 4 was found"),
        (&["list.md", "--title", ""], "the title is empty\n    hint: name it by --title\n"),
        (
            &["list.md", "--language", ""],
            "\"\" is no language\n    hint: write its BCP 47 tag, such as en, zh-CN or pt-BR\n",
        ),
        (&["list.md", "--into", "taken", "--title", " "], "the title is empty\n"),
        (&["list.md", "--into", "taken"], "taken/src/part/why.md:1: this file is there already"),
        (&["list.md", "--into", "none.md"], "none.md: this is no folder"),
    ] {
        let (output, out, err) = import(&folder, arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {err}");
        assert!(err.contains(message) && err.contains("hint: ") && out.is_empty(), "{arguments:?}: {err}");
        assert!(!err.contains("disk"), "{arguments:?}: {err}");
    }
    assert_eq!(fs::read_dir(folder.root().join("taken/src")).unwrap().count(), 1, "nothing is half-written");
}

#[test]
fn tables_are_read_with_commas_semicolons_and_tabs() {
    let said = "2 questions: rows of a table";
    for (name, text, columns, answer) in [
        ("a.csv", "question,answer,source\nWhat is a?,\"It, yes\",X\nb?,\n", "commas", "It, yes\n\n**source**: X\n"),
        ("b.csv", "question;answer\r\nWhat is a?;It is a, yes.\r\nb?;\r\n", "semicolons", "It is a, yes.\n"),
        ("c.csv", "What is a?\tA, b\nb?\tb\n", "tabs", "A, b\n"),
        ("d.tsv", "What is a?\t\"A\" is a letter.\n\"b?\"\tb\n", "tabs", "\"A\" is a letter.\n"),
    ] {
        let folder = SmallBook::of(&[(name, text)]);
        let (output, _, err) = import(&folder, &[name, "--into", "b"]);
        assert!(output.status.success(), "{err}");
        assert!(err.contains(&format!("{said} ({columns} between cells, ")), "{err}");
        assert_eq!(folder.read("b/src/questions/what-is-a.md"), format!("# What is a?\n\n{answer}"), "{text}");
    }
}

#[test]
fn commands_can_be_pasted_whatever_the_books_name() {
    let folder = SmallBook::of(&[("Q's (2024).md", TRAPS), ("Q's.csv", "")]);
    let said = |name: &str| {
        let (output, ..) = import(&folder, &[name]);
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let err = said("Q's (2024).md");
    assert!(err.contains(r"see the book with: qabook serve --root 'Q'\''s (2024)-book'"), "{err}");
    folder.write("Q's.csv", [0xca, 0xb2, 0xc3, 0xb4, 0xca, 0xc7, 0xcf, 0xdf, 0xb3, 0xcc]);
    let err = said("Q's.csv");
    assert!(err.contains(r"iconv -f GB18030 -t UTF-8 'Q'\''s.csv' > utf-8.csv"), "{err}");
}
