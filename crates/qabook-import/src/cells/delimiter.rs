//! What parts the cells of a table: Excel writes what the country's settings say.

use std::collections::HashMap;

use super::records::{Cell, Records, declared};
use crate::words::{WORDS, is_one_of};

/// How many rows are looked at.
const ROWS: usize = 50;

/// How messages call `delimiter`.
pub(crate) fn name(delimiter: u8) -> &'static str {
    match delimiter {
        b';' => "semicolon",
        b'\t' => "tab",
        _ => "comma",
    }
}

/// What parts the cells of `text`, whose file's ending says that it is `usual`.
pub(crate) fn delimiter(text: &str, usual: u8) -> u8 {
    if let Some((declared, _)) = declared(text) {
        return declared;
    }
    // Nobody writes tabs into sentences.
    if usual == b'\t' && text.contains('\t') {
        return usual;
    }
    let mut best = (usual, (0, 0.0));
    for delimiter in [usual, b',', b';', b'\t'] {
        let score = (names(text, delimiter), shape(text, delimiter));
        if score > best.1 {
            best = (delimiter, score);
        }
    }
    best.0
}

/// How many cells of the first row name a column, when the row is a head.
fn names(text: &str, delimiter: u8) -> usize {
    let Some(Ok(head)) = Records::new(text, delimiter).next() else { return 0 };
    let words = &WORDS.columns;
    let is = |cell: &Cell, names: &[String]| is_one_of(&cell.text, names);
    if head.cells.len() < 2 || !head.cells.iter().any(|cell| is(cell, &words.question)) {
        return 0;
    }
    let all = [&words.question, &words.answer, &words.tags, &words.part];
    head.cells.iter().filter(|cell| all.iter().any(|names| is(cell, names))).count()
}

/// How much the first rows look like rows with `delimiter` between their cells: it is in each of them, as often in one as in
/// another, behind a question mark, and without a space behind it, as sentences have.
fn shape(text: &str, delimiter: u8) -> f64 {
    let mut rows = 0;
    let (mut parted, mut asking, mut tight) = (0, 0, 0);
    let mut counts: HashMap<usize, u32> = HashMap::new();
    for record in Records::new(text, delimiter).take(ROWS) {
        rows += 1;
        let Some((first, others)) = record.as_ref().ok().and_then(|record| record.cells.split_first()) else {
            continue;
        };
        if others.is_empty() {
            continue;
        }
        parted += 1;
        asking += u32::from(first.text.trim_end().ends_with(['?', '？']));
        tight += u32::from(others.iter().all(|cell| cell.is_quoted || !cell.text.starts_with(' ')));
        *counts.entry(others.len()).or_default() += 1;
    }
    let same = counts.into_values().max().unwrap_or_default();
    f64::from(parted + asking + tight + same) / f64::from(rows.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_found_by_the_head_or_by_the_rows() {
        for (text, usual, expected) in [
            ("question;answer\nWhat is a?;It is a, yes.\n", b',', b';'),
            ("\"Frage\";\"question\";\"answer\"\n", b',', b';'),
            ("question\tanswer, in short\n", b',', b'\t'),
            ("question,answer\nWhat is a;b?,a; b\n", b',', b','),
            ("What is a?;It is a, yes.\n", b',', b';'),
            ("What is a; b?,It is; that is\n", b',', b','),
            ("Explain a;It is x, y\nExplain b;It is z, w\n", b',', b';'),
            ("Explain a,It is x; y\nExplain b,It is z\n", b',', b','),
            ("Explain a\tIt is x, y\nExplain b\tIt is z\n", b',', b'\t'),
            ("What is a?,b, c\tand d\n", b'\t', b'\t'),
            ("question;answer\nWhat is a?;a\n", b'\t', b';'),
            ("sep=;\nWhat is a?,b;c\n", b',', b';'),
            ("\"a; b\",\"c; d\"\n", b',', b','),
            ("What is a?\nWhat is b?\n", b',', b','),
        ] {
            assert_eq!(char::from(delimiter(text, usual)), char::from(expected), "{text}");
        }
    }
}
