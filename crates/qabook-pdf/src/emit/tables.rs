//! Tables.

use qabook_document::{Alignment, Cell, Table, plain_text};

use super::writer::{LONGEST_WORD, Writer};

/// With more there is no room for words, however small the letters.
const MOST_COLUMNS: usize = 12;

impl Writer<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        let columns = table.alignments.len();
        if columns > MOST_COLUMNS {
            self.warning(
                format!("a table of {columns} columns can't be read on a page"),
                "break it up, or let its rows be columns",
            );
        }
        // The more columns, the narrower they are.
        self.longest_word = (2 * LONGEST_WORD / columns.max(2)).max(6);
        let alignment: Vec<_> = table.alignments.iter().map(|&alignment| name(alignment)).collect();
        let caption = self.inlines_code(&table.caption);
        self.out.push_str(&format!(
            "#framed-table({}, ({},), [{caption}], {},\n(",
            widths(table, self.emitter.layout.table_letters()),
            alignment.join(", "),
            table.head.len()
        ));
        self.rows(&table.head, true);
        self.out.push_str("),\n");
        self.rows(&table.rows, false);
        self.out.push(')');
        self.longest_word = LONGEST_WORD;
    }

    fn rows(&mut self, rows: &[Vec<Cell>], is_head: bool) {
        for row in rows {
            for cell in row {
                let code = match cell.line() {
                    Some(text) => self.inlines_code(text),
                    None => self.apart(|writer| writer.blocks(&cell.blocks)),
                };
                let code = if cell.header.is_some() && !is_head { format!("#strong[{code}]") } else { code };
                if (cell.columns, cell.rows) != (1, 1) {
                    self.out.push_str(&format!("table.cell(colspan: {}, rowspan: {})", cell.columns, cell.rows));
                }
                self.out.push_str(&format!("[{code}], "));
            }
            self.out.push('\n');
        }
    }
}

fn name(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None | Alignment::Left => "start",
        Alignment::Center => "center",
        Alignment::Right => "end",
    }
}

/// The widths of the columns: what they need when that is no more than `room` letters, or else shares of the page that
/// follow how much is in them.
fn widths(table: &Table, room: usize) -> String {
    let columns: Vec<Column> = (0..table.alignments.len()).map(|index| Column::of(table, index)).collect();
    if columns.iter().map(|column| column.widest).sum::<usize>() <= room {
        return columns.len().to_string();
    }
    let shares: String = columns.iter().map(|column| format!("{}fr, ", column.share())).collect();
    format!("({shares})")
}

/// What a column holds, in letters, of which two are as wide as a 汉字.
#[derive(Debug, PartialEq, Eq)]
struct Column {
    /// Its widest cell.
    widest: usize,
    /// The mean of its cells, at least a short word.
    mean: usize,
    /// The longest word that doesn't break by itself.
    longest_word: usize,
}

impl Column {
    fn of(table: &Table, index: usize) -> Self {
        const SHORTEST: usize = 6;
        let rows = table.head.iter().chain(&table.rows);
        let lines = rows.filter_map(|row| row.get(index)).filter_map(Cell::line);
        let cells: Vec<String> = lines.map(plain_text).collect();
        let widths: Vec<usize> = cells.iter().map(|cell| letters(cell)).collect();
        let words = cells.iter().flat_map(|cell| cell.split(|c: char| !c.is_ascii() || c.is_ascii_whitespace()));
        Self {
            widest: widths.iter().copied().max().unwrap_or(0),
            mean: (widths.iter().sum::<usize>() / widths.len().max(1)).max(SHORTEST),
            longest_word: words.map(str::len).max().unwrap_or(0).min(LONGEST_WORD),
        }
    }
}

impl Column {
    /// How much room it should have: between its mean and its widest cell, so that neither a few long cells nor many
    /// short ones decide alone.
    fn share(&self) -> usize {
        const WIDE: usize = 40;
        self.mean.midpoint(self.widest.min(WIDE)).max(self.mean).max(self.longest_word)
    }
}

/// How wide `text` is: 1 for ASCII, 2 for the rest.
fn letters(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use qabook_document::Inline;

    fn table(rows: &[[&str; 2]]) -> Table {
        let cell = |text: &&str| Cell::of_text(vec![Inline::Text((*text).to_string())], None);
        let mut rows: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        Table { caption: Vec::new(), alignments: vec![Alignment::None; 2], head: vec![rows.remove(0)], rows }
    }

    #[test]
    fn a_narrow_table_is_as_wide_as_its_words() {
        assert_eq!(widths(&table(&[["词", "意思"], ["包", "packet"]]), 20), "2");
    }

    #[test]
    fn a_wide_table_gives_most_room_to_the_column_with_most_text() {
        let long = "一".repeat(30);
        assert_eq!(widths(&table(&[["词", &long], ["retransmission", &long]]), 40), "(14fr, 60fr, )");
    }
}
