//! Tables, of Markdown and of HTML.

use super::Builder;
use super::frame::{Frame, Kind, OpenTable};
use crate::html::Element;
use crate::{Alignment, Block, BlockKind, Cell, Scope, Table};

/// The largest span: browsers take no larger one for columns
/// (<https://html.spec.whatwg.org/multipage/tables.html#dom-tdth-colspan>).
const LARGEST_SPAN: usize = 1000;

impl Builder<'_> {
    /// A row of the table around it.
    pub(super) fn settle_row(&mut self, mut cells: Vec<Cell>, is_head: bool, frame: Frame) {
        self.settle_section(frame);
        let is_head = is_head || self.top().tag.as_deref() == Some("thead");
        if let Some(table) = self.open_table() {
            // A first row of headers alone is one of columns, also where no `<thead>` says so.
            if table.rows.is_empty() && cells.len() > 1 && cells.iter().all(|cell| cell.header == Some(Scope::Row)) {
                for cell in &mut cells {
                    cell.header = Some(Scope::Column);
                }
            }
            if is_head { table.head.push(cells) } else { table.rows.push(cells) }
        }
    }

    /// What stands in a section or row of a table, but outside its cells.
    pub(super) fn settle_section(&mut self, frame: Frame) {
        let stray = self.stray(frame);
        if let Some(table) = self.open_table() {
            table.stray.extend(stray);
        }
    }

    fn open_table(&mut self) -> Option<&mut OpenTable> {
        self.frames.iter_mut().rev().find_map(|frame| match &mut frame.kind {
            Kind::Table(table) => Some(table),
            _ => None,
        })
    }

    pub(super) fn settle_cell(&mut self, mut cell: Cell, frame: Frame) {
        cell.blocks = if frame.blocks.is_empty() {
            vec![Block { line: frame.line, kind: BlockKind::Paragraph(frame.into_text()) }]
        } else {
            frame.into_blocks()
        };
        if let Kind::Row { cells, .. } = &mut self.top().kind {
            cells.push(cell);
        }
    }

    pub(super) fn settle_table(&mut self, table: OpenTable, mut frame: Frame) {
        let (line, id) = (frame.line, frame.id.take());
        let outside = self.stray(frame);
        let OpenTable { caption, mut alignments, mut head, mut rows, stray } = table;
        stray.into_iter().chain(outside).for_each(|block| self.push_block(block));
        let widths = [fit(&mut head), fit(&mut rows)];
        let columns = widths.iter().flatten().copied().fold(alignments.len(), usize::max);
        alignments.resize(columns, Alignment::None);
        let [head_widths, row_widths] = widths;
        fill(&mut head, &head_widths, columns);
        fill(&mut rows, &row_widths, columns);
        // Without a cell it is no table to any renderer.
        let kind = match columns {
            0 => BlockKind::Paragraph(caption),
            _ => BlockKind::Table(Table { caption, alignments, head, rows }),
        };
        self.push_group(id, vec![Block { line, kind }], line);
    }

    /// What stands in `frame` where only parts of a table or list can be. It is shown before these, as browsers do.
    pub(super) fn stray(&mut self, frame: Frame) -> Vec<Block> {
        let (line, tag) = (frame.line, frame.tag.clone().unwrap_or_default());
        let blocks = frame.into_blocks();
        for block in &blocks {
            let message = format!("text is directly in <{tag}>: it is shown before the table or list");
            self.warn(block.line.or(line), message, "put it into a cell or item");
        }
        blocks
    }
}

/// The cell that a `<td>` or `<th>` opens; a header without a scope is one of its column in the head, of its row below.
pub(super) fn cell(element: &Element, is_in_head: bool) -> Cell {
    let span = |name: &str| {
        let span = element.attribute(name).and_then(|value| value.trim().parse().ok());
        span.unwrap_or(1).clamp(1, LARGEST_SPAN)
    };
    let header = (element.name == "th").then(|| match element.attribute("scope") {
        Some("col") => Scope::Column,
        Some("row") => Scope::Row,
        Some("colgroup") => Scope::ColumnGroup,
        Some("rowgroup") => Scope::RowGroup,
        _ if is_in_head => Scope::Column,
        _ => Scope::Row,
    });
    Cell { header, columns: span("colspan"), rows: span("rowspan"), blocks: Vec::new() }
}

/// Ends cells that reach below the last of `rows` or into others; returns for each row up to which column it is covered.
fn fit(rows: &mut [Vec<Cell>]) -> Vec<usize> {
    let count = rows.len();
    // For each column how many rows, from the current one on, a cell above covers.
    let mut covered: Vec<usize> = Vec::new();
    let mut widths = Vec::new();
    for (at, row) in rows.iter_mut().enumerate() {
        let mut next: Vec<usize> = covered.iter().map(|left| left.saturating_sub(1)).collect();
        let is_covered = |column: usize| covered.get(column).is_some_and(|left| *left > 0);
        let mut column = 0;
        for cell in row {
            while is_covered(column) {
                column += 1;
            }
            cell.rows = cell.rows.min(count - at);
            cell.columns = (1..cell.columns).find(|ahead| is_covered(column + ahead)).unwrap_or(cell.columns);
            next.resize(next.len().max(column + cell.columns), 0);
            next[column..column + cell.columns].fill(cell.rows - 1);
            column += cell.columns;
        }
        let from_above = covered.iter().rposition(|left| *left > 0).map_or(0, |last| last + 1);
        widths.push(column.max(from_above));
        covered = next;
    }
    widths
}

/// Adds an empty cell for each of `columns` after those that a row covers.
fn fill(rows: &mut [Vec<Cell>], widths: &[usize], columns: usize) {
    for (row, width) in rows.iter_mut().zip(widths) {
        row.extend((*width..columns).map(|_| Cell::of_text(Vec::new(), None)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(spans: &[(usize, usize)]) -> Vec<Cell> {
        spans.iter().map(|&(columns, rows)| Cell { columns, rows, ..Cell::of_text(Vec::new(), None) }).collect()
    }

    #[test]
    fn a_row_is_as_wide_as_its_cells_and_those_that_reach_into_it() {
        assert_eq!(fit(&mut [row(&[(1, 2), (2, 1)]), row(&[(1, 1)]), row(&[(4, 1)])]), [3, 2, 4]);
        assert_eq!(fit(&mut [row(&[(1, 1), (1, 3)]), row(&[]), row(&[(1, 1)])]), [2, 2, 2]);
    }

    #[test]
    fn every_row_covers_every_column_once_and_no_cell_leaves_the_table() {
        let mut rows = vec![row(&[(1, 9), (2, 1)]), row(&[(1, 1)])];
        let widths = fit(&mut rows);
        fill(&mut rows, &widths, 3);
        assert_eq!(rows, [row(&[(1, 2), (2, 1)]), row(&[(1, 1), (1, 1)])]);
    }

    #[test]
    fn a_cell_ends_where_one_from_above_begins() {
        let mut rows = vec![row(&[(1, 1), (1, 2)]), row(&[(2, 1)])];
        assert_eq!(fit(&mut rows), [2, 2]);
        assert_eq!(rows[1], row(&[(1, 1)]));
    }
}
