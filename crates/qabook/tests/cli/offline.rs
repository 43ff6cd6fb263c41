//! What a published site holds for reading offline, and its archive.

use crate::small_book::{SmallBook, png};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

/// The files that `sw.js` keeps, with their hashes.
fn kept(book: &SmallBook) -> BTreeMap<String, String> {
    let worker = book.read("book/sw.js");
    let (_, files) = worker.split_once("const FILES = new Map(").unwrap();
    let (files, _) = files.split_once(");").unwrap();
    serde_json::from_str::<Vec<(String, String)>>(files).unwrap().into_iter().collect()
}

/// The files below a folder of the book, sorted, each with `prefix` before its name there; without the one that is for the
/// next build alone.
fn files_below(book: &SmallBook, folder: &str, prefix: &str) -> Vec<String> {
    let folder = book.root().join(folder);
    let name =
        |path: &Path| format!("{prefix}{}", path.strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/"));
    let mut names: Vec<String> = qabook::site::files(&folder).unwrap().iter().map(|path| name(path)).collect();
    names.retain(|name| !name.ends_with(".qabook-site"));
    names.sort();
    names
}

fn archive(book: &SmallBook, name: &str) -> Vec<u8> {
    let output = book.qabook(&["build", "--zip", name]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::read(book.root().join(name)).unwrap()
}

#[test]
fn every_file_that_a_reader_needs_is_kept() {
    let book = SmallBook::new();
    book.build();
    let mut files = files_below(&book, "book", "");
    files.retain(|file| !["sw.js", ".nojekyll", "robots.txt", "sitemap.xml", "feed.xml"].contains(&file.as_str()));
    assert_eq!(kept(&book).into_keys().collect::<Vec<_>>(), files);
    for page in ["index.html", "maths/sum.html", "404.html", "print.html", "manifest.webmanifest"] {
        assert!(files.iter().any(|file| file == page), "{page}");
    }
}

#[test]
fn any_change_is_a_new_version() {
    let book = SmallBook::new();
    book.build();
    let first = (book.read("book/sw.js"), kept(&book));
    book.replace("src/maths/sum.md", "正文。", "新的正文。");
    book.build();
    let second = (book.read("book/sw.js"), kept(&book));
    assert_ne!(first.0, second.0);
    assert_ne!(first.1["maths/sum.html"], second.1["maths/sum.html"]);
    assert_eq!(first.1["toc.html"], second.1["toc.html"], "what stayed is not fetched again");
    book.replace("src/maths/sum.md", "新的正文。", "正文。");
    book.build();
    assert_eq!(book.read("book/sw.js"), first.0);
}

#[test]
fn the_worker_can_be_replaced_by_a_template() {
    let book = SmallBook::new();
    book.write("theme/templates/sw.js", "// {{ version }}\nconst FILES = new Map({{ files }});\n");
    book.build();
    assert!(book.read("book/sw.js").starts_with("// "));
    assert!(kept(&book).contains_key("index.html"));
}

#[test]
fn icons_of_the_theme_are_in_the_manifest() {
    let book = SmallBook::new();
    for (icon, edge) in [("icon-192.png", 192), ("icon-maskable-512.png", 512), ("apple-touch-icon-180.png", 180)] {
        book.write(&format!("theme/icons/{icon}"), png(edge));
    }
    book.build();
    let manifest: serde_json::Value = serde_json::from_str(&book.read("book/manifest.webmanifest")).unwrap();
    assert_eq!((&manifest["name"], &manifest["lang"]), (&"小书".into(), &"zh-CN".into()));
    let icon = |file: &str, size: &str, purpose: &str| serde_json::json!({ "src": format!("icons/{file}"), "sizes": size, "type": "image/png", "purpose": purpose });
    let icons = [icon("icon-192.png", "192x192", "any"), icon("icon-maskable-512.png", "512x512", "maskable")];
    assert_eq!(manifest["icons"], serde_json::json!(icons));
    let page = book.read("book/maths/sum.html");
    assert!(page.contains("<link rel=\"apple-touch-icon\" href=\"../icons/apple-touch-icon-180.png\">"), "{page}");
}

#[test]
fn the_policy_comes_before_anything_that_it_governs() {
    let book = SmallBook::new();
    book.build();
    for page in ["book/index.html", "book/maths/sum.html", "book/404.html", "book/toc.html", "book/print.html"] {
        let text = book.read(page);
        let policy = text.find("<meta http-equiv=\"Content-Security-Policy\"").unwrap_or_else(|| panic!("{page}"));
        let first = ["<script", "<link", "<style", "<base"].iter().filter_map(|tag| text.find(tag)).min();
        assert!(first.is_some_and(|first| policy < first), "{page}");
        assert!(!text.contains("unsafe-eval"));
    }
    assert!(book.read("book/maths/sum.html").contains("connect-src 'self' https://play.rust-lang.org;"));
    assert!(book.read("book/tags.html").contains("connect-src 'self';"), "no program, no Playground");
}

#[test]
fn an_archive_holds_the_whole_site_in_one_folder() {
    let book = SmallBook::new();
    let bytes = archive(&book, "out/small.zip");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(names, files_below(&book, "book", "small/"));
    let mut page = String::new();
    zip.by_name("small/maths/sum.html").unwrap().read_to_string(&mut page).unwrap();
    assert_eq!(page, book.read("book/maths/sum.html"));
}

#[test]
fn an_archive_needs_no_name() {
    let book = SmallBook::new();
    assert!(book.qabook(&["build", "--zip"]).output().unwrap().status.success());
    assert!(book.root().join("book.zip").is_file());
}

#[test]
fn an_archive_in_the_folder_of_the_site_stays_there_and_holds_no_other() {
    let elsewhere = archive(&SmallBook::new(), "small.zip");
    for settings in ["", "downloads = [\"small.zip\"]\n"] {
        let book = SmallBook::new();
        book.replace("book.toml", "[preprocessor.questions]\n", &format!("[preprocessor.questions]\n{settings}"));
        let first = archive(&book, "book/small.zip");
        assert!(first == elsewhere || !settings.is_empty());
        assert_eq!(archive(&book, "book/small.zip"), first);
        assert!(book.build().status.success());
        assert_eq!(fs::read(book.root().join("book/small.zip")).unwrap(), first, "the next build keeps it");
    }
}

#[test]
fn an_archive_takes_the_place_of_no_page() {
    let book = SmallBook::new();
    for name in ["book/maths/sum.html", "book/maths", "book"] {
        let output = book.qabook(&["build", "--zip", name]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1));
        assert!(
            said.contains(&format!("{name} is a place in the site that the build needs itself\n    hint: ")),
            "{said}"
        );
        assert!(!book.root().join("book").exists());
    }
}

#[test]
fn two_archives_of_a_book_are_the_same_bytes() {
    let (one, other) = (SmallBook::new(), SmallBook::new());
    assert_eq!(archive(&one, "a.zip"), archive(&other, "a.zip"));
}

#[test]
fn an_archive_that_cannot_be_written_is_told_and_nothing_is_left() {
    let book = SmallBook::new();
    book.build();
    let before = book.read("book/maths/sum.html");
    book.replace("src/maths/sum.md", "正文。", "新的正文。");
    book.write("taken/file", "");
    let output = book.qabook(&["build", "--zip", "taken"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("taken can't be written"), "{said}");
    assert_eq!(book.read("taken/file"), "");
    assert_eq!(book.read("book/maths/sum.html"), before, "the last good site stays");
    let left = fs::read_dir(book.root()).unwrap().filter(|entry| {
        entry.as_ref().is_ok_and(|entry| entry.file_name().to_str().is_some_and(|name| name.starts_with(".qabook")))
    });
    assert_eq!(left.count(), 0);
}
