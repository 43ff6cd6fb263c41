//! The cells of tables as spreadsheets write them.

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Its text, without the quotes around it.
    pub(crate) text: String,
    /// Whether there were quotes around it.
    pub(crate) is_quoted: bool,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) cells: Vec<Cell>,
    /// The line (from 1) on which it begins.
    pub(crate) line: usize,
}

/// A quote that opens a cell and that nothing closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unclosed {
    /// Its line (from 1).
    pub(crate) line: usize,
}

/// The rows of a table, without blank lines. After an error there are no more.
#[derive(Debug)]
pub(crate) struct Records<'a> {
    rest: &'a str,
    line: usize,
    delimiter: char,
}

impl<'a> Records<'a> {
    /// The rows of `text`, whose cells `delimiter` parts. A first line `sep=;`, which is Excel's, is none.
    pub(crate) fn new(text: &'a str, delimiter: u8) -> Self {
        let (rest, line) = match declared(text) {
            Some((_, rest)) => (rest, 2),
            None => (text, 1),
        };
        Self { rest, line, delimiter: delimiter.into() }
    }

    fn skip(&mut self, bytes: usize) {
        let (skipped, rest) = self.rest.split_at(bytes);
        self.line += skipped.matches('\n').count();
        self.rest = rest;
    }

    fn cell(&mut self) -> Result<Cell, Unclosed> {
        if let Some((text, length)) = quoted(self.rest, self.delimiter) {
            self.skip(length);
            return Ok(Cell { text, is_quoted: true });
        }
        let end = self.rest.find([self.delimiter, '\n']).unwrap_or(self.rest.len());
        let text = self.rest[..end].to_string();
        // In tab-separated text a quote is just a quote.
        if self.delimiter != '\t' && is_open(&text) {
            return Err(Unclosed { line: self.line });
        }
        self.skip(end);
        Ok(Cell { text, is_quoted: false })
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, Unclosed>;

    fn next(&mut self) -> Option<Self::Item> {
        self.skip(self.rest.len() - self.rest.trim_start_matches('\n').len());
        if self.rest.is_empty() {
            return None;
        }
        let (line, mut cells) = (self.line, Vec::new());
        loop {
            match self.cell() {
                Ok(cell) => cells.push(cell),
                Err(unclosed) => {
                    self.rest = "";
                    return Some(Err(unclosed));
                }
            }
            let Some(end) = self.rest.chars().next() else { break };
            self.skip(end.len_utf8());
            if end == '\n' {
                break;
            }
        }
        Some(Ok(Record { cells, line }))
    }
}

/// Whether `text`, which ends where a cell without quotes ends, begins with a quote that was to be closed later. `"A" is a letter`
/// has its quotes in pairs, and no space in front of those that close.
fn is_open(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('"') else { return false };
    let is_pair = inner.matches('"').count() % 2 == 1;
    !is_pair || inner.split('"').next().is_some_and(|first| first.ends_with(char::is_whitespace))
}

/// What a first line such as `sep=;`, by which Excel is told, says, and the text behind that.
pub(super) fn declared(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    match first.trim_matches('"').strip_prefix("sep=")?.as_bytes() {
        [delimiter @ (b',' | b';' | b'\t')] => Some((*delimiter, rest)),
        _ => None,
    }
}

/// The text of the cell that `rest` begins with, and how many bytes it takes up; `None` unless quotes are around all of it.
fn quoted(rest: &str, delimiter: char) -> Option<(String, usize)> {
    // People write a space behind a comma.
    let start = if delimiter == '\t' { rest } else { rest.trim_start_matches(' ') };
    let inner = start.strip_prefix('"')?;
    let mut from = 0;
    let close = loop {
        let at = from + inner[from..].find('"')?;
        if !inner[at + 1..].starts_with('"') {
            break at;
        }
        from = at + 2;
    };
    let after = inner[close + 1..].trim_start_matches(' ');
    let is_all = after.is_empty() || after.starts_with([delimiter, '\n']);
    is_all.then(|| (inner[..close].replace("\"\"", "\""), rest.len() - after.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        let records = Records::new(text, delimiter).map(Result::unwrap);
        records.map(|record| record.cells.into_iter().map(|cell| cell.text).collect()).collect()
    }

    #[test]
    fn cells_are_read_as_spreadsheets_write_them() {
        for (text, delimiter, expected) in [
            ("a,b\n\nc,d", b',', &[&["a", "b"][..], &["c", "d"]][..]),
            ("a,\"b, \"\"c\"\"\nd\",\n", b',', &[&["a", "b, \"c\"\nd", ""]]),
            ("a, \"b, c\" ,d\n", b',', &[&["a", "b, c", "d"]]),
            ("a,\"A\" is a letter.\nb,5\" long\n", b',', &[&["a", "\"A\" is a letter."], &["b", "5\" long"]]),
            ("sep=;\na;\"b;c\"\n", b';', &[&["a", "b;c"]]),
            ("a\t\"A\" is a letter.\nb\t\"\n", b'\t', &[&["a", "\"A\" is a letter."], &["b", "\""]]),
            ("a\t\"b\n\"\"c\"\"\td\"\ne\t\"f\n", b'\t', &[&["a", "b\n\"c\"\td"], &["e", "\"f"]]),
        ] {
            assert_eq!(cells(text, delimiter), expected, "{text}");
        }
    }

    #[test]
    fn a_quote_that_nothing_closes_is_told_with_its_line() {
        for (text, line) in [
            ("a,\"b\nc,d\n", 1),
            ("a,b\n\nc,\"d\ne,\"f\"\n", 3),
            ("a,\"b\nc\",\"d\n", 2),
            ("a,\"He said \"hi\nthere\"\n", 1),
            ("\"", 1),
        ] {
            let last = Records::new(text, b',').last();
            assert_eq!(last, Some(Err(Unclosed { line })), "{text}");
        }
    }
}
