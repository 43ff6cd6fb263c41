//! The columns of a sequence diagram, as near to each other as their texts allow.
//!
//! The renderer gives each participant 200 units, whatever is said between them: two fill a phone, four can't be read there.

use mermaid_rs_renderer::Layout;
use mermaid_rs_renderer::ir::SequenceNotePosition;
use mermaid_rs_renderer::layout::{DiagramData, SequenceData};
use mermaid_rs_renderer::{EdgeLayout, Graph, NodeLayout};
use std::collections::BTreeMap;

/// The space between a text and the border of its box.
const PADDING: f32 = 8.0;
/// The least space between two boxes.
const BETWEEN: f32 = 7.0;
/// The space on both sides of a message's text, for the head of its arrow.
const BESIDE: f32 = 8.0;
/// The least width and height of a participant's box.
const LEAST: (f32, f32) = (56.0, 36.0);
/// How far a note beside a column is away from it.
const NOTE_GAP: f32 = 12.0;
/// The least space between the first column and the last.
const ROOM: f32 = 170.0;
/// How far a message to oneself leads away.
const LOOP: f32 = 40.0;

/// Where the columns were and where they are now, from left to right.
struct Columns {
    ids: Vec<String>,
    before: Vec<f32>,
    after: Vec<f32>,
}

/// Moves the columns of `layout`, made of `graph`, together, and makes boxes and notes as small as their texts allow.
pub(super) fn narrow(graph: &Graph, layout: &mut Layout) {
    let Layout { nodes, edges, diagram, .. } = layout;
    let DiagramData::Sequence(data) = diagram else { return };
    shrink(nodes, data);
    let Some(columns) = Columns::of(nodes, edges, data) else { return };
    for node in nodes.values_mut().chain(&mut data.footboxes) {
        node.x += columns.shift(node.x + node.width / 2.0);
    }
    for edge in edges {
        move_message(edge, &columns);
    }
    for lifeline in &mut data.lifelines {
        lifeline.x = columns.map(lifeline.x);
    }
    for activation in &mut data.activations {
        activation.x += columns.of_participant(&activation.participant);
    }
    for number in &mut data.numbers {
        number.x += columns.shift(number.x);
    }
    move_notes(data, &columns);
    move_frames(data, &columns);
    // Boxes around participants come in the order of the graph's.
    if data.boxes.len() == graph.sequence_boxes.len() {
        for (group, source) in data.boxes.iter_mut().zip(&graph.sequence_boxes) {
            let around = source.participants.iter().filter_map(|id| nodes.get(id));
            let (left, right) = around.fold((f32::INFINITY, f32::NEG_INFINITY), |(left, right), node| {
                (left.min(node.x), right.max(node.x + node.width))
            });
            let label = group.label.as_ref().map_or(0.0, |label| label.width + 2.0 * PADDING);
            group.x = left - PADDING;
            group.width = (right - left + 2.0 * PADDING).max(label);
        }
    }
}

/// Makes the boxes of participants and notes as small as their texts allow, around their centres; the height is taken away
/// at the side of the edge of the diagram.
fn shrink(nodes: &mut BTreeMap<String, NodeLayout>, data: &mut SequenceData) {
    let highest = nodes.values().map(|node| node.label.height).fold(0.0, f32::max);
    let height = (highest + 2.0 * PADDING).max(LEAST.1);
    let size = |node: &mut NodeLayout| {
        let width = (node.label.width + 2.0 * PADDING).max(LEAST.0).min(node.width.max(node.label.width));
        node.x += (node.width - width) / 2.0;
        node.width = width;
        let less = (node.height - height).max(0.0);
        node.height -= less;
        less
    };
    for node in nodes.values_mut() {
        node.y += size(node);
    }
    for footbox in &mut data.footboxes {
        size(footbox);
    }
    for note in &mut data.notes {
        let width = note.label.width + 2.0 * PADDING;
        note.x += (note.width - width) / 2.0;
        note.width = width;
    }
}

impl Columns {
    fn of(nodes: &BTreeMap<String, NodeLayout>, edges: &[EdgeLayout], data: &SequenceData) -> Option<Self> {
        let mut sorted: Vec<&NodeLayout> = nodes.values().collect();
        let centre = |node: &NodeLayout| node.x + node.width / 2.0;
        sorted.sort_by(|a, b| centre(a).total_cmp(&centre(b)));
        let ids: Vec<String> = sorted.iter().map(|node| node.id.clone()).collect();
        let before: Vec<f32> = sorted.iter().map(|node| centre(node)).collect();
        let mut pitches: Vec<f32> =
            sorted.windows(2).map(|pair| f32::midpoint(pair[0].width, pair[1].width) + BETWEEN).collect();
        for (from, to, width) in needs(&ids, edges, data) {
            widen(&mut pitches[from..to], width);
        }
        widen(&mut pitches, ROOM);
        let mut after = vec![*before.first()?];
        for pitch in pitches {
            after.push(after.last()? + pitch);
        }
        Some(Self { ids, before, after })
    }

    /// Where `x` is now: in proportion between two columns, as far away as before outside of all.
    fn map(&self, x: f32) -> f32 {
        let next = self.before.partition_point(|centre| *centre <= x);
        if next == 0 {
            return x + self.after[0] - self.before[0];
        }
        let (start, to) = (self.before[next - 1], self.after[next - 1]);
        match (self.before.get(next), self.after.get(next)) {
            (Some(end), Some(to_end)) if *end > start => to + (x - start) * (to_end - to) / (end - start),
            _ => x + to - start,
        }
    }

    /// How far what belongs to the column nearest to `x` is moved.
    fn shift(&self, x: f32) -> f32 {
        let distance = |at: &usize| (self.before[*at] - x).abs();
        let nearest = (0..self.before.len()).min_by(|a, b| distance(a).total_cmp(&distance(b)));
        nearest.map_or(0.0, |at| self.after[at] - self.before[at])
    }

    fn of_participant(&self, id: &str) -> f32 {
        let at = self.ids.iter().position(|known| known == id);
        at.map_or(0.0, |at| self.after[at] - self.before[at])
    }

    fn now(&self, id: &str) -> Option<f32> {
        self.ids.iter().position(|known| known == id).map(|at| self.after[at])
    }
}

/// What must fit between two columns, given by their indices: those next to each other first.
fn needs(ids: &[String], edges: &[EdgeLayout], data: &SequenceData) -> Vec<(usize, usize, f32)> {
    let place = |id: &str| ids.iter().position(|known| known == id);
    let mut found = Vec::new();
    for edge in edges {
        let (Some(from), Some(to)) = (place(&edge.from), place(&edge.to)) else { continue };
        let label = edge.label.as_ref().map_or(0.0, |label| label.width);
        if from == to {
            found.push((from, from + 1, LOOP + label));
        } else {
            found.push((from.min(to), from.max(to), label + 2.0 * BESIDE));
        }
    }
    for note in &data.notes {
        let places = || note.participants.iter().filter_map(|id| place(id));
        let (Some(first), Some(last)) = (places().min(), places().max()) else { continue };
        match note.position {
            SequenceNotePosition::LeftOf if first > 0 => found.push((first - 1, first, note.width + 2.0 * NOTE_GAP)),
            SequenceNotePosition::RightOf => found.push((last, last + 1, note.width + 2.0 * NOTE_GAP)),
            _ => {}
        }
    }
    found.retain(|(_, to, _)| *to < ids.len());
    found.sort_by_key(|(from, to, _)| to - from);
    found
}

/// Widens `pitches`, the narrowest first, until together they have `width`.
fn widen(pitches: &mut [f32], width: f32) {
    let mut missing = width - pitches.iter().sum::<f32>();
    while missing > 0.01 {
        let least = pitches.iter().copied().fold(f32::INFINITY, f32::min);
        let next = pitches.iter().copied().filter(|pitch| *pitch > least + 0.01).fold(f32::INFINITY, f32::min);
        let narrowest: Vec<&mut f32> = pitches.iter_mut().filter(|pitch| **pitch <= least + 0.01).collect();
        #[expect(clippy::cast_precision_loss, reason = "there are few columns")]
        let count = narrowest.len() as f32;
        let more = (missing / count).min(next - least);
        for pitch in narrowest {
            *pitch += more;
        }
        missing -= more * count;
    }
}

fn move_message(edge: &mut EdgeLayout, columns: &Columns) {
    if edge.from == edge.to {
        let shift = columns.of_participant(&edge.from);
        for point in &mut edge.points {
            point.0 += shift;
        }
        if let Some(anchor) = &mut edge.label_anchor {
            anchor.0 += shift;
        }
        return;
    }
    for point in &mut edge.points {
        point.0 = columns.map(point.0);
    }
    if let (Some(anchor), Some(start), Some(end)) = (&mut edge.label_anchor, edge.points.first(), edge.points.last()) {
        anchor.0 = f32::midpoint(start.0, end.0);
    }
}

fn move_notes(data: &mut SequenceData, columns: &Columns) {
    for note in &mut data.notes {
        let over: Vec<f32> = note.participants.iter().filter_map(|id| columns.now(id)).collect();
        let left = over.iter().copied().fold(f32::INFINITY, f32::min);
        let right = over.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        if !left.is_finite() {
            continue;
        }
        note.x = match note.position {
            SequenceNotePosition::LeftOf => left - NOTE_GAP - note.width,
            SequenceNotePosition::RightOf => right + NOTE_GAP,
            SequenceNotePosition::Over => {
                if over.len() > 1 {
                    note.width = note.width.max(right - left + 2.0 * NOTE_GAP);
                }
                f32::midpoint(left, right) - note.width / 2.0
            }
        };
    }
}

fn move_frames(data: &mut SequenceData, columns: &Columns) {
    for frame in &mut data.frames {
        let (left, right) = (columns.map(frame.x), columns.map(frame.x + frame.width));
        let shift = left - frame.x;
        frame.x = left;
        frame.width = right - left;
        frame.label_box.0 += shift;
        frame.label.x += shift;
        for label in &mut frame.section_labels {
            label.x = f32::midpoint(left, right).min(label.x + shift);
        }
    }
}
