//! `qabook theme eject`, `qabook config`, and themes that can't be used.

use crate::small_book::SmallBook;
use std::fs;

fn plain() -> SmallBook {
    SmallBook::of(&[
        ("book.toml", "[book]\ntitle = \"Small\"\nlanguage = \"en\"\n"),
        ("src/SUMMARY.md", "[A](a.md)\n"),
        ("src/a.md", "# A\n\nText.\n"),
    ])
}

fn run(book: &SmallBook, arguments: &[&str]) -> (bool, String, String) {
    let output = book.qabook(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

/// The site's files with their bytes.
fn site(book: &SmallBook) -> Vec<(String, Vec<u8>)> {
    let folder = book.root().join("book");
    let files = qabook::site::files(&folder).unwrap();
    let name = |file: &std::path::Path| file.strip_prefix(&folder).unwrap().display().to_string();
    let mut files: Vec<_> = files.iter().map(|file| (name(file), fs::read(file).unwrap())).collect();
    files.sort();
    files
}

#[test]
fn the_named_files_are_copied() {
    let book = plain();
    let (ok, out, err) = run(&book, &["theme", "eject", "css/page.css", "theme/js/", "head.hbs"]);
    assert!(ok && out.is_empty(), "{err}");
    for path in ["css/page.css", "js/shared.js", "head.hbs"] {
        let file = fs::read(book.root().join("theme").join(path)).unwrap();
        assert_eq!(file, *qabook_theme::file(path).unwrap());
    }
    assert!(!book.root().join("theme/css/home.css").exists());
    assert_eq!(book.root().read_dir().unwrap().count(), 3, "book.toml, src, theme and nothing else");
}

#[test]
fn files_are_listed_without_a_book() {
    let folder = tempfile::tempdir().unwrap();
    let list =
        SmallBook::plain("").qabook(&["theme", "eject", "--list", "js"]).current_dir(folder.path()).output().unwrap();
    let list = String::from_utf8(list.stdout).unwrap();
    assert!(
        list.lines().any(|line| line == "js/shared.js") && list.lines().all(|line| line.starts_with("js/")),
        "{list}"
    );
}

#[test]
fn the_authors_files_are_never_replaced_and_then_none_is_copied() {
    let book = plain();
    book.write("theme/css/page.css", "mine");
    book.write("theme/js", "a file, where the theme has a folder");
    let (ok, _, err) = run(&book, &["theme", "eject"]);
    assert!(!ok && err.contains("theme/css/page.css: the file is there already\n    hint: move it away"), "{err}");
    assert_eq!(book.read("theme/css/page.css"), "mine");
    assert_eq!(book.root().join("theme").read_dir().unwrap().count(), 2, "nothing was copied");

    let (ok, _, err) = run(&book, &["theme", "eject", "css", "--missing"]);
    assert!(ok && book.root().join("theme/css/home.css").exists(), "{err}");
    assert_eq!(book.read("theme/css/page.css"), "mine");

    let (ok, _, err) = run(&book, &["theme", "eject", "head.hbs", "js/shared.js"]);
    assert!(!ok && err.contains("theme/js/shared.js can't be written"), "{err}");
    assert!(!book.root().join("theme/head.hbs").exists(), "all or none");
    assert_eq!(book.root().read_dir().unwrap().count(), 3, "nothing is left behind");
}

#[test]
fn what_was_copied_before_is_no_obstacle() {
    let book = plain();
    assert!(run(&book, &["theme", "eject", "head.hbs"]).0);
    let (ok, _, err) = run(&book, &["theme", "eject"]);
    assert!(ok, "{err}");
    let all = qabook::site::files(&book.root().join("theme")).unwrap();
    assert_eq!(all.len(), run(&book, &["theme", "eject", "--list"]).1.lines().count());
    for file in ["templates/snippet.html", "templates/page-head.html", "epub.css"] {
        assert!(book.root().join("theme").join(file).is_file(), "{file}");
    }
}

#[test]
fn a_name_that_the_theme_has_not_is_answered_with_those_it_has() {
    let book = plain();
    for (name, hint) in [
        ("css/pages.css", "hint: write one of: css/page.css"),
        ("shared.ts", "hint: write one of: js/shared.js"),
        ("quux", "hint: `qabook theme eject --list` shows all"),
        ("../book.toml", "hint: `qabook theme eject --list` shows all"),
    ] {
        let (ok, _, err) = run(&book, &["theme", "eject", "head.hbs", name]);
        assert!(!ok && err.contains(&format!("the theme has no file `{name}`\n    {hint}")), "{err}");
        assert!(!book.root().join("theme").exists());
    }
}

#[test]
fn a_book_with_everything_written_out_is_the_same() {
    let book = plain();
    assert!(run(&book, &["build"]).0);
    let before = site(&book);
    let (ok, explicit, err) = run(&book, &["config", "--explicit"]);
    assert!(ok, "{err}");
    for part in ["title = \"Small\"", "[preprocessor.katex]", "\"theme/css/page.css\"", "[output.html.search]"] {
        assert!(explicit.contains(part), "{part} is not in {explicit}");
    }
    assert!(run(&book, &["theme", "eject"]).0);
    book.write("book.toml", explicit.clone());
    assert_eq!(run(&book, &["config", "--explicit"]).1, explicit);
    assert!(run(&book, &["build"]).0);
    assert!(site(&book) == before);
}

/// Builds and checks the book that `change` makes of a good one, and looks at what is said.
fn refuses(change: impl FnOnce(&SmallBook), messages: &[&str]) {
    let book = plain();
    change(&book);
    let (ok, _, err) = run(&book, &["build", "--quiet"]);
    assert!(!ok && !err.contains("panicked") && !book.root().join("book").exists(), "{err}");
    let (checks, report, said) = run(&book, &["check", "--quiet"]);
    assert!(!checks && !said.contains("panicked"), "{report}{said}");
    for message in messages {
        assert!(err.contains(message), "expected {message}\n{err}");
        let (message, _) = message.split_once('\n').unwrap_or((message, ""));
        let (place, what) = message.split_once(": ").unwrap();
        let told = [&report, &said].iter().any(|text| text.contains(message))
            || report.contains(&format!("{place}: error: {what}"));
        assert!(told, "expected {message}\n{report}{said}");
    }
}

fn html(keys: &'static str) -> impl FnOnce(&SmallBook) {
    move |book| book.write("book.toml", book.read("book.toml") + "\n[output.html]\n" + keys + "\n")
}

#[test]
fn a_theme_that_is_no_folder() {
    refuses(|book| book.write("theme", "x"), &["theme: the theme is no folder\n    hint: move the file away"]);
    refuses(html("theme = \"look\""), &["look: there is no such folder\n    hint: make it, or take `theme` out"]);
}

#[test]
fn what_is_in_the_place_of_a_file_of_the_theme() {
    refuses(
        |book| {
            fs::create_dir_all(book.root().join("theme/css/page.css")).unwrap();
            book.write("theme/practice", "x");
        },
        &[
            "theme/css/page.css: the theme's file css/page.css would be in this place\n    hint: give yours another name",
            "theme/practice: the theme's file practice/bar.css would be in this place",
        ],
    );
}

#[cfg(unix)]
#[test]
fn links_in_the_theme_that_lead_nowhere_or_in_a_circle() {
    use std::os::unix::fs::symlink;
    refuses(
        |book| {
            book.write("theme/own.css", "");
            symlink("gone.css", book.root().join("theme/link.css")).unwrap();
            symlink(".", book.root().join("theme/itself")).unwrap();
        },
        &[
            "theme/link.css: it is a link to `gone.css`, which does not exist\n    hint: mend the link",
            "theme/itself: links lead in a circle\n    hint: delete the link",
        ],
    );
}

#[test]
fn files_to_load_that_do_not_exist() {
    refuses(
        html("additional-css = [\"own.css\"]\nadditional-js = [\"theme/js/own.js\", \"a/b.js\"]"),
        &[
            "book.toml:6: the file `own.css` in `additional-css` does not exist\n    hint: write it, or take it out",
            "book.toml:7: the file `theme/js/own.js` in `additional-js` does not exist",
            "book.toml:7: the file `a/b.js`",
        ],
    );
}

#[test]
fn settings_of_the_wrong_kind() {
    refuses(html("additional-css = \"own.css\""), &["book.toml:6: [output.html]: invalid type: string \"own.css\""]);
    refuses(html("smart-quotes = true"), &["book.toml:6: [output.html]: unknown field `smart-quotes`"]);
    refuses(|book| book.write("book.toml", "output = 1\n[book]\n"), &["book.toml:2: the book has no title"]);
    refuses(
        |book| book.write("book.toml", "preprocessor = 1\n[book]\ntitle = \"Q\"\n"),
        &["book.toml: [preprocessor]: "],
    );
}

#[test]
fn a_file_whose_name_is_misspelt() {
    refuses(
        |book| {
            book.write("theme/templates/snipet.html", "x");
            book.write("theme/haed.hbs", "x");
            book.write("theme/css/pages.css", "x");
        },
        &[
            "theme/templates/snipet.html: nothing reads this file: that of the theme is called templates/snippet.html\n    hint: rename it",
            "theme/haed.hbs: nothing reads this file: that of the theme is called head.hbs",
            "theme/css/pages.css: nothing reads this file: that of the theme is called css/page.css",
        ],
    );
    let book = plain();
    html("additional-css = [\"theme/css/pages.css\"]")(&book);
    book.write("theme/css/pages.css", "@import \"hame.css\";");
    book.write("theme/css/hame.css", "");
    book.write("theme/templates/mine.html", "x");
    let (ok, _, err) = run(&book, &["build"]);
    assert!(ok, "what the author speaks of, or calls quite otherwise, is the author's own: {err}");
}
