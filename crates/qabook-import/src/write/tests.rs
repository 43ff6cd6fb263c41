use super::*;
use crate::plan::Chapter;

fn plan(chapters: &[(&str, &str)]) -> Plan {
    let chapter = |(path, text): &(&str, &str)| Chapter {
        path: (*path).into(),
        question: path.trim_end_matches(".md").into(),
        part: path.split_once('/').map(|(part, _)| part.into()),
        text: (*text).into(),
        file: "list.md".into(),
        line: 1,
        waiting: 0,
    };
    let chapters = chapters.iter().map(chapter).collect();
    Plan { title: "Title".into(), language: "en".into(), home: "# Title\n".into(), chapters, ..Plan::default() }
}

fn scaffold(folder: &Path) -> Result<(), String> {
    fs::write(folder.join("book.toml"), "[book]\n")
        .and_then(|()| fs::write(folder.join(".gitignore"), "/book/\n"))
        .map_err(|error| error.to_string())
}

fn write_into(book: &Path, plan: &Plan, force: bool) -> Result<Outcome, String> {
    let settings = Settings { force, dry_run: false };
    write(plan, book, settings, &mut scaffold).map_err(|problems| problems.to_string())
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_book_is_written_whole_and_then_only_what_changed() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("new/book");
    let first = write_into(&book, &plan(&[("a/x.md", "# X\n"), ("b/y.md", "# Y\n")]), false).unwrap();
    assert_eq!(first.written.len(), 4);
    assert_eq!(names(&book), [".gitignore", ".qabook-import.json", "book.toml", "src"]);
    let summary = fs::read_to_string(book.join("src/SUMMARY.md")).unwrap();
    assert_eq!(summary, "# Summary\n\n[Title](README.md)\n\n# a\n\n- [a/x](a/x.md)\n\n# b\n\n- [b/y](b/y.md)\n");
    let again = write_into(&book, &plan(&[("a/x.md", "# X2\n"), ("b/y.md", "# Y\n")]), false).unwrap();
    assert_eq!((again.written, again.unchanged), (vec![PathBuf::from("src/a/x.md")], 3));
}

#[test]
fn what_the_author_changed_stays_unless_forced() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path();
    write_into(book, &plan(&[("a/x.md", "# X\n")]), false).unwrap();
    fs::write(book.join("src/a/x.md"), "# Mine\n").unwrap();
    fs::write(book.join("book.toml"), "[book]\ntitle = \"Mine\"\n").unwrap();
    for _ in 0..2 {
        let outcome = write_into(book, &plan(&[("a/x.md", "# X2\n")]), false).unwrap();
        assert_eq!((outcome.kept, outcome.written), (vec![PathBuf::from("src/a/x.md")], vec![]));
    }
    assert_eq!(fs::read_to_string(book.join("src/a/x.md")).unwrap(), "# Mine\n");
    write_into(book, &plan(&[("a/x.md", "# X2\n")]), true).unwrap();
    assert_eq!(fs::read_to_string(book.join("src/a/x.md")).unwrap(), "# X2\n");
    assert!(fs::read_to_string(book.join("book.toml")).unwrap().contains("Mine"));
}

#[test]
fn chapters_of_questions_that_are_gone_stay_in_the_book() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path();
    write_into(book, &plan(&[("a/x.md", "# X\n"), ("a/y.md", "# Y\n"), ("b/z.md", "# Z\n")]), false).unwrap();
    for _ in 0..2 {
        let outcome = write_into(book, &plan(&[("a/y.md", "# Y\n")]), false).unwrap();
        assert_eq!(outcome.gone, ["src/a/x.md", "src/b/z.md"].map(PathBuf::from));
    }
    let summary = fs::read_to_string(book.join("src/SUMMARY.md")).unwrap();
    assert!(summary.ends_with("# a\n\n- [a/y](a/y.md)\n- [a/x](a/x.md)\n\n# b\n\n- [b/z](b/z.md)\n"), "{summary}");
    // The author deletes one for good.
    fs::remove_file(book.join("src/b/z.md")).unwrap();
    assert_eq!(write_into(book, &plan(&[("a/y.md", "# Y\n")]), false).unwrap().gone, [PathBuf::from("src/a/x.md")]);
}

#[test]
fn a_file_that_no_import_wrote_is_an_error_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path();
    fs::create_dir_all(book.join("src/a")).unwrap();
    fs::write(book.join("src/a/x.md"), "# Mine\n").unwrap();
    fs::write(book.join("src/SUMMARY.md"), "# Mine\n").unwrap();
    let error = write_into(book, &plan(&[("a/x.md", "# X\n")]), false).unwrap_err();
    assert!(
        error.contains("src/a/x.md:1: this file is there already") && error.contains("src/SUMMARY.md:1:"),
        "{error}"
    );
    assert_eq!(names(book), ["src"]);
    assert_eq!(names(&book.join("src")), ["SUMMARY.md", "a"]);
}

#[test]
fn when_one_file_cannot_be_moved_none_is() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path();
    write_into(book, &plan(&[("a/x.md", "# X\n")]), false).unwrap();
    let before = fs::read_to_string(book.join("src/a/x.md")).unwrap();
    // A file is where a folder has to be.
    fs::write(book.join("src/c"), "in the way").unwrap();
    let error =
        write_into(book, &plan(&[("a/x.md", "# X2\n"), ("b/y.md", "# Y\n"), ("c/z.md", "# Z\n")]), false).unwrap_err();
    assert!(error.contains("the book can't be written"), "{error}");
    assert_eq!(fs::read_to_string(book.join("src/a/x.md")).unwrap(), before);
    assert_eq!(names(&book.join("src")), ["README.md", "SUMMARY.md", "a", "c"]);
    assert_eq!(names(book), [".gitignore", ".qabook-import.json", "book.toml", "src"]);
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    let settings = Settings { dry_run: true, force: false };
    let outcome = write(&plan(&[("a/x.md", "# X\n")]), &book, settings, &mut scaffold).unwrap();
    assert_eq!(outcome.written.len(), 3);
    assert!(names(folder.path()).is_empty());
}
