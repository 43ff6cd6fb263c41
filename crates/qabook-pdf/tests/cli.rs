//! The command: a small book on disk, mdBook's protocol, and nothing left behind after a failure.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A book of one chapter with `markdown`.
fn small_book(markdown: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    write("book.toml", "[book]\ntitle = \"小书\"\n\n[output.html]\nsite-url = \"/little/\"\n");
    write("src/SUMMARY.md", "# 目录\n\n- [甲](a.md)\n");
    write("src/a.md", markdown);
    folder
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qabook-pdf"));
    command.current_dir(folder).env("SOURCE_DATE_EPOCH", "1767225600");
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_file_is_named_after_the_site_and_the_layout() {
    let book = small_book("# 甲\n\n字。\n");
    for (arguments, name) in [
        (&[][..], "little.pdf"),
        (&["--paper", "a5"], "little-a5.pdf"),
        (&["--screen", "--large-print"], "little-screen-large-print.pdf"),
    ] {
        let output = command(book.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "", "stdout is for data");
        assert!(text(&output.stderr).starts_with(&format!("./book/{name}: ")), "{}", text(&output.stderr));
        assert!(fs::read(book.path().join("book").join(name)).unwrap().starts_with(b"%PDF-1.7"));
    }
}

#[test]
fn what_is_written_as_html_is_set() {
    let book = small_book(
        "# 甲\n\n<table><caption>题<b>名</b></caption><thead><tr><th rowspan=2>甲</th><th colspan=2>乙</th></tr><tr><th>丙</th>\
         <th>丁</th></tr></thead><tr><th>一</th><td colspan=2><p>二</p><ul><li>三</li></ul></td></tr></table>\n\n\
         <table><tr><td>只有一行</td></tr></table>\n\n<ruby>字<rt>zì</rt></ruby><ins>加</ins><u>线</u><q>引</q><var>n</var>\
         <cite>书</cite><dfn>定</dfn><abbr title=\"甲\">乙</abbr><kbd>A</kbd><mark>亮</mark><small>小</small>\n\n\
         <dl><dt>词<dd>义</dl>\n\n<ol start=3><li>三</ol>\n\n<pre>a  b</pre>\n",
    );
    let output = command(book.path()).output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(!text(&output.stderr).contains("warning"), "{}", text(&output.stderr));
}

/// An English book with a question.
fn book_of_questions() -> tempfile::TempDir {
    let book = small_book(
        "+++\nnumber = 1\nquestion = \"Why?\"\nsummary = \"Because.\"\nlevel = \"basic\"\ntags = [\"a\"]\nverified = \
         2026-01-01\n+++\n\n# Why?\n\nText.\n",
    );
    let toml = book.path().join("book.toml");
    let settings = fs::read_to_string(&toml).unwrap() + "\n[preprocessor.questions]\nafter = [\"links\"]\n";
    fs::write(&toml, settings).unwrap();
    book
}

#[test]
fn a_cheat_sheet_has_a_name_of_its_own() {
    let book = book_of_questions();
    for (arguments, name) in [
        (&["--cheat-sheet"][..], "little-cheat-sheet.pdf"),
        (&["--cheat-sheet", "--no-answers"], "little-cheat-sheet-no-answers.pdf"),
        (&["--cheat-sheet", "--paper", "a5"], "little-cheat-sheet-a5.pdf"),
    ] {
        let output = command(book.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(text(&output.stderr).starts_with(&format!("./book/{name}: 1 pages, ")), "{}", text(&output.stderr));
        assert!(fs::read(book.path().join("book").join(name)).unwrap().starts_with(b"%PDF-1.7"));
    }
    let output = command(book.path()).arg("--no-answers").output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("--cheat-sheet"), "{}", text(&output.stderr));
}

#[test]
fn a_book_without_questions_leaves_the_last_cheat_sheet() {
    let book = small_book("# 甲\n\n字。\n");
    // A chapter without a number is no question.
    fs::write(book.path().join("src/SUMMARY.md"), "# 目录\n\n[甲](a.md)\n").unwrap();
    let last = book.path().join("book/little-cheat-sheet.pdf");
    fs::create_dir(book.path().join("book")).unwrap();
    fs::write(&last, "the last one").unwrap();
    let output = command(book.path()).arg("--cheat-sheet").output().unwrap();
    assert!(!output.status.success());
    assert!(text(&output.stderr).starts_with("error: the book has no questions"), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(&last).unwrap(), "the last one");
    assert_eq!(files(&book.path().join("book")), ["little-cheat-sheet.pdf"]);
}

#[test]
fn a_failed_run_leaves_the_last_file_and_nothing_else() {
    let book = small_book("# 甲\n\n🦀\n");
    let last = book.path().join("book/little.pdf");
    fs::create_dir(book.path().join("book")).unwrap();
    fs::write(&last, "the last one").unwrap();
    let output = command(book.path()).output().unwrap();
    assert!(!output.status.success());
    assert!(text(&output.stderr).starts_with("error: src/a.md:3: no font"), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(&last).unwrap(), "the last one");
    assert_eq!(files(&book.path().join("book")), ["little.pdf"]);
    assert_eq!(files(book.path()), ["book", "book.toml", "src"]);
}

#[test]
fn an_address_that_is_none_is_an_error() {
    let book = small_book("# 甲\n");
    let output = command(book.path()).args(["--site", "/little/"]).output().unwrap();
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("hint: write it whole"), "{}", text(&output.stderr));
}

/// Runs the command as mdBook does: the book as JSON on stdin, in the folder of its output.
fn as_renderer(folder: &Path, configuration: &str) -> Output {
    let config: mdbook_preprocessor::config::Config =
        format!("[book]\ntitle = \"小书\"\n\n{configuration}").parse().unwrap();
    let book = mdbook_driver::MDBook::load_with_config(folder, config).unwrap();
    let destination = folder.join("out");
    fs::create_dir(&destination).unwrap();
    let ctx = mdbook_renderer::RenderContext::new(folder, book.book.clone(), book.config.clone(), &destination);
    let mut child = command(&destination)
        .arg("--from-mdbook")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let json = serde_json::to_vec(&ctx).unwrap();
    child.stdin.take().unwrap().write_all(&json).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn as_a_renderer_of_mdbook_it_writes_into_the_given_folder() {
    let book = small_book("# 甲\n\n字。\n");
    let output = as_renderer(book.path(), "[output.pdf]\ncommand = \"qabook-pdf --from-mdbook\"\npaper = \"a5\"\n");
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(files(&book.path().join("out")), ["book-a5.pdf"]);
}

#[test]
fn as_a_renderer_it_makes_the_cheat_sheet_that_book_toml_asks_for() {
    let book = small_book("# 甲\n");
    let output = as_renderer(book.path(), "[output.pdf]\nno-answers = true\n");
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("hint: add `cheat-sheet = true`"), "{}", text(&output.stderr));
    fs::remove_dir(book.path().join("out")).unwrap();
    let output = as_renderer(book.path(), "[output.pdf]\ncheat-sheet = true\n");
    assert!(text(&output.stderr).contains("the book has no questions"), "{}", text(&output.stderr));
}

#[test]
fn an_unknown_key_is_an_error() {
    let book = small_book("# 甲\n");
    let output = as_renderer(book.path(), "[output.pdf]\npapper = \"a5\"\n");
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("papper"), "{}", text(&output.stderr));
}
