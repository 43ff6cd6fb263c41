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

#[test]
fn a_picture_that_leaves_the_list_is_told_and_known_when_it_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let (book, picture) = (folder.path().join("book"), folder.path().join("x.png"));
    let without = plan(&[("a/x.md", "# X\n")]);
    let with = Plan { pictures: [(picture.clone(), "images/x.png".into())].into(), ..without.clone() };
    fs::write(&picture, "first").unwrap();
    write_into(&book, &with, false).unwrap();
    for _ in 0..2 {
        assert_eq!(write_into(&book, &without, false).unwrap().gone, [PathBuf::from("src/images/x.png")]);
    }
    fs::write(&picture, "second").unwrap();
    let outcome = write_into(&book, &with, false).unwrap();
    assert_eq!((outcome.written, outcome.gone), (vec![PathBuf::from("src/images/x.png")], vec![]));
    assert_eq!(fs::read_to_string(book.join("src/images/x.png")).unwrap(), "second");
    // What the author put there in the meantime is the author's.
    write_into(&book, &without, false).unwrap();
    fs::write(book.join("src/images/x.png"), "mine").unwrap();
    assert_eq!(write_into(&book, &with, false).unwrap().kept, [PathBuf::from("src/images/x.png")]);
}

#[test]
fn chapters_that_the_authors_table_of_contents_leaves_out_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path();
    let first = [("a/x.md", "# X\n"), ("b/y z.md", "# Y\n")];
    write_into(book, &plan(&first), false).unwrap();
    fs::write(book.join("src/SUMMARY.md"), "# Mine\n\n- [X](./a/x.md)\n- [Y](b/y%20z.md)\n").unwrap();
    assert_eq!(write_into(book, &plan(&first), false).unwrap().unlisted, [""; 0]);
    let second = [&first[..], &[("b/w.md", "# W\n"), ("b/v*.md", "# V\n"), ("c/u.md", "# U\n")]].concat();
    let outcome = write_into(book, &plan(&second), false).unwrap();
    assert_eq!(outcome.unlisted, ["# b", "- [b/w](b/w.md)", "- [b/v\\*](b/v*.md)", "# c", "- [c/u](c/u.md)"]);
    let said = crate::next_steps(&plan(&second), &outcome, false);
    assert!(said.contains("your src/SUMMARY.md doesn't list them; add these lines to it:\n  # b\n  - [b/w]"), "{said}");
}

#[test]
fn chapters_go_where_the_books_settings_say() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path();
    fs::write(book.join("book.toml"), "[book]\nsrc = \"text\"\n").unwrap();
    for gone in [vec![], vec![PathBuf::from("text/b/y.md")]] {
        let chapters = [("a/x.md", "# X\n"), ("b/y.md", "# Y\n")];
        let outcome = write_into(book, &plan(&chapters[..chapters.len() - gone.len()]), false).unwrap();
        assert_eq!((&outcome.gone, outcome.source.as_path()), (&gone, Path::new("text")));
        assert_eq!(names(book), [".qabook-import.json", "book.toml", "text"]);
    }
    assert!(fs::read_to_string(book.join("text/SUMMARY.md")).unwrap().contains("(b/y.md)"));
    fs::write(book.join("book.toml"), "[book]\ntitle = \n").unwrap();
    let error = write_into(book, &plan(&[("a/x.md", "# X\n")]), false).unwrap_err();
    assert!(error.contains("book.toml:2: the book's settings are wrong"), "{error}");
}
