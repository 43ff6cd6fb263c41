//! Flowcharts and state diagrams in layers, each label in a place of its own.
//!
//! The renderer routes lines first and puts labels where there is room: across other lines, on boxes. Here a label is a
//! part of the drawing like a box, so that nothing else can be where it is. The steps are those of Sugiyama, Tagawa and
//! Toda (1981): [`ranks`], the [`order`] in each, the [`place`] in that order, the [`route`] of each line.
//!
//! Groups that no line enters or leaves are drawn one below the other; other diagrams with groups stay the renderer's.

mod layers;
mod order;
mod place;
mod ranks;
mod route;
mod sizes;

use mermaid_rs_renderer::{DiagramKind, Direction, Graph, Layout};

use layers::Layers;

pub(crate) use sizes::STATE_SIZE;

/// The space inside the border of a group, and for its name.
const GROUP: (f32, f32) = (12.0, 42.0);
/// The space between two groups.
const BETWEEN_GROUPS: f32 = 16.0;

/// Lays out `layout`, made of `graph`, anew where this can be done.
/// Returns: Whether it is.
pub(crate) fn arrange(graph: &Graph, layout: &mut Layout) -> bool {
    if !matches!(layout.kind, DiagramKind::Flowchart | DiagramKind::State) || !can(graph, layout) {
        return false;
    }
    sizes::fit(layout);
    let mut start = (0.0, 0.0);
    for part in parts(graph, layout) {
        let is_down = part.direction == Direction::TopDown;
        let inside = part.group.map_or(start, |_| (start.0 + GROUP.0, start.1 + GROUP.1));
        let Some(mut layers) = Layers::of(graph, layout, &part.nodes, is_down) else { continue };
        order::sort(&mut layers);
        place::place(&mut layers);
        let (width, height) = route::apply(&layers, layout, inside);
        start.1 = inside.1 + height;
        if let Some(group) = part.group.and_then(|at| layout.subgraphs.get_mut(at)) {
            (group.x, group.y) = (0.0, inside.1 - GROUP.1);
            group.width = (width + 2.0 * GROUP.0).max(group.label_block.width + 2.0 * GROUP.0);
            group.height = height + GROUP.1 + GROUP.0;
            start.1 += GROUP.0;
        }
        start.1 += BETWEEN_GROUPS;
    }
    align(layout);
    true
}

/// Nodes that are laid out together.
struct Part {
    group: Option<usize>,
    nodes: Vec<String>,
    direction: Direction,
}

/// Whether all of the diagram can be laid out here.
fn can(graph: &Graph, layout: &Layout) -> bool {
    let is_known = |direction| matches!(direction, Direction::TopDown | Direction::LeftRight);
    let group_of = |id: &str| layout.subgraphs.iter().position(|group| group.nodes.iter().any(|node| node == id));
    let count = |id: &String| layout.subgraphs.iter().filter(|group| group.nodes.contains(id)).count();
    let is_flat =
        layout.nodes.iter().all(|(id, node)| count(id) <= 1 && !node.hidden && node.anchor_subgraph.is_none());
    let stays_inside = |edge: &mermaid_rs_renderer::EdgeLayout| {
        let is_box = |id: &str| layout.nodes.contains_key(id);
        edge.from != edge.to && is_box(&edge.from) && is_box(&edge.to) && group_of(&edge.from) == group_of(&edge.to)
    };
    let is_plain = |edge: &mermaid_rs_renderer::EdgeLayout| edge.start_label.is_none() && edge.end_label.is_none();
    is_known(graph.direction)
        && graph.state_notes.is_empty()
        && is_flat
        && layout.edges.iter().all(|edge| stays_inside(edge) && is_plain(edge))
        && layout.edges.len() == graph.edges.len()
}

/// The parts of the diagram, in the order of the source.
fn parts(graph: &Graph, layout: &Layout) -> Vec<Part> {
    let mut ids: Vec<&String> = layout.nodes.keys().collect();
    ids.sort_by_key(|id| graph.node_order.get(*id).copied().unwrap_or(usize::MAX));
    let mut parts: Vec<Part> = Vec::new();
    for id in ids {
        let group = layout.subgraphs.iter().position(|group| group.nodes.contains(id));
        if let Some(part) = parts.iter_mut().find(|part| part.group == group) {
            part.nodes.push(id.clone());
            continue;
        }
        let own = group.and_then(|at| {
            let label = &layout.subgraphs[at].label;
            graph.subgraphs.iter().find(|subgraph| &subgraph.label == label)?.direction
        });
        let is_known = |direction: &Direction| matches!(direction, Direction::TopDown | Direction::LeftRight);
        let direction = own.filter(is_known).unwrap_or(graph.direction);
        parts.push(Part { group, nodes: vec![id.clone()], direction });
    }
    parts
}

/// Puts parts without a group and groups of different widths into the middle.
fn align(layout: &mut Layout) {
    let widest = layout.subgraphs.iter().map(|group| group.width).fold(0.0, f32::max);
    for group in &mut layout.subgraphs {
        let shift = (widest - group.width) / 2.0;
        group.width = widest;
        for node in layout.nodes.values_mut().filter(|node| group.nodes.contains(&node.id)) {
            node.x += shift;
        }
        for edge in layout.edges.iter_mut().filter(|edge| group.nodes.contains(&edge.from)) {
            edge.points.iter_mut().for_each(|point| point.0 += shift);
            if let Some(anchor) = &mut edge.label_anchor {
                anchor.0 += shift;
            }
        }
    }
}
