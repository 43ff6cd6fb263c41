//! Where a table's columns are.

use crate::cells::{Cell, Record};
use crate::words::{WORDS, is_one_of};

/// The columns of a table without a head: question, answer, tags.
const WITHOUT_HEAD: usize = 3;

/// Where a table's columns are.
#[derive(Debug)]
pub(super) struct Columns {
    question: usize,
    answer: Option<usize>,
    tags: Option<usize>,
    part: Option<usize>,
    /// What the first row calls them; `None` when that is a question.
    head: Option<Vec<String>>,
}

impl Columns {
    /// Those that `first`, the first row of a table, names.
    pub(super) fn of(first: &Record) -> Self {
        let find = |names: &[String]| {
            names
                .iter()
                .find_map(|name| first.cells.iter().position(|cell| is_one_of(&cell.text, std::slice::from_ref(name))))
        };
        let words = &WORDS.columns;
        let Some(question) = find(&words.question) else {
            return Self { question: 0, answer: Some(1), tags: Some(2), part: None, head: None };
        };
        let mut head: Vec<String> = first.cells.iter().map(|cell| cell.text.trim().to_string()).collect();
        head.truncate(head.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1));
        let (answer, tags, part) = (find(&words.answer), find(&words.tags), find(&words.part));
        Self { question, answer, tags, part, head: Some(head) }
    }

    /// The names of the columns, where the first row is a head.
    pub(super) fn head(&self) -> Option<&[String]> {
        self.head.as_deref()
    }

    pub(super) fn question<'a>(&self, record: &'a Record) -> &'a str {
        text(record, Some(self.question))
    }

    pub(super) fn answer<'a>(&self, record: &'a Record) -> &'a str {
        text(record, self.answer)
    }

    pub(super) fn tags<'a>(&self, record: &'a Record) -> &'a str {
        text(record, self.tags)
    }

    pub(super) fn part<'a>(&self, record: &'a Record) -> &'a str {
        text(record, self.part)
    }

    /// What `record` has in columns of other names.
    pub(super) fn others<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = (&'a str, &'a str)> {
        let known = [Some(self.question), self.answer, self.tags, self.part];
        let names = self.head().unwrap_or_default().iter().map(String::as_str);
        let cells = names.zip(&record.cells).enumerate();
        cells
            .filter(move |(index, (name, cell))| !known.contains(&Some(*index)) && !name.is_empty() && !is_blank(cell))
            .map(|(_, (name, cell))| (name, cell.text.as_str()))
    }

    /// Whether `cell` is the number of its row, as programs write them into a column without a name in front of the others.
    fn is_row_number(&self, index: usize, cell: &Cell) -> bool {
        let is_in_front = self.head().is_some_and(|_| index == 0);
        is_in_front && cell.text.trim().bytes().all(|byte| byte.is_ascii_digit())
    }

    /// What is wrong with a cell of `record`, and its text: it is in no column, or the end of a sentence is where tags or
    /// the part should be. Then a comma that isn't in quotes parts an answer.
    pub(super) fn stray<'a>(&self, record: &'a Record) -> Option<(&'static str, &'a str)> {
        let is_named = |index: usize| match self.head() {
            Some(head) => head.get(index).is_some_and(|name| !name.is_empty()),
            None => index < WITHOUT_HEAD,
        };
        for (index, cell) in record.cells.iter().enumerate() {
            if is_blank(cell) {
                continue;
            }
            if !is_named(index) && !self.is_row_number(index, cell) {
                let message = match self.head {
                    Some(_) => "is in no column that the head names",
                    None => "is in no column: without a head there are question, answer and tags",
                };
                return Some((message, &cell.text));
            }
            // Spreadsheets write no spaces in front.
            let is_sentence = !cell.is_quoted
                && cell.text.starts_with(' ')
                && cell.text.trim_end().ends_with(['.', '。', '?', '？', '!', '！']);
            if is_sentence && [self.tags, self.part].contains(&Some(index)) {
                return Some(("is where tags or a part should be, and ends like a sentence", &cell.text));
            }
        }
        None
    }
}

fn is_blank(cell: &Cell) -> bool {
    cell.text.trim().is_empty()
}

/// The text of `record` in `column`.
fn text(record: &Record, column: Option<usize>) -> &str {
    column.and_then(|column| record.cells.get(column)).map_or("", |cell| cell.text.trim())
}
