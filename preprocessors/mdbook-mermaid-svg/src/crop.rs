//! The picture without the renderer's margins.

use mermaid_rs_renderer::layout::{DiagramData, TextBlock};
use mermaid_rs_renderer::{DiagramKind, Layout};

/// What is left around what is drawn: room for half a line and the head of an arrow.
const MARGIN: f32 = 3.0;

/// The left, top, right and bottom side of something.
#[derive(Debug, Clone, Copy)]
struct Bounds(f32, f32, f32, f32);

impl Bounds {
    fn add(&mut self, x: f32, y: f32, width: f32, height: f32) {
        self.0 = self.0.min(x);
        self.1 = self.1.min(y);
        self.2 = self.2.max(x + width);
        self.3 = self.3.max(y + height);
    }

    /// Adds `text`, the middle of which is at `anchor`.
    fn add_text(&mut self, text: Option<&TextBlock>, anchor: Option<(f32, f32)>) {
        if let (Some(text), Some((x, y))) = (text, anchor) {
            self.add(x - text.width / 2.0, y - text.height / 2.0, text.width, text.height);
        }
    }
}

/// `svg`, drawn from `layout`, with a view box around what is drawn; kinds whose drawing has more than their layout tells
/// stay as they are.
pub(crate) fn crop(svg: String, layout: &Layout) -> String {
    let Some(Bounds(left, top, right, bottom)) = bounds(layout) else { return svg };
    let (x, y) = ((left - MARGIN).floor(), (top - MARGIN).floor());
    let (width, height) = ((right + MARGIN).ceil() - x, (bottom + MARGIN).ceil() - y);
    let Some((tag, rest)) = svg.split_once('>') else { return svg };
    let Some((before, _)) = tag.split_once(" width=\"") else { return svg.clone() };
    format!("{before} width=\"{width}\" height=\"{height}\" viewBox=\"{x} {y} {width} {height}\">{rest}")
}

fn bounds(layout: &Layout) -> Option<Bounds> {
    let known =
        matches!(layout.kind, DiagramKind::Flowchart | DiagramKind::State | DiagramKind::Block | DiagramKind::Sequence);
    let mut all = Bounds(f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY);
    for node in layout.nodes.values().filter(|node| !node.hidden) {
        all.add(node.x, node.y, node.width, node.height);
    }
    for group in &layout.subgraphs {
        let overhang = ((group.label_block.width - group.width) / 2.0).max(0.0);
        all.add(group.x - overhang, group.y, group.width + 2.0 * overhang, group.height);
    }
    for edge in &layout.edges {
        for (x, y) in &edge.points {
            all.add(*x, *y, 0.0, 0.0);
        }
        all.add_text(edge.label.as_ref(), edge.label_anchor);
        all.add_text(edge.start_label.as_ref(), edge.start_label_anchor);
        all.add_text(edge.end_label.as_ref(), edge.end_label_anchor);
    }
    match &layout.diagram {
        DiagramData::Sequence(data) => {
            for footbox in &data.footboxes {
                all.add(footbox.x, footbox.y, footbox.width, footbox.height);
            }
            for part in &data.boxes {
                all.add(part.x, part.y, part.width, part.height);
            }
            for frame in &data.frames {
                all.add(frame.x, frame.y, frame.width, frame.height);
            }
            for note in &data.notes {
                all.add(note.x, note.y, note.width, note.height);
            }
            for activation in &data.activations {
                all.add(activation.x, activation.y, activation.width, activation.height);
            }
            for number in &data.numbers {
                all.add(number.x - 8.0, number.y - 8.0, 16.0, 16.0);
            }
        }
        DiagramData::Graph { state_notes } => {
            for note in state_notes {
                all.add(note.x, note.y, note.width, note.height);
            }
        }
        _ => return None,
    }
    Some(all).filter(|all| known && all.0.is_finite() && all.2 > all.0)
}
