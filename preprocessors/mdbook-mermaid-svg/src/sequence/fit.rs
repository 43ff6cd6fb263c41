//! What the renderer's layout leaves too small or in the wrong place.

use mermaid_rs_renderer::ir::SequenceFrameKind;
use mermaid_rs_renderer::layout::{DiagramData, SequenceData, SequenceFrameLayout};
use mermaid_rs_renderer::{EdgeLayout, Graph, Layout};
use std::ops::Range;

/// The space between a frame and what is in it.
const GAP: f32 = 10.0;

/// Fits frames around messages to oneself and their own labels, and puts who is `created`, each with the message that does
/// it, where that happens.
pub(super) fn fit(created: &[(String, usize)], graph: &Graph, layout: &mut Layout) {
    // As the renderer sorts them and leaves out those without a message.
    let mut frames = graph.sequence_frames.clone();
    frames.sort_by(|a, b| a.start_idx.cmp(&b.start_idx).then(b.end_idx.cmp(&a.end_idx)));
    frames.retain(|frame| frame.start_idx < frame.end_idx && frame.start_idx < layout.edges.len());
    let indices: Vec<Range<usize>> = frames.iter().map(|frame| frame.start_idx..frame.end_idx).collect();
    let Layout { edges, nodes, diagram, width, .. } = layout;
    let DiagramData::Sequence(data) = diagram else { return };
    if data.frames.len() == indices.len() {
        // From those inside to those around them.
        for at in (0..indices.len()).rev() {
            let inner = inner_right(&indices, at, &data.frames);
            let ends: Vec<usize> = frames[at].sections.iter().map(|section| section.end_idx).collect();
            lower(&mut data.frames[at], &indices[at], &ends, edges);
            fit_frame(&mut data.frames[at], &indices[at], edges, inner);
        }
    }
    for frame in &data.frames {
        *width = width.max(frame.x + frame.width + 1.0);
    }
    for (id, message) in created {
        if let (Some(edge), Some(node)) = (edges.get_mut(*message), nodes.get_mut(id)) {
            create(id, edge, node, data);
        }
    }
}

/// The right side of the frames inside the one at `at`.
fn inner_right(indices: &[Range<usize>], at: usize, frames: &[SequenceFrameLayout]) -> f32 {
    let outer = &indices[at];
    let inside = (at + 1..indices.len())
        .filter(|other| outer.start <= indices[*other].start && indices[*other].end <= outer.end);
    inside.map(|other| frames[other].x + frames[other].width).fold(f32::NEG_INFINITY, f32::max)
}

/// Lets what is above the first message of a part not cross the message to oneself before it. `ends` are the parts' ends.
fn lower(frame: &mut SequenceFrameLayout, messages: &Range<usize>, ends: &[usize], edges: &[EdgeLayout]) {
    let bottom = |next: usize| {
        let edge = next.checked_sub(1).and_then(|before| edges.get(before)).filter(|edge| edge.from == edge.to)?;
        Some(edge.points.iter().map(|point| point.1).fold(f32::NEG_INFINITY, f32::max) + 4.0)
    };
    let down = bottom(messages.start).map_or(0.0, |bottom| (bottom - frame.y).max(0.0));
    let has_first = frame.section_labels.first().is_some_and(|label| label.y < frame.y + frame.label_box.3 + 20.0);
    frame.y += down;
    frame.height -= down;
    frame.label_box.1 += down;
    frame.label.y += down;
    if let Some(label) = frame.section_labels.first_mut().filter(|_| has_first) {
        label.y += down;
    }
    for (divider, end) in frame.dividers.iter_mut().zip(ends) {
        let down = bottom(*end).map_or(0.0, |bottom| (bottom - *divider).max(0.0));
        // The label of the part below is the next one.
        let below = |y: f32| (0.0..30.0).contains(&(y - *divider));
        frame.section_labels.iter_mut().filter(|label| below(label.y)).for_each(|label| label.y += down);
        *divider += down;
    }
}

fn fit_frame(frame: &mut SequenceFrameLayout, messages: &Range<usize>, edges: &[EdgeLayout], inner: f32) {
    if frame.kind == SequenceFrameKind::Rect {
        // It is a colour behind messages: neither its kind nor the colour is text.
        frame.label.text.lines.clear();
        frame.section_labels.clear();
        frame.label_box = (frame.x, frame.y, 0.0, 0.0);
    }
    let mut right = frame.x + frame.width;
    let mut bottom = frame.y + frame.height;
    right = right.max(inner + GAP);
    for edge in edges.iter().skip(messages.start).take(messages.len()).filter(|edge| edge.from == edge.to) {
        for point in &edge.points {
            right = right.max(point.0 + GAP);
            bottom = bottom.max(point.1 + GAP);
        }
        if let (Some(label), Some(anchor)) = (&edge.label, edge.label_anchor) {
            right = right.max(anchor.0 + label.width / 2.0 + GAP);
            bottom = bottom.max(anchor.1 + label.height / 2.0 + GAP);
        }
    }
    let (box_x, _, box_width, _) = frame.label_box;
    for label in &mut frame.section_labels {
        let half = label.text.width / 2.0;
        let is_beside_the_kind = label.y < frame.label_box.1 + frame.label_box.3 + label.text.height;
        let least = if is_beside_the_kind { box_x + box_width } else { frame.x } + GAP + half;
        label.x = label.x.max(least);
        right = right.max(label.x + half + GAP);
    }
    frame.width = right - frame.x;
    frame.height = bottom - frame.y;
}

/// Puts the box of `id` where the message `edge` leads.
fn create(id: &str, edge: &mut EdgeLayout, node: &mut mermaid_rs_renderer::NodeLayout, data: &mut SequenceData) {
    let (Some(start), Some(end)) = (edge.points.first().copied(), edge.points.last().copied()) else { return };
    if edge.from == edge.to || edge.to != id {
        return;
    }
    let half = node.width / 2.0;
    let towards = if end.0 < start.0 { half } else { -half };
    if let Some(last) = edge.points.last_mut() {
        last.0 += towards;
    }
    if let Some(anchor) = &mut edge.label_anchor {
        anchor.0 += towards / 2.0;
    }
    node.y = end.1 - node.height / 2.0;
    let bottom = node.y + node.height;
    for lifeline in data.lifelines.iter_mut().filter(|lifeline| lifeline.id == id) {
        lifeline.y1 = bottom;
        lifeline.y2 = lifeline.y2.max(bottom);
    }
}
