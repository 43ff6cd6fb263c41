//! A diagram in words, for readers who don't see it: who sends what to whom, in order.

mod charts;
mod item;

use mermaid_rs_renderer::ir::SequenceFrameKind;
use mermaid_rs_renderer::{DiagramKind, Edge, Graph};
use qabook_words::Words;

use crate::grid::rows;
use item::{Item, line, list};

/// `graph` as a list in HTML; kinds that aren't told are the empty string.
pub(crate) fn html(graph: &Graph, words: &Words) -> String {
    let items = match graph.kind {
        DiagramKind::Sequence => Sequence { graph, words }.items(0..graph.edges.len(), true, 0),
        DiagramKind::Flowchart | DiagramKind::State => flow(graph, words),
        DiagramKind::Block => grid(graph, words),
        DiagramKind::Pie => charts::pie(graph, words),
        DiagramKind::Gantt => charts::gantt(graph, words),
        DiagramKind::Class => charts::classes(graph, words),
        _ => Vec::new(),
    };
    list(&items)
}

fn name(graph: &Graph, id: &str) -> String {
    line(graph.nodes.get(id).map_or(id, |node| &node.label))
}

/// What `edge` says, by the words `diagrams.KIND` or, with a text, `diagrams.KIND-text`.
fn step(graph: &Graph, edge: &Edge, words: &Words) -> Item {
    let (from, to) = (name(graph, &edge.from), name(graph, &edge.to));
    let text = edge.label.as_deref().map(line).unwrap_or_default();
    let has_end = edge.arrow_end || edge.end_decoration.is_some();
    let kind = match (edge.arrow_start, has_end) {
        _ if edge.from == edge.to => "itself",
        (true, true) => "both",
        (false, false) => "joined",
        _ => "step",
    };
    let key = if text.is_empty() { format!("diagrams.{kind}") } else { format!("diagrams.{kind}-text") };
    Item::Step(words.filled(&key, &[("from", &from), ("to", &to), ("text", &text)]))
}

/// A flowchart or state diagram: its lines, those inside a group under its name; then boxes that no line touches.
fn flow(graph: &Graph, words: &Words) -> Vec<Item> {
    let group = |id: &str| graph.subgraphs.iter().position(|group| group.nodes.iter().any(|node| node == id));
    let shared = |edge: &Edge| group(&edge.from).filter(|at| Some(*at) == group(&edge.to));
    let mut items = Vec::new();
    for (at, subgraph) in graph.subgraphs.iter().enumerate() {
        let inside = graph.edges.iter().filter(|edge| shared(edge) == Some(at));
        let mut steps: Vec<Item> = inside.map(|edge| step(graph, edge, words)).collect();
        steps.extend(alone(graph, |id| group(id) == Some(at)));
        if !steps.is_empty() {
            items.push(Item::Part(line(&subgraph.label), steps));
        }
    }
    items.extend(graph.edges.iter().filter(|edge| shared(edge).is_none()).map(|edge| step(graph, edge, words)));
    items.extend(alone(graph, |id| group(id).is_none()));
    items
}

/// The boxes that no line touches and that are `wanted`, in the order of the source.
fn alone(graph: &Graph, wanted: impl Fn(&str) -> bool) -> Vec<Item> {
    let is_touched = |id: &str| graph.edges.iter().any(|edge| edge.from == id || edge.to == id);
    let mut ids: Vec<&String> = graph.nodes.keys().filter(|id| !is_touched(id) && wanted(id)).collect();
    ids.sort_by_key(|id| graph.node_order.get(*id).copied());
    ids.into_iter().map(|id| Item::Step(name(graph, id))).collect()
}

/// A block diagram: a step for each row.
fn grid(graph: &Graph, words: &Words) -> Vec<Item> {
    let Some(block) = &graph.block else { return Vec::new() };
    let columns = block.columns.unwrap_or(block.nodes.len().max(1));
    let rows = rows(block, columns).into_iter().filter(|row| !row.is_empty());
    let names = rows.map(|row| row.into_iter().map(|(_, _, id)| name(graph, id)).collect::<Vec<_>>());
    let mut items: Vec<Item> = names.map(|row| Item::Step(row.join(words.text("diagrams.comma")))).collect();
    items.extend(graph.edges.iter().map(|edge| step(graph, edge, words)));
    items
}

struct Sequence<'a> {
    graph: &'a Graph,
    words: &'a Words,
}

impl Sequence<'_> {
    /// What happens from the first message of `messages` to the last, in the frames from the one at `frame` on; at the end
    /// of all (`is_all`) the notes after the last message, too.
    fn items(&self, messages: std::ops::Range<usize>, is_all: bool, frame: usize) -> Vec<Item> {
        let mut items = Vec::new();
        let mut at = messages.start;
        while at < messages.end {
            let found = self.frames().into_iter().enumerate().skip(frame);
            let opened = found.into_iter().find(|(_, index)| {
                let frame = &self.graph.sequence_frames[*index];
                frame.start_idx == at && frame.end_idx <= messages.end && frame.end_idx > at
            });
            if let Some((place, index)) = opened {
                let end = self.graph.sequence_frames[index].end_idx;
                items.extend(self.frame(index, place + 1));
                at = end;
                continue;
            }
            items.extend(self.notes(at));
            items.push(step(self.graph, &self.graph.edges[at], self.words));
            at += 1;
        }
        if is_all {
            items.extend(self.notes(messages.end));
        }
        items
    }

    /// The frames, those outside before those inside.
    fn frames(&self) -> Vec<usize> {
        let frames = &self.graph.sequence_frames;
        let mut order: Vec<usize> = (0..frames.len()).collect();
        order.sort_by_key(|index| (frames[*index].start_idx, std::cmp::Reverse(frames[*index].end_idx)));
        order
    }

    /// A part for each section of the frame at `index`.
    fn frame(&self, index: usize, next: usize) -> Vec<Item> {
        let frame = &self.graph.sequence_frames[index];
        let kind = match frame.kind {
            SequenceFrameKind::Loop => "loop",
            SequenceFrameKind::Opt
            | SequenceFrameKind::Break
            | SequenceFrameKind::Critical
            | SequenceFrameKind::Alt => "if",
            SequenceFrameKind::Par => "parallel",
            SequenceFrameKind::Rect => return self.items(frame.start_idx..frame.end_idx, false, next),
        };
        let part = |(at, section): (usize, &mermaid_rs_renderer::ir::SequenceFrameSection)| {
            let kind = if at > 0 && kind == "if" { "else" } else { kind };
            let text = section.label.as_deref().map(line).unwrap_or_default();
            let name = self.words.filled(&format!("diagrams.{kind}"), &[("text", &text)]);
            Item::Part(name, self.items(section.start_idx..section.end_idx, false, next))
        };
        frame.sections.iter().enumerate().map(part).collect()
    }

    /// The notes before the message at `index`.
    fn notes(&self, index: usize) -> Vec<Item> {
        let notes = self.graph.sequence_notes.iter().filter(|note| note.index == index);
        let told = notes.map(|note| {
            let over: Vec<String> = note.participants.iter().map(|id| name(self.graph, id)).collect();
            let over = over.join(self.words.text("diagrams.comma"));
            Item::Step(self.words.filled("diagrams.note", &[("over", &over), ("text", &line(&note.label))]))
        });
        told.collect()
    }
}
