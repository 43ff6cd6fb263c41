//! What is laid out: cells in layers, and the spaces around them.

/// The space between two layers, and between two layers of which one holds labels.
pub(super) const BETWEEN_LAYERS: f32 = 30.0;
pub(super) const BESIDE_LABELS: f32 = 17.0;
/// The space between what is next to each other in a layer.
pub(super) const APART: f32 = 16.0;
/// The space between a line and its label.
pub(super) const LABEL_GAP: f32 = 5.0;
/// What has a place in a layer: a box, or where a line crosses a layer.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// The id of the box; without one a line is here.
    pub(super) node: Option<String>,
    pub(super) rank: usize,
    /// What it takes across the layers, on both sides of its middle, and along them.
    pub(super) before: f32,
    pub(super) after: f32,
    pub(super) depth: f32,
    /// Whether the label of its line is here.
    pub(super) has_label: bool,
    /// Its middle across the layers, and where it begins along them.
    pub(super) across: f32,
    pub(super) along: f32,
}

/// A part of a diagram that is laid out by itself.
#[derive(Debug)]
pub(super) struct Layers {
    pub(super) cells: Vec<Cell>,
    /// The cells of each layer in their order.
    pub(super) rows: Vec<Vec<usize>>,
    /// For each edge: its cells from the upper box to the lower one, and whether the line runs upwards.
    pub(super) lines: Vec<(usize, Vec<usize>, bool)>,
    pub(super) is_down: bool,
}
