use super::*;

/// A folder with files of these names.
fn folder(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in names {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, if name.ends_with("json") { "{\"files\": {\"a/x.md\": \"\"}}" } else { "" }).unwrap();
    }
    folder
}

/// What is found in `list` for the book in `book`, both in `folder`: names of files; names that are left out, and why.
fn found(folder: &Path, list: &str, book: &str) -> (Vec<String>, Vec<(String, Why)>) {
    let list = folder.join(list);
    let found = markdown(&list, Target::of(&folder.join(book)).unwrap().as_ref()).unwrap();
    let name = |path: &PathBuf| path.strip_prefix(folder).unwrap().display().to_string().replace('\\', "/");
    let left_out = found.left_out.iter().map(|left| (name(&left.path), left.why)).collect();
    (found.files.iter().map(name).collect(), left_out)
}

#[test]
fn books_are_no_lists() {
    let names = ["q.md", "old/book.toml", "old/src/q.md", "into/q.md", "imported/.qabook-import.json", "imported/q.md"];
    let here = folder(&names);
    let (files, left_out) = found(here.path(), "", "into");
    assert_eq!(files, ["q.md"]);
    assert_eq!(left_out, ["imported", "into", "old"].map(|name| (name.into(), Why::Book)));
    // What is named is meant.
    assert_eq!(found(here.path(), "old", "into").0, ["old/src/q.md"]);
    assert_eq!(found(here.path(), "imported", "into").0, ["imported/q.md"]);
}

#[test]
fn lists_beside_the_chapters_of_a_book_are_read_and_these_are_not() {
    let here = folder(&["q.md", "src/a/x.md", "src/mine.md", "more/q.md", "book.toml"]);
    let (files, left_out) = found(here.path(), "", "");
    assert_eq!((files, left_out), (vec!["more/q.md".into(), "q.md".into()], vec![("src".into(), Why::Chapters)]));
    assert_eq!(found(here.path(), "", "other").0, ["more/q.md", "q.md"]);
    // Where the chapters lie beside the lists, the record tells them.
    let here = folder(&["q.md", "a/x.md", ".qabook-import.json", "book.toml"]);
    fs::write(here.path().join("book.toml"), "[book]\nsrc = \".\"\n").unwrap();
    assert_eq!(found(here.path(), "", "").0, ["q.md"]);
}

#[test]
fn a_readme_is_the_list_where_there_is_no_other() {
    let here = folder(&["README.md", "LICENSE.md", "net/readme.md", "book/book.toml", "book/src/x.md"]);
    let (files, left_out) = found(here.path(), "", "book");
    assert_eq!(files, ["net/readme.md"]);
    let about = ["LICENSE.md", "README.md"].map(|name| (name.into(), Why::About));
    assert_eq!(left_out, [&about[..], &[("book".into(), Why::Book)]].concat());
    let here = folder(&["README.md", "LICENSE.md"]);
    assert_eq!(found(here.path(), "", "book").0, ["README.md"]);
    let here = folder(&["README.md", "linux/README.md", "linux/x/q.md", "css/README.md", "css/q.md"]);
    assert_eq!(found(here.path(), "", "book").0, ["css/q.md", "linux/README.md", "linux/x/q.md"]);
    let here = folder(&["README.md", "q.md"]);
    assert_eq!(found(here.path(), "", "book").0, ["q.md"]);
    let here = folder(&["LICENSE.md", "SUMMARY.md"]);
    assert_eq!(found(here.path(), "", "book").0, [""; 0]);
}
