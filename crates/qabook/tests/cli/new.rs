//! `qabook new`: a book in a folder of its own.

use crate::small_book::SmallBook;
use std::process::Output;

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// An empty folder, where `qabook` is run.
fn nothing() -> SmallBook {
    SmallBook::of(&[])
}

#[test]
fn a_new_book_has_programs_with_true_records_also_inside_another_workspace() {
    let outside = SmallBook::of(&[("Cargo.toml", "[workspace]\nmembers = [\"other\"]\n")]);
    for (dir, language) in [("my", "en"), ("wo-de", "zh-CN")] {
        let output = outside.qabook(&["new", dir, "--language", language]).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        assert!(said(&output).contains(&format!("next: cd {dir} && qabook serve")), "{}", said(&output));
        let output = outside.qabook(&["record", "--check", "--root", dir]).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        // The Python twin isn't run where there is no Python.
        assert!(
            said(&output).contains("programs: 3 as recorded") || said(&output).contains("1 not run"),
            "{}",
            said(&output)
        );
    }
}

#[test]
fn a_folder_that_is_not_empty_is_left_alone() {
    let book = SmallBook::of(&[("my/notes.txt", "mine")]);
    let output = book.qabook(&["new", "my"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).starts_with("error: my: the folder isn't empty: nothing was written\n    hint: "),
        "{}",
        said(&output)
    );
    assert_eq!(book.root().join("my").read_dir().unwrap().count(), 1);
}

#[test]
fn a_title_is_told_when_it_can_be_none() {
    let book = nothing();
    let output = book.qabook(&["new", "my", "--title", "one\ntwo", "--language", "not a tag"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(
        said.contains("the title \"one\\ntwo\" is more than a line") && said.contains("\"not a tag\" is no language"),
        "{said}"
    );
    assert!(!book.root().join("my").exists());
}

#[test]
fn a_new_book_lists_no_address_and_names_its_title() {
    let book = nothing();
    let output = book.qabook(&["new", "a-b", "--language", "fr", "--title", "\"Q\" </script> 🦀"]).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("its questions are in English"), "{}", said(&output));
    let settings: toml::Table = toml::from_str(&book.read("a-b/book.toml")).unwrap();
    assert_eq!(settings.keys().collect::<Vec<_>>(), ["book"]);
    assert_eq!(settings["book"]["title"].as_str(), Some("\"Q\" </script> 🦀"));
    assert_eq!(settings["book"]["language"].as_str(), Some("fr"));
}

#[test]
fn the_next_command_can_be_pasted() {
    for (dir, shown) in [("my book", "'my book'"), ("Q's & A's", r"'Q'\''s & A'\''s'")] {
        let output = nothing().qabook(&["new", dir]).output().unwrap();
        assert!(said(&output).contains(&format!("next: cd {shown} && qabook serve")), "{}", said(&output));
    }
}
