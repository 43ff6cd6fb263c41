//! The sizes of boxes whose texts the renderer measures as others than it draws.

use mermaid_rs_renderer::layout::TextBlock;
use mermaid_rs_renderer::{DiagramKind, Layout, NodeShape};

/// The renderer writes a state diagram in 0.85 of the size.
pub(crate) const STATE_SIZE: f32 = 0.85;

/// The space around the text of a state, at its sides and above it.
const PADDING: (f32, f32) = (14.0, 9.0);
/// The part of a line's height that its letters take.
const LETTERS: f32 = 0.8;

/// Makes the boxes of states as small as their texts, which are measured too large, and diamonds as large as theirs.
pub(super) fn fit(layout: &mut Layout) {
    if layout.kind == DiagramKind::State {
        for node in layout.nodes.values_mut().filter(|node| node.label.lines.iter().any(|line| !line.trim().is_empty()))
        {
            let TextBlock { width, height, .. } = node.label;
            (node.width, node.height) = (width * STATE_SIZE + 2.0 * PADDING.0, height * STATE_SIZE + 2.0 * PADDING.1);
        }
        return;
    }
    for node in layout.nodes.values_mut().filter(|node| node.shape == NodeShape::Diamond) {
        let side = node.label.width + node.label.height * LETTERS + 2.0;
        (node.width, node.height) = (node.width.max(side), node.height.max(side));
    }
}
