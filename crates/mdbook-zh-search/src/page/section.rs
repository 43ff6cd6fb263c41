//! What a page is made of.

/// From one `<h1>`, `<h2>` or `<h3>` to the next.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Section {
    /// The heading's id; without one, that of the section above.
    pub(crate) anchor: String,
    pub(crate) heading: String,
    pub(crate) blocks: Vec<Block>,
    /// What answers a question of its own inside of it, in its order.
    pub(crate) places: Vec<Place>,
}

/// A target inside of a section: what is below a smaller heading, explains a term, follows a question in bold, or is a row of a
/// table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its own id; without one, that of the section.
    pub(crate) anchor: String,
    /// What it begins with: the heading, the term, the question, the first cell.
    pub(crate) heading: String,
}

/// Text without a break: a paragraph, a table cell, a line of code.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) kind: Kind,
    pub(crate) text: String,
    /// The section's place in which it is.
    pub(crate) place: Option<usize>,
}

/// Where a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    /// In a `<header>` inside `<main>`: it says what the page is about.
    Lead,
    Code,
}
