//! What a document is for.

/// What a document is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The renderer's name, such as `epub`; preprocessors are told.
    pub renderer: String,
    /// The font family in diagrams: CSS font names, separated by commas.
    pub diagram_font: String,
}
