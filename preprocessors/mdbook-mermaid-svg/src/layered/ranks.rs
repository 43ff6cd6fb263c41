//! Which layer each box is in, and where lines cross layers.

use mermaid_rs_renderer::{DiagramKind, Graph, Layout};

use super::layers::{Cell, LABEL_GAP, Layers};
use super::sizes::STATE_SIZE;

impl Layers {
    /// The layers of the boxes `ids` of `layout`. Boxes are in every other layer; labels are in those between.
    pub(super) fn of(graph: &Graph, layout: &Layout, ids: &[String], is_down: bool) -> Option<Self> {
        let place = |id: &str| ids.iter().position(|known| known == id);
        let edges: Vec<(usize, usize, usize)> = graph
            .edges
            .iter()
            .enumerate()
            .filter_map(|(at, edge)| Some((at, place(&edge.from)?, place(&edge.to)?)))
            .collect();
        let pairs: Vec<(usize, usize)> = edges.iter().map(|(_, from, to)| (*from, *to)).collect();
        let upwards = upwards(ids.len(), &pairs);
        let down = |at: usize| if upwards[at] { (pairs[at].1, pairs[at].0) } else { pairs[at] };
        let forward: Vec<(usize, usize)> = (0..pairs.len()).map(down).collect();
        let ranks = ranks(ids.len(), &forward);

        let mut cells = Vec::new();
        for (id, rank) in ids.iter().zip(&ranks) {
            let node = layout.nodes.get(id)?;
            let (across, depth) = if is_down { (node.width, node.height) } else { (node.height, node.width) };
            let half = across / 2.0;
            cells.push(Cell { node: Some(id.clone()), depth, ..Cell::point(rank * 2, half, half) });
        }
        let mut lines = Vec::new();
        for ((at, ..), ((upper, lower), is_up)) in edges.iter().zip(forward.iter().zip(&upwards)) {
            let mut line = vec![*upper];
            let (first, last) = (ranks[*upper] * 2 + 1, ranks[*lower] * 2);
            // The label of a line that runs upwards stands where it begins, as that of any other.
            let labelled = if *is_up { last - 1 } else { first };
            for rank in first..last {
                let label = layout.edges[*at].label.as_ref().filter(|_| rank == labelled);
                let mut cell = Cell::point(rank, LABEL_GAP, LABEL_GAP);
                if let Some(label) = label {
                    cell.has_label = true;
                    let scale = if layout.kind == DiagramKind::State { STATE_SIZE } else { 1.0 };
                    let (width, height) = (label.width * scale, label.height * scale);
                    (cell.after, cell.depth) = if is_down { (LABEL_GAP + width, height) } else { (LABEL_GAP, width) };
                    if !is_down {
                        cell.before = LABEL_GAP + height;
                    }
                }
                line.push(cells.len());
                cells.push(cell);
            }
            line.push(*lower);
            lines.push((*at, line, *is_up));
        }
        let mut rows = vec![Vec::new(); cells.iter().map(|cell| cell.rank + 1).max()?];
        cells.iter().enumerate().for_each(|(at, cell)| rows[cell.rank].push(at));
        Some(Self { cells, rows, lines, is_down })
    }
}

impl Cell {
    /// A cell of a line.
    fn point(rank: usize, before: f32, after: f32) -> Self {
        Self { node: None, rank, before, after, depth: 0.0, has_label: false, across: 0.0, along: 0.0 }
    }
}

/// Which of `edges` lead back to where one came from, in the order of the source.
fn upwards(count: usize, edges: &[(usize, usize)]) -> Vec<bool> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; count];
    let mut found = vec![false; edges.len()];
    let has_source = |node: usize| edges.iter().any(|(_, to)| *to == node);
    let mut roots: Vec<usize> = (0..count).collect();
    roots.sort_by_key(|node| has_source(*node));
    for root in roots {
        if states[root] != State::New {
            continue;
        }
        states[root] = State::Open;
        // A box and the next of its edges.
        let mut stack = vec![(root, 0)];
        while let Some((node, next)) = stack.pop() {
            let Some(at) = (next..edges.len()).find(|at| edges[*at].0 == node) else {
                states[node] = State::Done;
                continue;
            };
            stack.push((node, at + 1));
            let to = edges[at].1;
            match states[to] {
                State::Open => found[at] = true,
                State::New => {
                    states[to] = State::Open;
                    stack.push((to, 0));
                }
                State::Done => {}
            }
        }
    }
    found
}

/// The rank of each box: one more than the highest from which an edge comes; who has none is right above its first.
fn ranks(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut ranks = vec![0; count];
    for _ in 0..count {
        for (from, to) in edges {
            ranks[*to] = ranks[*to].max(ranks[*from] + 1);
        }
    }
    for node in 0..count {
        if edges.iter().all(|(_, to)| *to != node)
            && let Some(next) = edges.iter().filter(|(from, _)| *from == node).map(|(_, to)| ranks[*to]).min()
        {
            ranks[node] = next - 1;
        }
    }
    ranks
}
