//! Where each cell is: lines straight, boxes in the middle of what they lead to.

use super::layers::{APART, BESIDE_LABELS, BETWEEN_LAYERS, Layers};

/// How often cells move towards their neighbours.
const SWEEPS: usize = 40;
/// How much more a step of a line within itself counts than one at a box.
const STRAIGHT: f32 = 6.0;
/// The least slope of a line between two layers.
const SLOPE: f32 = 0.5;

/// Gives each cell its place across the layers and along them.
pub(super) fn place(layers: &mut Layers) {
    mirror(layers);
    for row in 0..layers.rows.len() {
        let wishes = vec![(0.0, 1.0); layers.rows[row].len()];
        settle(layers, row, &wishes);
    }
    for sweep in 0..SWEEPS {
        let count = layers.rows.len();
        for step in 0..count {
            let row = if sweep % 2 == 0 { step } else { count - 1 - step };
            let wishes: Vec<(f32, f32)> = layers.rows[row].iter().map(|cell| wish(layers, *cell)).collect();
            settle(layers, row, &wishes);
        }
    }
    stack(layers);
}

/// Puts the layers one after the other, further apart where lines between them are slanted.
fn stack(layers: &mut Layers) {
    let depths: Vec<f32> =
        layers.rows.iter().map(|row| row.iter().map(|cell| layers.cells[*cell].depth).fold(0.0, f32::max)).collect();
    let mut along = 0.0;
    for rank in 0..layers.rows.len() {
        for cell in layers.rows[rank].clone() {
            let cell = &mut layers.cells[cell];
            cell.along = along + (depths[rank] - cell.depth) / 2.0;
        }
        let labels = if rank % 2 == 0 { depths.get(rank + 1).copied().unwrap_or(0.0) } else { depths[rank] };
        let least = if labels > 0.0 { BESIDE_LABELS } else { BETWEEN_LAYERS / 2.0 };
        along += depths[rank] + least.max(farthest(layers, rank) * SLOPE);
    }
}

/// How far across the layers a line leads from the layer `rank` to the next.
fn farthest(layers: &Layers, rank: usize) -> f32 {
    let steps = layers.lines.iter().flat_map(|(_, line, _)| line.windows(2));
    let far = steps.filter(|step| layers.cells[step[0]].rank == rank).map(|step| {
        let (from, to) = (&layers.cells[step[0]], &layers.cells[step[1]]);
        // A box is as wide as the lines need.
        let half = |cell: &super::layers::Cell| if cell.node.is_some() { cell.before } else { 0.0 };
        (from.across - to.across).abs() - half(from) - half(to)
    });
    far.fold(0.0, f32::max)
}

/// Lets labels stand at the outer side of their lines: at the left of the first where several leave a box together.
fn mirror(layers: &mut Layers) {
    if !layers.is_down {
        return;
    }
    for row in layers.rows.clone() {
        let labels: Vec<usize> = row.into_iter().filter(|cell| layers.cells[*cell].has_label).collect();
        for (at, cell) in labels.iter().enumerate() {
            let is_sibling = |other: &usize| upper(layers, *other) == upper(layers, *cell);
            let is_first = at == 0 && labels[1..].iter().any(is_sibling);
            if is_first {
                let cell = &mut layers.cells[*cell];
                std::mem::swap(&mut cell.before, &mut cell.after);
            }
        }
    }
}

/// The box above the line of `cell`.
fn upper(layers: &Layers, cell: usize) -> Option<usize> {
    let line = layers.lines.iter().find(|(_, line, _)| line.contains(&cell))?;
    line.1.first().copied()
}

/// Where `cell` would be for its neighbours' sake, and how much that counts.
fn wish(layers: &Layers, cell: usize) -> (f32, f32) {
    let (mut sum, mut weight) = (0.0, 0.0);
    for (_, line, _) in &layers.lines {
        for step in line.windows(2) {
            let other = match step {
                [a, b] if *a == cell => *b,
                [a, b] if *b == cell => *a,
                _ => continue,
            };
            let is_line = |at: usize| layers.cells[at].node.is_none();
            let counts = if is_line(cell) && is_line(other) { STRAIGHT } else { 1.0 };
            sum += counts * layers.cells[other].across;
            weight += counts;
        }
    }
    if weight > 0.0 { (sum / weight, weight) } else { (layers.cells[cell].across, 0.1) }
}

/// Puts the cells of `row` as near to their `wishes` as they can be next to each other: the least squares under the order,
/// by pooling neighbours that push each other.
fn settle(layers: &mut Layers, row: usize, wishes: &[(f32, f32)]) {
    let cells = &layers.rows[row];
    // How far each is from the first, when all stand close together.
    let mut offsets = vec![0.0];
    for pair in cells.windows(2) {
        let (one, two) = (&layers.cells[pair[0]], &layers.cells[pair[1]]);
        offsets.push(offsets[offsets.len() - 1] + one.after + APART + two.before);
    }
    // The sum and the weight of each pool, and how many are in it.
    let mut pools: Vec<(f32, f32, usize)> = Vec::new();
    for ((wish, weight), offset) in wishes.iter().zip(&offsets) {
        pools.push(((wish - offset) * weight, *weight, 1));
        while let [.., (sum, weight, _), (next, next_weight, _)] = pools[..]
            && sum / weight > next / next_weight
            && let Some((sum, weight, count)) = pools.pop()
            && let Some(last) = pools.last_mut()
        {
            *last = (last.0 + sum, last.1 + weight, last.2 + count);
        }
    }
    let bases = pools.iter().flat_map(|(sum, weight, count)| std::iter::repeat_n(sum / weight, *count));
    let places: Vec<f32> = bases.zip(&offsets).map(|(base, offset)| base + offset).collect();
    for (cell, across) in layers.rows[row].clone().into_iter().zip(places) {
        layers.cells[cell].across = across;
    }
}
