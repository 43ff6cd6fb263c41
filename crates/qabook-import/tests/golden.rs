//! Lists of every form, and the books that they become: `NAME.md`, `NAME.csv` or a folder, and `NAME.book`.
//!
//! `SNAPSHOTS=overwrite` accepts what an import makes.

mod common;

use common::{added, lost, planned};
use qabook_import::{Options, Settings, next_steps, report, write};
use std::fs;
use std::path::Path;

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden"))
}

/// What the import of `list` says and writes, as one text.
fn imported(list: &str) -> String {
    let (lists, plan) = match planned(&folder().join(list), &Options::default()) {
        Ok(planned) => planned,
        Err(problems) => return problems.replace(&format!("{}/", folder().display()), "").replace("tests/golden/", ""),
    };
    // A table's first row names its columns; a fence that was raw HTML has no language to read any more.
    if !["table.csv", "unclosed-tag.md"].contains(&list) {
        assert_eq!(lost(&lists, &plan), [""; 0], "words of {list} are lost");
    }
    let book = tempfile::tempdir().unwrap();
    let outcome = write(&plan, book.path(), Settings::default(), &mut |_| Ok(())).unwrap();
    let mut text = report(&plan, true).replace("tests/golden/", "") + &next_steps(&plan, &outcome, true);
    for path in &outcome.written {
        let bytes = fs::read(book.path().join(path)).unwrap();
        let content = String::from_utf8(bytes).unwrap_or_else(|_| "(a picture)\n".into());
        text.push_str(&format!("\n══ {} ══\n{content}", path.display()));
    }
    text
}

fn compare(list: &str, name: &str) {
    let expected = folder().join(format!("{name}.book"));
    let expected = snapbox::Data::read_from(&expected, Some(snapbox::data::DataFormat::Text));
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(imported(list), expected.raw());
}

macro_rules! golden {
    ($($test:ident: $list:literal, $name:literal;)+) => {
        $(#[test] fn $test() { compare($list, $name); })+
    };
}

golden! {
    numbered_headings_with_answers_in_fences: "numbered-headings.md", "numbered-headings";
    headings_that_begin_items: "item-headings.md", "item-headings";
    bold_lines: "bold.md", "bold";
    items_of_lists: "items.md", "items";
    details_with_summaries: "details.md", "details";
    one_question_a_file: "files", "files";
    rows_of_a_table: "table.csv", "table";
    what_would_break_a_build: "traps.md", "traps";
    signs_that_are_said_and_not_meant: "signs.md", "signs";
    parts_of_one_name_in_two_parts: "two-titles.md", "two-titles";
    a_tag_that_nothing_closes: "unclosed-tag.md", "unclosed-tag";
    a_list_without_questions_is_an_error: "no-questions.md", "no-questions";
    a_fence_that_swallows_questions_is_an_error: "unclosed-fence.md", "unclosed-fence";
}

/// Words in a page that nobody wrote would be a fault, too; the traps have alternative texts of pictures in HTML.
#[test]
fn nothing_is_added() {
    for list in ["numbered-headings.md", "item-headings.md", "bold.md", "items.md", "details.md"] {
        let (lists, plan) = planned(&folder().join(list), &Options::default()).unwrap();
        assert_eq!(added(&lists, &plan), [""; 0], "{list}");
    }
}
