//! What every page needs of the lists.

use std::collections::HashMap;

use crate::anchors::Places;
use crate::body::Drawing;
use crate::read::Lists;
use crate::scan::Outline;

/// The home page.
pub(super) const HOME: &str = "README.md";

/// What every page needs of the lists.
pub(super) struct Site<'a> {
    pub(super) lists: &'a Lists,
    pub(super) outlines: &'a [Outline],
    pub(super) places: Places,
    /// By source: footnotes with their text.
    pub(super) footnotes: Vec<HashMap<String, String>>,
    pub(super) drawing: &'a dyn Drawing,
}
