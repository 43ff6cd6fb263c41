//! Bad input: what the author is told.

mod common;

use mdbook_snippets::SnippetPreprocessor;
use qabook_support::testing::TestBook;
use std::fs;

/// Builds a book whose only chapter is `chapter` next to the package of the golden tests.
fn error_of(chapter: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("src/a.md"), chapter).unwrap();
    let package = common::root().join("package");
    // A literal string: a Windows path has backslashes.
    let config = format!("[preprocessor.snippets]\nreplace-python = true\npackage = '{}'\n", package.display());
    let error = TestBook::new(folder.path(), &config).chapter("a.md", chapter).run(&SnippetPreprocessor).unwrap_err();
    let root = format!("{}/", folder.path().display()).replace('\\', "/");
    error.to_string().replace(&root, "").replace(&package.display().to_string(), "PACKAGE")
}

#[test]
fn an_unknown_snippet_is_named_with_the_nearest_ones() {
    assert_eq!(
        error_of("# 一\n\n{{#snippet echo-server}}\n"),
        "src/a.md:3: no snippet is called `echo-server`\n    \
         hint: create PACKAGE/examples/echo-server/main.rs, or write one of: echo"
    );
}

#[test]
fn python_without_a_replacement_is_named_with_its_line() {
    let error = error_of("# 一\n\n正文\n\n```python\nprint(1)\n```\n");
    assert!(
        error.starts_with("src/a.md:5: a Python example without a Rust replacement\n    hint: name its program"),
        "{error}"
    );
}

#[test]
fn every_mistake_of_the_book_is_shown_at_once() {
    let error = error_of(
        "{{#snippet nope}}\n\n```python,snippet=echo,frobnicate\n```\n\n{{#snippet parts:server}}\n\n```text\n",
    );
    let lines: Vec<&str> = error.lines().filter(|line| !line.starts_with("    ")).collect();
    assert_eq!(
        lines,
        [
            "src/a.md:1: no snippet is called `nope`",
            "src/a.md:3: unknown attribute `frobnicate`",
            "src/a.md:6: `parts` has no part `server`",
            "src/a.md:8: this fence is never closed",
        ]
    );
}

#[test]
fn a_language_that_cant_come_first_is_named_with_its_line() {
    assert_eq!(
        error_of("# 一\n\n```python,snippet=echo,primary=ruby\n```\n\n{{#snippet echo primary=python}}\n"),
        "src/a.md:3: `primary=ruby` is no language of a card\n    hint: write primary=python, or leave it out\n\
         src/a.md:6: `primary=python` on a card without Python\n    \
         hint: write the Python in a fence that names the program: ```python,snippet=NAME,primary=python"
    );
}

#[test]
fn a_program_without_recorded_output_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let example = folder.path().join("snippets/examples/silent");
    fs::create_dir_all(&example).unwrap();
    fs::write(folder.path().join("snippets/Cargo.toml"), "").unwrap();
    fs::write(example.join("main.rs"), "//! 无输出\nfn main() {}\n").unwrap();
    let book = TestBook::new(folder.path(), "").chapter("a.md", "{{#snippet silent}}\n");
    let error = book.run(&SnippetPreprocessor).unwrap_err().to_string();
    assert!(error.contains("silent/output.txt can't be read"), "{error}");
    assert!(error.contains("hint: run `qabook record`"), "{error}");
}

#[test]
fn a_python_record_that_is_no_text_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let example = folder.path().join("snippets/examples/binary");
    fs::create_dir_all(&example).unwrap();
    fs::write(folder.path().join("snippets/Cargo.toml"), "").unwrap();
    fs::write(example.join("main.rs"), "//! 无输出\nfn main() {}\n").unwrap();
    fs::write(example.join("output.txt"), "").unwrap();
    fs::write(example.join("python.txt"), b"\xff\n").unwrap();
    let book = TestBook::new(folder.path(), "").chapter("a.md", "```python,snippet=binary\nx\n```\n");
    let error = book.run(&SnippetPreprocessor).unwrap_err().to_string();
    assert!(error.contains("binary/python.txt can't be read"), "{error}");
    assert!(error.contains("hint: run `qabook record`"), "{error}");
}

#[test]
fn highlighted_lines_must_exist() {
    assert!(
        error_of("{{#snippet parts:client highlight=2}}\n").contains("highlight=2-2 lies beyond the 1 lines shown")
    );
}

#[test]
fn an_unknown_setting_is_refused() {
    let book = TestBook::new("tests", "[preprocessor.snippets]\npakage = \"x\"\n").chapter("a.md", "");
    let error = format!("{:#}", book.run(&SnippetPreprocessor).unwrap_err());
    assert!(error.contains("book.toml: [preprocessor.snippets]"), "{error}");
    assert!(error.contains("unknown field `pakage`"), "{error}");
}

#[test]
fn a_missing_package_says_where_it_was_looked_for() {
    let book = |strict: bool, chapter: &str| {
        let config = format!("[preprocessor.questions]\nstrict = {strict}\n");
        TestBook::new("nowhere", &config).chapter("a.md", chapter).run(&SnippetPreprocessor)
    };
    for strict in [true, false] {
        assert!(book(strict, "no program is named").is_ok(), "a book may have no programs");
        let error = book(strict, "{{#snippet a}}\n").unwrap_err().to_string();
        assert!(error.contains("no snippet is called `a`: nowhere/snippets is no snippet package"), "{error}");
        assert!(error.contains("hint: set `package` in [preprocessor.snippets]"), "{error}");
    }
    assert!(book(false, "```python\nprint(1)\n```\n").is_ok());
}
