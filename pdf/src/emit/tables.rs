//! Tables.

use document::{Alignment, Table};

use super::Writer;
use super::text::LONGEST_WORD;

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
        self.out.push_str(&format!("#framed-table({columns}, ({},),\n(", alignment.join(", ")));
        for cell in &table.head {
            let code = self.inlines_code(cell);
            self.out.push_str(&format!("[{code}], "));
        }
        self.out.push_str("),\n");
        for row in &table.rows {
            for cell in row {
                let code = self.inlines_code(cell);
                self.out.push_str(&format!("[{code}], "));
            }
            self.out.push('\n');
        }
        self.out.push(')');
        self.longest_word = LONGEST_WORD;
    }
}

fn name(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None | Alignment::Left => "start",
        Alignment::Center => "center",
        Alignment::Right => "end",
    }
}
