//! Books before, with and after each part.

use qabook_install::{PARTS, Part, install, uninstall};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// book.toml files as people write them.
const SETTINGS: [&str; 10] = [
    "[book]\nauthors = []\nlanguage = \"en\"\nsrc = \"src\"\ntitle = \"A\"\n",
    "[book]\ntitle = \"no end of line\"",
    "",
    "[book]\r\ntitle = \"A\"\r\n\r\n[output.html]\r\nadditional-css = [\r\n  \"a.css\",\r\n]\r\n",
    "[output.html] # mine\ndefault-theme = \"rust\"\nadditional-css = [\"a.css\"]\nadditional-js = []\n\n[book]\ntitle = \"A\"\n",
    "[output.html.search]\nlimit-results = 5\n[output.html]\nadditional-js = [ # mine\n    # first\n    \"a.js\", # second\n    \"b.js\"\n]\n\n\n",
    "[preprocessor.katex]\n\n[preprocessor.links] # none\n[output.html]\nadditional-css = [\"a.css\", \"b.css\"] # both\n",
    "[output.html]\nadditional-js = [\n]\nadditional-css = [\n    \"a.css\"\n]",
    "# only a comment\n\n\n",
    "title = \"\"\"\n[output.html]\n\"\"\"\n[book]\nlist = [\n[\"output\"]\n]\n",
];

fn book(settings: &str) -> TempDir {
    let book = tempfile::tempdir().unwrap();
    fs::create_dir(book.path().join("src")).unwrap();
    fs::write(book.path().join("src/SUMMARY.md"), "- [a](a.md)\n").unwrap();
    fs::write(book.path().join("book.toml"), settings).unwrap();
    book
}

/// Every file below `folder` with its bytes; folders, too.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let content = if path.is_dir() { b"folder".to_vec() } else { fs::read(&path).unwrap() };
        if path.is_dir() {
            found.extend(tree(&path));
        }
        found.insert(path, content);
    }
    found
}

fn settings(book: &Path) -> toml::Table {
    toml::from_str(&fs::read_to_string(book.join("book.toml")).unwrap()).unwrap()
}

fn list<'a>(settings: &'a toml::Table, key: &str) -> Vec<&'a str> {
    let html = settings.get("output").and_then(|output| output.get("html"));
    let list = html.and_then(|html| html.get(key)?.as_array());
    list.into_iter().flatten().filter_map(toml::Value::as_str).collect()
}

fn part(name: &str) -> &'static Part {
    Part::named(name).unwrap()
}

#[test]
fn a_part_taken_out_leaves_every_byte_as_it_was() {
    for text in SETTINGS {
        for part in &PARTS {
            let book = book(text);
            let before = tree(book.path());
            let said = install(part, "1.0.0", book.path()).unwrap();
            assert_eq!(said.len(), 1, "{said:?}");
            assert_ne!(tree(book.path()), before);
            let with = fs::read_to_string(book.path().join("book.toml")).unwrap();
            uninstall(part, book.path()).unwrap();
            assert_eq!(tree(book.path()), before, "{}: {with}", part.name);
        }
    }
}

#[test]
fn all_parts_go_in_any_order() {
    for text in SETTINGS {
        for first in [0, 3] {
            let book = book(text);
            let before = tree(book.path());
            let rotated = || PARTS.iter().cycle().skip(first).take(PARTS.len());
            for part in rotated() {
                install(part, "1.0.0", book.path()).unwrap();
            }
            for part in rotated().collect::<Vec<_>>().into_iter().step_by(2) {
                uninstall(part, book.path()).unwrap();
                let settings = settings(book.path());
                for file in [list(&settings, "additional-css"), list(&settings, "additional-js")].concat() {
                    assert!(["a.css", "b.css", "a.js", "b.js"].contains(&file) || book.path().join(file).is_file());
                }
            }
            for part in rotated().skip(1).step_by(2) {
                uninstall(part, book.path()).unwrap();
            }
            assert_eq!(tree(book.path()), before, "{first}");
        }
    }
}

#[test]
fn pages_load_what_a_part_needs_in_its_order_and_the_authors_after_it() {
    for text in SETTINGS {
        let book = book(text);
        let own: toml::Table = toml::from_str(text).unwrap();
        for part in &PARTS {
            install(part, "1.0.0", book.path()).unwrap();
        }
        let settings = settings(book.path());
        for part in &PARTS {
            for (key, files) in [("additional-css", part.css), ("additional-js", part.js)] {
                let list = list(&settings, key);
                let place = |file: &&str| list.iter().position(|there| *there == format!("theme/{file}")).unwrap();
                assert!(files.iter().map(place).is_sorted(), "{list:?}");
            }
            let table = if part.is_preprocessor { "preprocessor" } else { "output" };
            assert!(settings[table].get(part.name).is_some());
        }
        for key in ["additional-css", "additional-js"] {
            let list = list(&settings, key);
            assert!(list.ends_with(&self::list(&own, key)), "{list:?}");
            assert_eq!(list.iter().collect::<std::collections::BTreeSet<_>>().len(), list.len(), "twice: {list:?}");
        }
    }
}

#[test]
fn a_second_install_changes_nothing() {
    let book = book(SETTINGS[0]);
    for part in &PARTS {
        install(part, "1.0.0", book.path()).unwrap();
    }
    let before = tree(book.path());
    for part in &PARTS {
        let said = install(part, "1.0.0", book.path()).unwrap();
        assert_eq!(said, [format!("mdbook-{} 1.0.0 is installed: book.toml is as it was, no file written", part.name)]);
    }
    assert_eq!(tree(book.path()), before);
}

#[test]
fn an_upgrade_replaces_what_nobody_changed() {
    let book = book(SETTINGS[0]);
    let snippets = part("snippets");
    install(snippets, "1.0.0", book.path()).unwrap();
    let [old, mine, own] =
        ["theme/css/snippet.css", "theme/css/code.css", "theme/js/shared.js"].map(|file| book.path().join(file));
    // As an older version wrote it: its first line fits its content.
    let text = fs::read_to_string(&old).unwrap();
    let other = tempfile::tempdir().unwrap();
    fs::write(other.path().join("book.toml"), "").unwrap();
    let content = "/* old */\n";
    fs::write(&old, text.lines().next().unwrap().replace(&hash_in(&text), &hash_of(content)) + "\n" + content).unwrap();
    fs::write(&mine, fs::read_to_string(&mine).unwrap() + "/* mine */\n").unwrap();
    fs::write(&own, "// mine\n").unwrap();
    let said = install(snippets, "1.1.0", book.path()).unwrap();
    assert!(said[0].contains("1.1.0 is installed: book.toml is as it was, 1 file written"), "{said:?}");
    assert!(
        said.iter().any(|note| note.ends_with("code.css: it was changed, so it stays; delete it to get the new one"))
    );
    assert!(said.iter().any(|note| note.ends_with("shared.js: it isn't ours, so it stays")), "{said:?}");
    assert!(fs::read_to_string(&old).unwrap().starts_with("/* Installed by mdbook-snippets 1.1.0 ("));
    let said = uninstall(snippets, book.path()).unwrap();
    assert!(said.iter().any(|note| note.ends_with("code.css: it was changed, so it stays")), "{said:?}");
    assert!(!old.exists() && mine.exists() && own.exists());
}

fn hash_in(text: &str) -> String {
    text.split_once('(').unwrap().1.split_once(')').unwrap().0.to_string()
}

fn hash_of(content: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn settings_of_the_author_win_and_that_is_said() {
    let text = "[output.html]\nsmart-punctuation = true\n[preprocessor.chinese]\nheading-ids = false\n";
    let book = book(text);
    let before = tree(book.path());
    let said = install(part("chinese"), "1.0.0", book.path()).unwrap();
    assert_eq!(
        said[1..],
        ["book.toml:2: `smart-punctuation` is set otherwise, so it stays; mdbook-chinese wants false"]
    );
    assert_eq!(tree(book.path()), before);
    let said = uninstall(part("chinese"), book.path()).unwrap();
    assert_eq!(
        said[1..],
        ["book.toml:3: [preprocessor.chinese] has settings of yours, so it stays: take it out yourself"]
    );
    assert_eq!(tree(book.path()), before);
}

#[test]
fn a_key_added_to_our_table_keeps_it() {
    let book = book(SETTINGS[0]);
    install(part("snippets"), "1.0.0", book.path()).unwrap();
    let file = book.path().join("book.toml");
    fs::write(&file, fs::read_to_string(&file).unwrap() + "package = \"programs\"\n").unwrap();
    let said = uninstall(part("snippets"), book.path()).unwrap();
    assert!(said[1].contains("[preprocessor.snippets] has settings of yours"), "{said:?}");
    assert!(settings(book.path())["preprocessor"]["snippets"].get("package").is_some());
    assert!(!book.path().join("theme").exists());
}

#[test]
fn another_folder_for_the_theme_is_used() {
    let book = book("[output.html]\ntheme = \"look\"\n");
    let before = tree(book.path());
    install(part("snippets"), "1.0.0", book.path()).unwrap();
    assert!(book.path().join("look/highlight.js").is_file());
    assert_eq!(list(&settings(book.path()), "additional-css")[0], "look/css/colours.css");
    uninstall(part("snippets"), book.path()).unwrap();
    assert_eq!(tree(book.path()), before);
}

/// What `install` says of a book that `spoil` spoilt; every file is as it was.
fn error_of(text: &str, spoil: impl FnOnce(&Path)) -> String {
    let book = book(text);
    spoil(book.path());
    let before = tree(book.path());
    let error = format!("{:#}", install(part("snippets"), "1.0.0", book.path()).unwrap_err());
    assert_eq!(tree(book.path()), before, "nothing half-written");
    error.replace(&book.path().display().to_string(), "BOOK").replace('\\', "/")
}

#[test]
fn a_book_that_is_none_is_an_error() {
    let error = error_of("", |book| fs::remove_file(book.join("book.toml")).unwrap());
    assert!(error.starts_with("BOOK/book.toml: it can't be read: "), "{error}");
    assert!(error.ends_with("hint: name the folder of a book; `mdbook init` makes one"), "{error}");
    let error = error_of("[book]\ntitle =\n", |_| {});
    assert!(error.starts_with("BOOK/book.toml:2: it isn't TOML: "), "{error}");
}

#[test]
fn settings_in_a_form_that_can_not_be_added_to_are_an_error() {
    for (text, message) in [
        (
            "[output.html]\nadditional-css = \"a.css\"\n",
            "BOOK/book.toml:2: output.html.additional-css is not a list of texts",
        ),
        (
            "[output.html]\nadditional-css = [1]\n",
            "BOOK/book.toml:2: output.html.additional-css is not a list of texts",
        ),
        (
            "output.html.theme = \"theme\"\n",
            "BOOK/book.toml: [output.html] is written in a form that can't be added to",
        ),
        ("[output]\nhtml = {}\n", "BOOK/book.toml: [output.html] is written in a form that can't be added to"),
        ("output = 1\n", "BOOK/book.toml: [output.html] is written in a form that can't be added to"),
    ] {
        let error = error_of(text, |_| {});
        assert!(error.starts_with(message), "{text}: {error}");
        assert!(error.contains("hint: "), "{error}");
    }
}

#[test]
fn what_can_not_be_written_is_undone() {
    // A file in the way of a folder, after others were written.
    let error = error_of(SETTINGS[0], |book| {
        fs::create_dir(book.join("theme")).unwrap();
        fs::write(book.join("theme/js"), "").unwrap();
    });
    assert!(error.contains("theme/js"), "{error}");
    let error = error_of(SETTINGS[0], |book| fs::create_dir_all(book.join("theme/css/code.css")).unwrap());
    assert!(error.starts_with("BOOK/theme/css/code.css: it can't be read: "), "{error}");
}

#[cfg(unix)]
#[test]
fn links_out_of_the_book_are_not_followed() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("book.toml"), SETTINGS[0]).unwrap();
    let link = |to: PathBuf, from: PathBuf| std::os::unix::fs::symlink(to, from).unwrap();
    let error = error_of(SETTINGS[0], |book| link(outside.path().into(), book.join("theme")));
    assert!(error.contains("BOOK/theme leads out of the book"), "{error}");
    let error = error_of(SETTINGS[0], |book| {
        fs::remove_file(book.join("book.toml")).unwrap();
        link(outside.path().join("book.toml"), book.join("book.toml"));
    });
    assert!(error.contains("BOOK/book.toml leads out of the book"), "{error}");
    let inside = book(SETTINGS[0]);
    fs::create_dir(inside.path().join("looks")).unwrap();
    link(inside.path().join("looks"), inside.path().join("theme"));
    install(part("snippets"), "1.0.0", inside.path()).unwrap();
    assert!(inside.path().join("looks/highlight.js").is_file());
}
