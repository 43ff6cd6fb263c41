//! Lists in CSV or TSV.

mod columns;

use qabook_support::{Diagnostic, Diagnostics};

use crate::cells::{self, Record, Records};
use crate::plain;
use crate::read::{Format, LIST, Source};
use columns::Columns;

/// A question of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) question: String,
    /// The answer, and below it what is in columns with other names.
    pub(crate) answer: String,
    pub(crate) tags: Vec<String>,
    pub(crate) part: Option<String>,
    pub(crate) line: usize,
}

/// The questions of the table in `source`, whose cells `delimiter` parts. The first row may name the columns; else they are
/// question, answer, tags.
///
/// # Errors
/// Quotes that nothing closes, rows without a question, cells that are in no column: each with its line.
pub(crate) fn rows(source: &Source, delimiter: u8) -> Result<Vec<Row>, Diagnostics> {
    let mut columns = None;
    let mut rows = Vec::new();
    let mut problems = Diagnostics::default();
    let mut told = |problem: Diagnostic, line: usize| problems.push(problem.in_file(&source.shown).on_line(line));
    for record in Records::new(&source.text, delimiter) {
        let record = match record {
            Ok(record) => record,
            Err(unclosed) => {
                let hint = "close it with a quote at the end of the cell; inside such a cell write \"\" for a quote";
                told(LIST.broken("nothing closes the quote that opens a cell here", hint), unclosed.line);
                break;
            }
        };
        let columns = if let Some(columns) = &columns {
            columns
        } else {
            let found = columns.insert(Columns::of(&record));
            if found.head().is_some() {
                continue;
            }
            found
        };
        if record.cells.iter().all(|cell| cell.text.trim().is_empty()) {
            continue;
        }
        match row(&record, columns, delimiter) {
            Ok(row) => rows.push(row),
            Err(problem) => told(problem, record.line),
        }
    }
    problems.into_result(rows)
}

/// What the tables of `sources` are, for the report; `None` where there are none.
pub(crate) fn described(sources: &[Source]) -> Option<String> {
    let mut found: Vec<String> = Vec::new();
    for source in sources {
        let Format::Table(delimiter) = source.format else { continue };
        let first = Records::new(&source.text, delimiter).next().and_then(Result::ok);
        let columns = first.as_ref().map(Columns::of);
        let columns = match columns.as_ref().and_then(Columns::head) {
            Some(head) => {
                let names = head.iter().map(|name| if name.is_empty() { "(no name)" } else { name.as_str() });
                format!("columns {}", names.collect::<Vec<_>>().join(", "))
            }
            None => "no head".into(),
        };
        let said = format!("rows of a table ({}s between cells, {columns})", cells::name(delimiter));
        if !found.contains(&said) {
            found.push(said);
        }
    }
    (!found.is_empty()).then(|| found.join(" and "))
}

fn row(record: &Record, columns: &Columns, delimiter: u8) -> Result<Row, Diagnostic> {
    if let Some((message, cell)) = columns.stray(record) {
        let cell: String = plain::collapse(cell).chars().take(40).collect();
        let name = cells::name(delimiter);
        let hint = format!(
            "where a cell holds a {name}, put quotes around all of it; where this is a column, name it in the first row"
        );
        return Err(LIST.broken(format!("“{cell}” {message}"), hint));
    }
    let question = columns.question(record);
    if question.is_empty() {
        return Err(LIST.broken("this row has no question", "fill its first column, or delete it"));
    }
    let mut answer = columns.answer(record).to_string();
    for (name, text) in columns.others(record) {
        let (name, text) = (plain::escape(&plain::collapse(name)), text.trim());
        // A list or a fence begins on a line of its own.
        let gap = if text.contains('\n') { "\n\n" } else { " " };
        answer.push_str(&format!("\n\n**{name}**:{gap}{text}"));
    }
    let tags = columns.tags(record).split([',', ';', '，', '；', '、', '|']).map(str::trim);
    Ok(Row {
        question: question.to_string(),
        answer: answer.trim_start().to_string(),
        tags: tags.filter(|tag| !tag.is_empty()).map(str::to_string).collect(),
        part: Some(columns.part(record)).filter(|part| !part.is_empty()).map(str::to_string),
        line: record.line,
    })
}

#[cfg(test)]
mod tests;
