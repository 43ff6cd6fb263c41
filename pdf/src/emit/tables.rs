//! Tables.

use document::{Alignment, Table};

use super::Writer;
use super::text::LONGEST_WORD;

impl Writer<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        // The more columns, the narrower they are.
        self.longest_word = (2 * LONGEST_WORD / table.alignments.len().max(2)).max(6);
        let alignment: Vec<_> = table.alignments.iter().map(|&alignment| name(alignment)).collect();
        self.out.push_str(&format!("#framed-table({}, ({},),\n(", table.alignments.len(), alignment.join(", ")));
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
