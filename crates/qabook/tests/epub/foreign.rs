//! The book in `tests/foreign` as an EPUB.

use qabook_support::testing::Test;
use qabook_support::tests;

use crate::epubcheck::{EPUBCHECK, assert_epubcheck_is_clean};
use crate::foreign_book::foreign_book;

pub(crate) const TESTS: &[Test] = tests![a_book_for_stock_mdbook_is_a_valid_one: EPUBCHECK];

fn a_book_for_stock_mdbook_is_a_valid_one() {
    let book = foreign_book();
    let output = book.qabook(&["epub", "--quiet", "--out", "a.epub"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_epubcheck_is_clean(&book.root().join("a.epub"));
}
