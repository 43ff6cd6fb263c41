//! What a table says of its columns and headers.

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
