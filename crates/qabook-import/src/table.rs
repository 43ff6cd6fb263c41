//! Lists in CSV or TSV.

use qabook_support::{Diagnostic, Diagnostics};

use crate::read::{LIST, Source};
use crate::scan::LineCounter;
use crate::words::{WORDS, is_one_of};

/// A question of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) question: String,
    pub(crate) answer: String,
    pub(crate) tags: Vec<String>,
    pub(crate) part: Option<String>,
    pub(crate) line: usize,
}

/// Where a table's columns are.
struct Columns {
    question: usize,
    answer: Option<usize>,
    tags: Option<usize>,
    part: Option<usize>,
    /// Whether the first row names them.
    are_named: bool,
}

/// The questions of the table in `source`, whose cells `delimiter` parts. The first row may name the columns; else they are
/// question, answer, tags.
///
/// # Errors
/// What is no table, with its line; rows without a question.
pub(crate) fn rows(source: &Source, delimiter: u8) -> Result<Vec<Row>, Diagnostics> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        // In tab-separated text a quote is usually a quote.
        .quoting(delimiter != b'\t' || source.text.contains("\t\""))
        .from_reader(source.text.as_bytes());
    let mut lines = LineCounter::new(&source.text);
    let mut columns = None;
    let mut rows = Vec::new();
    let mut problems = Diagnostics::default();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map(|at| usize::try_from(at.line()).unwrap_or(1));
                let hint = "write one question a row: question, answer, tags";
                return Err(LIST
                    .broken(format!("this is no table: {error}"), hint)
                    .in_file(&source.shown)
                    .on_line(line)
                    .into());
            }
        };
        let at = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(0);
        // Blank lines before a record count as its own.
        let blank = source.text[at..].len() - source.text[at..].trim_start_matches('\n').len();
        let line = lines.line(at + blank);
        let columns = if let Some(columns) = &columns {
            columns
        } else {
            let found = columns.insert(columns_of(&record));
            if found.are_named {
                continue;
            }
            found
        };
        match row(&record, columns, line) {
            Some(row) => rows.push(row),
            None if record.iter().all(|cell| cell.trim().is_empty()) => {}
            None => problems.push(nameless(source, line)),
        }
    }
    problems.into_result(rows)
}

fn nameless(source: &Source, line: usize) -> Diagnostic {
    LIST.broken("this row has no question", "fill its first column, or delete it").in_file(&source.shown).on_line(line)
}

fn columns_of(record: &csv::StringRecord) -> Columns {
    let find = |names: &[String]| {
        names.iter().find_map(|name| record.iter().position(|cell| is_one_of(cell, std::slice::from_ref(name))))
    };
    let words = &WORDS.columns;
    match find(&words.question) {
        Some(question) => Columns {
            question,
            answer: find(&words.answer),
            tags: find(&words.tags),
            part: find(&words.part),
            are_named: true,
        },
        None => Columns { question: 0, answer: Some(1), tags: Some(2), part: None, are_named: false },
    }
}

fn row(record: &csv::StringRecord, columns: &Columns, line: usize) -> Option<Row> {
    let cell = |column: Option<usize>| column.and_then(|column| record.get(column)).unwrap_or_default().trim();
    let question = cell(Some(columns.question));
    let tags = cell(columns.tags).split([',', ';', '，', '；', '、', '|']).map(str::trim);
    (!question.is_empty()).then(|| Row {
        question: question.to_string(),
        answer: cell(columns.answer).to_string(),
        tags: tags.filter(|tag| !tag.is_empty()).map(str::to_string).collect(),
        part: Some(cell(columns.part)).filter(|part| !part.is_empty()).map(str::to_string),
        line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Format;

    fn read(text: &str, delimiter: u8) -> Result<Vec<Row>, Diagnostics> {
        let format = Format::Table(delimiter);
        let source = Source {
            path: "a.csv".into(),
            shown: "a.csv".into(),
            folder: "".into(),
            text: text.into(),
            format,
            front_matter: None,
        };
        rows(&source, delimiter)
    }

    #[test]
    fn columns_are_found_by_their_names_or_their_order() {
        let rows = read("Tags,Question,Answer\n\"a, b\",\"What, then?\",\"Two\nlines\"\n", b',').unwrap();
        assert_eq!((rows[0].question.as_str(), rows[0].answer.as_str()), ("What, then?", "Two\nlines"));
        assert_eq!((rows[0].tags.as_slice(), rows[0].line), (["a".to_string(), "b".into()].as_slice(), 2));
        let rows = read("什么？\t它说 \"是\"\t网络\n为什么？\n", b'\t').unwrap();
        assert_eq!((rows[0].answer.as_str(), rows[1].answer.as_str()), ("它说 \"是\"", ""));
    }

    #[test]
    fn rows_without_a_question_are_told() {
        let problems = read("question,answer\n,x\n\n,y\n", b',').unwrap_err().to_string();
        assert!(problems.contains("a.csv:2: this row has no question") && problems.contains("a.csv:4:"), "{problems}");
    }
}
