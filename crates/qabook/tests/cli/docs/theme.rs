//! Every template that a book may replace is named.

use super::{chapter, code, rows, section};
use crate::small_book::SmallBook;
use std::collections::BTreeSet;

/// Drawn where the feature `share-images` is on, and only then among the files to copy.
const DRAWN: &str = "share-image.svg";

#[test]
fn every_template_is_named() {
    let text = chapter("change/theme.md");
    let lines = section(&text, "templates");
    let mut named: BTreeSet<&str> = rows(&lines).into_iter().flat_map(|row| code(row[0])).collect();
    assert!(named.remove(DRAWN));

    let listed = SmallBook::new().qabook(&["theme", "eject", "--list"]).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let templates = listed.lines().filter_map(|file| file.strip_prefix("templates/"));
    assert_eq!(named, templates.filter(|name| *name != DRAWN).collect());
}
