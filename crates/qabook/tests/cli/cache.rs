//! What is kept between builds: it changes no byte of a site, whatever became of it.

use crate::small_book::SmallBook;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

const TEXT: &str = "# 甲\n\n行内 $a^2 + b^2$ 与 $\\frac{1}{n}$。\n\n$$\n\\sum_{i=1}^{n} i\n$$\n\n\
                    ```rust\nfn main() {}\n```\n\n```text\n没有颜色\n```\n\n\
                    ```mermaid\n%% 握手\nsequenceDiagram\n    甲->>乙: SYN\n    乙->>甲: ACK\n```\n\n\
                    ```mermaid\n%% 分支\nflowchart LR\n    A[开始] --> B{对吗}\n```\n";

fn book() -> SmallBook {
    let book = SmallBook::plain(TEXT);
    book.write("cache/.keep", "");
    book
}

/// The site as `qabook build` makes it with `cache` as its cache.
fn site(book: &SmallBook, cache: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let folder = book.root().join("book");
    let _ = fs::remove_dir_all(&folder);
    let output = book.qabook(&["build"]).env("QABOOK_CACHE", cache).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = qabook::site::files(&folder).unwrap();
    files.into_iter().map(|path| (path.clone(), fs::read(&path).unwrap())).collect()
}

/// The entries of the cache in `folder`, each with its bytes.
fn entries(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let list = |folder: &Path| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let shelves = list(folder).into_iter().filter(|path| path.is_dir());
    shelves.flat_map(|shelf| list(&shelf)).map(|path| (path.clone(), fs::read(&path).unwrap())).collect()
}

#[test]
fn a_site_is_the_same_without_a_cache_with_a_new_one_and_with_a_full_one() {
    let book = book();
    let folder = book.root().join("cache");
    let without = site(&book, "");
    assert_eq!(entries(&folder).len(), 0);
    assert!(site(&book, "cache") == without, "new");
    let kept = entries(&folder);
    assert!(kept.len() >= 7, "two drawings, three formulas, two fences: {}", kept.len());
    assert!(site(&book, "cache") == without, "full");
    assert_eq!(entries(&folder), kept);
}

#[test]
fn damaged_entries_are_made_again() {
    let book = book();
    let folder = book.root().join("cache");
    let without = site(&book, "cache");
    let kept = entries(&folder);
    let others: Vec<_> = kept.values().skip(1).chain(kept.values().take(1)).cloned().collect();
    for damage in 0..4 {
        for ((path, whole), other) in kept.iter().zip(&others) {
            let damaged = [&[], &whole[..whole.len() / 2], &[whole, &b"<script>"[..]].concat(), other.as_slice()];
            fs::write(path, damaged[damage]).unwrap();
        }
        assert!(site(&book, "cache") == without);
        assert_eq!(entries(&folder), kept);
    }
}

#[test]
fn a_change_of_the_source_is_seen() {
    let book = book();
    site(&book, "cache");
    book.replace("src/a.md", "SYN", "FIN");
    let page = &site(&book, "cache")[&book.root().join("book/a.html")];
    let page = String::from_utf8_lossy(page);
    assert!(page.contains("FIN") && !page.contains("SYN"));
}

#[test]
fn what_kills_a_build_does_no_harm_to_the_next() {
    let book = book();
    let without = site(&book, "");
    for round in 0..10 {
        let mut build = book.qabook(&["build"]).env("QABOOK_CACHE", "cache").stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(30 + 23 * round));
        build.kill().unwrap();
        build.wait().unwrap();
    }
    assert!(site(&book, "cache") == without);
    assert!(site(&book, "cache") == without);
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let book = book();
    let others = [("cache/notes.txt", "mine"), ("cache/aa/notes.txt", "mine"), ("cache/pruned.txt", "mine")];
    for (path, text) in others {
        book.write(path, text);
    }
    site(&book, "cache");
    assert!(others.iter().all(|(path, text)| book.read(path) == *text));
    // A file in its place is none.
    site(&book, "cache/notes.txt");
    assert_eq!(book.read("cache/notes.txt"), "mine");
}

#[test]
fn whatever_pages_are_finished_by_is_seen() {
    let book = book();
    book.write("src/b.md", "# 乙\n\n另一章。\n");
    book.write("src/SUMMARY.md", "# Summary\n\n- [甲](a.md)\n- [乙](b.md)\n");
    let mut before = site(&book, "cache");
    let set = |book: &SmallBook, key: &str| book.write("book.toml", book.read("book.toml") + key);
    let changes: [(&str, &dyn Fn()); 10] = [
        ("the text of another chapter", &|| book.replace("src/b.md", "另一章", "又一章")),
        ("the title of another chapter", &|| book.replace("src/SUMMARY.md", "[乙]", "[丙]")),
        ("the title of the book", &|| book.replace("book.toml", "title = \"", "title = \"新")),
        ("the language", &|| book.replace("book.toml", "zh-CN", "en")),
        ("the address", &|| set(&book, "\n[output.html]\nsite-url = \"https://a.example/b/\"\n")),
        ("where the sources are", &|| set(&book, "git-repository-url = \"https://github.com/a/b\"\n")),
        ("a theme", &|| set(&book, "default-theme = \"navy\"\n")),
        ("a template", &|| book.write("theme/templates/page-end.html", "<p>{{ title }}</p>\n")),
        ("a style sheet", &|| {
            book.write("a.css", "main { color: red }\n");
            set(&book, "additional-css = [\"a.css\"]\n");
        }),
        ("a redirect", &|| set(&book, "redirect = { \"/c.html\" = \"a.html\" }\n")),
    ];
    for (what, change) in changes {
        change();
        let after = site(&book, "cache");
        assert!(after != before, "{what} changes nothing");
        assert!(after == site(&book, ""), "{what}");
        before = after;
    }
}

#[test]
fn pages_that_an_edit_leaves_as_they_are_are_finished_once() {
    let book = book();
    book.write("src/b.md", "# 乙\n\n另一章。\n\n第二段。\n");
    book.write("src/SUMMARY.md", "# Summary\n\n- [甲](a.md)\n- [乙](b.md)\n");
    let folder = book.root().join("cache");
    site(&book, "cache");
    let kept = entries(&folder);
    book.replace("src/b.md", "第二段", "又一段");
    site(&book, "cache");
    let made = entries(&folder).into_iter().filter(|(path, _)| !kept.contains_key(path));
    let texts: Vec<String> = made.map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect();
    assert!(texts.iter().all(|text| text.contains("又一段")));
    assert_eq!(texts.len(), 2, "its page, and that of all chapters");
}
