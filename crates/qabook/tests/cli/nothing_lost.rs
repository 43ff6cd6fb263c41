//! Nothing of the author's is deleted or overwritten, wherever the settings say that the site goes.

use crate::small_book::SmallBook;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every file below `folder` with its content.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
        if let Ok(target) = entry.read_link() {
            found.insert(entry, target.into_os_string().into_encoded_bytes());
        } else if entry.is_dir() {
            found.extend(files(&entry));
        } else {
            found.insert(entry.clone(), fs::read(&entry).unwrap());
        }
    }
    found
}

fn with_build_dir(folder: &str) -> SmallBook {
    let book = SmallBook::new();
    book.write(".git/HEAD", "ref: refs/heads/main\n");
    book.write("theme/own.css", "/* mine */\n");
    book.replace("book.toml", "[output.html]", &format!("[build]\nbuild-dir = {folder:?}\n\n[output.html]"));
    book
}

/// Builds `book`, and checks that it fails with `message` and that no file of the book changed.
fn refuses(book: &SmallBook, message: &str) {
    let before = files(book.root());
    let output = book.build();
    let printed = String::from_utf8_lossy(&output.stderr).replace('\\', "/");
    assert_eq!(output.status.code(), Some(1), "{printed}");
    assert!(printed.contains(message) && printed.contains("hint: "), "not said: {message}\n{printed}");
    assert_eq!(files(book.root()), before);
}

#[test]
fn a_site_in_one_of_the_authors_folders_is_refused() {
    for folder in ["src", "snippets", "theme", ".git", ".", "src/site", "./src/../src", "..", "/"] {
        refuses(&with_build_dir(folder), "book.toml:10: the site would be built into ");
    }
}

#[test]
fn a_site_in_a_folder_that_the_author_may_make_is_refused() {
    for (folder, settings) in [
        ("theme", ""),
        ("theme/site", ""),
        ("snippets", ""),
        (".git", ""),
        ("look", "[output.html]\ntheme = \"./look\"\n"),
        ("code/../programs/x", "[preprocessor.snippets]\npackage = \"programs\"\n"),
    ] {
        let book = SmallBook::plain("# 甲\n\n正文。\n");
        let text = book.read("book.toml");
        book.write("book.toml", format!("{text}[build]\nbuild-dir = {folder:?}\n{settings}"));
        refuses(&book, "book.toml:5: the site would be built into ");
        let checked = book.qabook(&["check"]).output().unwrap();
        let said = String::from_utf8(checked.stdout).unwrap();
        assert!(
            said.contains("book.toml:5: error: the site would be built into ") && said.contains("(build-dir)"),
            "{said}"
        );
    }
}

#[test]
fn the_root_by_another_way_is_refused() {
    let book = SmallBook::new();
    let name = book.root().file_name().unwrap().to_str().unwrap().to_string();
    for folder in [format!("../{name}"), book.root().display().to_string(), format!("../{name}/src")] {
        let book = &book;
        book.replace("book.toml", "[output.html]", &format!("[build]\nbuild-dir = {folder:?}\n\n[output.html]"));
        refuses(book, "book.toml:10: the site would be built into ");
        book.replace("book.toml", &format!("[build]\nbuild-dir = {folder:?}\n\n"), "");
    }
}

#[test]
fn a_folder_named_by_the_environment_is_looked_at_too() {
    let book = SmallBook::new();
    let before = files(book.root());
    let output = book.qabook(&["build"]).env("MDBOOK_BUILD__BUILD_DIR", "src").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(files(book.root()), before);
}

#[test]
fn a_folder_of_other_things_is_refused() {
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("thesis.docx"), "three years").unwrap();
    let name = elsewhere.path().file_name().unwrap().to_str().unwrap();
    for folder in [format!("../{name}"), elsewhere.path().display().to_string()] {
        refuses(&with_build_dir(&folder), "the folder holds what qabook did not make, such as `thesis.docx`");
        assert_eq!(fs::read_to_string(elsewhere.path().join("thesis.docx")).unwrap(), "three years");
    }
    let book = SmallBook::new();
    book.write("book/manuscript.docx", "mine");
    refuses(&book, "such as `manuscript.docx`");
}

#[test]
fn what_an_author_puts_into_a_site_is_kept() {
    let book = SmallBook::new();
    assert!(book.build().status.success());
    book.write("book/CNAME", "books.test\n");
    book.write("book/.git/HEAD", "ref: refs/heads/pages\n");
    book.replace("src/SUMMARY.md", "- [一加一](maths/sum.md)\n", "");
    assert!(book.build().status.success());
    assert_eq!(
        (book.read("book/CNAME").as_str(), book.read("book/.git/HEAD").as_str()),
        ("books.test\n", "ref: refs/heads/pages\n")
    );
    assert!(!book.root().join("book/maths/sum.html").exists(), "pages of the last build go with it");

    // A new page may not take the place of such a file.
    book.write("book/new.html", "mine");
    book.write("src/new.md", "# 新\n");
    book.write("src/SUMMARY.md", "# 目录\n\n[前言](README.md)\n[新](new.md)\n");
    refuses(&book, "book/new.html: `new.html` is not the build's, and the new site has a file of that name");
}

#[test]
fn a_book_of_downloads_alone_is_no_obstacle() {
    let book = SmallBook::new();
    book.write("book/small.epub", "made before the site");
    book.write("book/small.apkg", "made before the site");
    assert!(book.build().status.success());
    assert_eq!(book.read("book/small.epub"), "made before the site");
    assert_eq!(book.read("book/small.apkg"), "made before the site");
}

#[test]
fn no_page_is_written_outside_the_site() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("notes.html"), "mine").unwrap();
    let name = outside.path().file_name().unwrap().to_str().unwrap();
    for chapter in
        [format!("../../{name}/notes.md"), format!("{}/notes.md", outside.path().display()), "/etc/hostname".into()]
    {
        let book = SmallBook::new();
        book.replace("src/SUMMARY.md", "(maths/sum.md)", &format!("({chapter})"));
        refuses(&book, "src/SUMMARY.md:7: the chapter `");
        assert_eq!(fs::read_to_string(outside.path().join("notes.html")).unwrap(), "mine");
    }
    let book = SmallBook::new();
    book.replace("book.toml", "[output.html]\n", "[output.html]\nadditional-css = [\"../a.css\"]\n");
    book.replace("book.toml", "site-url", "redirect = { \"/../../old.html\" = \"index.html\" }\nsite-url");
    refuses(&book, "`../a.css` in `additional-css` would be written outside the site");
    refuses(&book, "`../../old.html` in `redirect` would be written outside the site");
}

#[cfg(unix)]
#[test]
fn a_link_is_built_through_and_stays_a_link() {
    let elsewhere = tempfile::tempdir().unwrap();
    let book = SmallBook::new();
    std::os::unix::fs::symlink(elsewhere.path(), book.root().join("book")).unwrap();
    for _ in 0..2 {
        let output = book.build();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(book.root().join("book").is_symlink());
        assert!(elsewhere.path().join("index.html").is_file());
    }
    fs::remove_file(book.root().join("book")).unwrap();
    std::os::unix::fs::symlink("nowhere", book.root().join("book")).unwrap();
    refuses(&book, "the site's place is a link that leads to no folder");
    fs::remove_file(book.root().join("book")).unwrap();
    book.write("book", "a file");
    refuses(&book, "the site's place is taken by a file");
}
