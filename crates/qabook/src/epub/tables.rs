//! Tables as XHTML.

use qabook_document::{Alignment, Cell, Scope, Table};

use super::content::Writer;

impl Writer<'_> {
    pub(super) fn table(&mut self, table: &Table) -> String {
        let mut rows = |rows: &[Vec<Cell>]| -> String { rows.iter().map(|cells| self.row(table, cells)).collect() };
        let [head, body] = [rows(&table.head), rows(&table.rows)];
        let section = |tag: &str, rows: String| match rows.as_str() {
            // A section without rows is none to XHTML.
            "" => rows,
            _ => format!("<{tag}>\n{rows}</{tag}>\n"),
        };
        let caption = match self.inlines(&table.caption) {
            caption if caption.is_empty() => caption,
            caption => format!("<caption>{caption}</caption>\n"),
        };
        let [head, body] = [section("thead", head), section("tbody", body)];
        format!("<div class=\"table\"><table>\n{caption}{head}{body}</table></div>")
    }

    fn row(&mut self, table: &Table, cells: &[Cell]) -> String {
        let cells = cells.iter().enumerate().map(|(column, cell)| {
            let (tag, scope) = cell.header.map_or(("td", String::new()), |scope| ("th", scope_of(scope)));
            let class = class(table.alignments.get(column).copied());
            let spans = cell.spans();
            let text = self.item("", &cell.blocks, cell.blocks.len() == 1);
            format!("<{tag}{scope}{class}{spans}>{text}</{tag}>")
        });
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    }
}

fn scope_of(scope: Scope) -> String {
    format!(" scope=\"{}\"", scope.name())
}

/// Only Markdown says how columns are aligned, and its cells cover one each.
fn class(alignment: Option<Alignment>) -> &'static str {
    match alignment {
        Some(Alignment::Left) => " class=\"start\"",
        Some(Alignment::Center) => " class=\"center\"",
        Some(Alignment::Right) => " class=\"end\"",
        Some(Alignment::None) | None => "",
    }
}
