//! Tables.

use super::{Block, BlockKind, Inline};

/// A table: each of its rows covers each column once, with those cells of rows above that reach into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What it shows; empty for most, as Markdown has no captions.
    pub caption: Vec<Inline>,
    /// One for each column.
    pub alignments: Vec<Alignment>,
    /// The rows of the head; a table that is written as HTML may have none, or more than one.
    pub head: Vec<Vec<Cell>>,
    /// The rows below.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Its cells in reading order.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.head.iter().chain(&self.rows).flatten()
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What it is the header of; `None` for a cell of data.
    pub header: Option<Scope>,
    /// How many columns it covers, at least one.
    pub columns: usize,
    /// How many rows it covers, at least one.
    pub rows: usize,
    /// What it says: most often one paragraph.
    pub blocks: Vec<Block>,
}

/// What a header cell is the header of: the attribute `scope`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Scope {
    Column,
    Row,
    ColumnGroup,
    RowGroup,
}

impl Scope {
    /// The attribute's value in HTML.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Column => "col",
            Self::Row => "row",
            Self::ColumnGroup => "colgroup",
            Self::RowGroup => "rowgroup",
        }
    }
}

impl Cell {
    /// A cell of one column and row that says `text`; in the head of a table it is its column's header.
    #[must_use]
    pub fn of_text(text: Vec<Inline>, header: Option<Scope>) -> Self {
        Self { header, columns: 1, rows: 1, blocks: vec![Block { line: None, kind: BlockKind::Paragraph(text) }] }
    }

    /// Its text when it is one paragraph, as every cell of a table in Markdown is.
    #[must_use]
    pub fn line(&self) -> Option<&[Inline]> {
        match self.blocks.as_slice() {
            [Block { kind: BlockKind::Paragraph(text), .. }] => Some(text),
            _ => None,
        }
    }
}

/// How the cells of a column are aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// As the language does.
    None,
    /// At the start.
    Left,
    /// In the middle.
    Center,
    /// At the end.
    Right,
}
