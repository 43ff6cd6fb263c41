//! The line of each edge, and everything's place in the drawing.

use mermaid_rs_renderer::{Layout, NodeLayout, NodeShape};

use super::layers::{LABEL_GAP, Layers};

/// How much of a side lines may touch.
const PORTS: f32 = 0.8;

/// Writes the places of `layers` into `layout`, the upper left corner at `start`.
/// Returns: The width and height.
pub(super) fn apply(layers: &Layers, layout: &mut Layout, start: (f32, f32)) -> (f32, f32) {
    let cells = || layers.cells.iter();
    let least = cells().map(|cell| cell.across - cell.before).fold(f32::INFINITY, f32::min);
    let most = cells().map(|cell| cell.across + cell.after).fold(f32::NEG_INFINITY, f32::max);
    let deepest = cells().map(|cell| cell.along + cell.depth).fold(0.0, f32::max);
    let point = |across: f32, along: f32| {
        let (across, along) = (across - least, along);
        if layers.is_down { (start.0 + across, start.1 + along) } else { (start.0 + along, start.1 + across) }
    };
    for cell in cells() {
        if let Some(node) = cell.node.as_ref().and_then(|id| layout.nodes.get_mut(id)) {
            (node.x, node.y) = point(cell.across - cell.before, cell.along);
        }
    }
    for (edge, line, is_up) in &layers.lines {
        let mut points = Vec::new();
        let [upper, between @ .., lower] = &line[..] else { continue };
        let (leave, enter) = (port(layers, *edge, *upper, true), port(layers, *edge, *lower, false));
        let (top, bottom) = (&layers.cells[*upper], &layers.cells[*lower]);
        let inset = |cell: usize, at: f32| {
            let node = layers.cells[cell].node.as_ref().and_then(|id| layout.nodes.get(id));
            node.map_or(0.0, |node| inset(node, at - layers.cells[cell].across, layers.is_down))
        };
        points.push(point(leave, top.along + top.depth - inset(*upper, leave)));
        for cell in between {
            let cell = &layers.cells[*cell];
            points.push(point(cell.across, cell.along));
            points.push(point(cell.across, cell.along + cell.depth));
        }
        points.push(point(enter, bottom.along + inset(*lower, enter)));
        straighten(&mut points);
        let drawn = &mut layout.edges[*edge];
        if let Some(cell) = between.iter().find(|cell| layers.cells[**cell].has_label) {
            let cell = &layers.cells[*cell];
            let middle = cell.along + cell.depth / 2.0;
            let half = (cell.before.max(cell.after) - LABEL_GAP) / 2.0 + LABEL_GAP;
            let side = if cell.before > cell.after { -half } else { half };
            drawn.label_anchor = Some(point(cell.across + side, middle));
        }
        if *is_up {
            points.reverse();
        }
        drawn.points = points;
    }
    let across = most - least;
    if layers.is_down { (across, deepest) } else { (deepest, across) }
}

/// Where the line of `edge` touches the box `cell`, at its lower or upper side: in the order of where the lines lead.
fn port(layers: &Layers, edge: usize, cell: usize, is_lower: bool) -> f32 {
    let next =
        |line: &[usize]| if is_lower { line.get(1).copied() } else { line.len().checked_sub(2).map(|at| line[at]) };
    let end = |line: &[usize]| if is_lower { line.first().copied() } else { line.last().copied() };
    let mut ports: Vec<(f32, usize)> = layers
        .lines
        .iter()
        .filter(|(_, line, _)| end(line) == Some(cell))
        .filter_map(|(at, line, _)| Some((layers.cells[next(line)?].across, *at)))
        .collect();
    ports.sort_by(|a, b| a.0.total_cmp(&b.0));
    let box_ = &layers.cells[cell];
    let room = (box_.before + box_.after) * PORTS;
    let Some(at) = ports.iter().position(|(_, known)| *known == edge) else { return box_.across };
    #[expect(clippy::cast_precision_loss, reason = "a box has few lines")]
    let (at_line, count) = (at as f32, ports.len() as f32);
    let place = (at_line + 0.5) / count - 0.5;
    // Straight down where that is within the part of the side that is this line's.
    let share = room / count / 2.0;
    let middle = box_.across + place * room;
    ports[at].0.clamp(middle - share, middle + share)
}

/// How far the border of `node` is from its outermost point, `away` from its middle.
fn inset(node: &NodeLayout, away: f32, is_down: bool) -> f32 {
    let (across, depth) = if is_down { (node.width, node.height) } else { (node.height, node.width) };
    let share = (away.abs() / (across / 2.0)).min(1.0);
    match node.shape {
        NodeShape::Diamond => depth / 2.0 * share,
        NodeShape::Circle | NodeShape::DoubleCircle => depth / 2.0 * (1.0 - (1.0 - share * share).sqrt()),
        _ => 0.0,
    }
}

/// Leaves out points on the straight line between their neighbours.
fn straighten(points: &mut Vec<(f32, f32)>) {
    let mut at = 1;
    while at + 1 < points.len() {
        let (before, here, after) = (points[at - 1], points[at], points[at + 1]);
        let (to_here, to_after) = ((here.0 - before.0, here.1 - before.1), (after.0 - before.0, after.1 - before.1));
        // Twice the area between the three.
        if (to_here.0 * to_after.1 - to_here.1 * to_after.0).abs() < 0.5 {
            points.remove(at);
        } else {
            at += 1;
        }
    }
}
