//! How often a build reads a page, by the tracing events of target `html`.

use crate::small_book::SmallBook;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, PoisonError};
use tracing_subscriber::filter::LevelFilter;

static EVENTS: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Events;

impl io::Write for Events {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        EVENTS.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_page_is_read_by_the_search_index_and_by_one_pass() {
    // For all threads: pages are read by several. No other test here builds a book in this process.
    tracing_subscriber::fmt().with_ansi(false).with_max_level(LevelFilter::TRACE).with_writer(|| Events).init();
    let book = SmallBook::new();
    let options = qabook::build::Options { verbosity: qabook::build::Verbosity::Quiet, ..Default::default() };
    qabook::build::build(book.root(), &options).unwrap();
    let events = String::from_utf8(EVENTS.lock().unwrap().clone()).unwrap();
    let mut reads: BTreeMap<&str, usize> = BTreeMap::new();
    for event in events.lines().filter(|line| line.contains(" html: read ")) {
        let (_, file) = event.split_once("file=").unwrap();
        *reads.entry(file.trim_matches('"')).or_default() += 1;
    }
    // mdBook's own pages that repeat others or hold no text of the book aren't indexed.
    let expected = [
        ("404.html", 1),
        ("index.html", 2),
        ("maths/index.html", 2),
        ("maths/sum.html", 2),
        ("outputs.html", 2),
        ("print.html", 1),
        ("review.html", 2),
        ("tags.html", 2),
        ("toc.html", 1),
    ];
    assert_eq!(reads, expected.into());
}
