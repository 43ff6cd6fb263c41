//! The order in each layer: with few crossings.

use super::layers::Layers;

/// How often the layers are sorted by their neighbours, down and up.
const SWEEPS: usize = 12;

/// Sorts the layers so that few lines cross; what crosses none stays in the order of the source.
pub(super) fn sort(layers: &mut Layers) {
    let mut best = (crossings(layers), layers.rows.clone());
    for sweep in 0..SWEEPS {
        let count = layers.rows.len();
        for step in 1..count {
            let (row, other) = if sweep % 2 == 0 { (step, step - 1) } else { (count - 1 - step, count - step) };
            sort_row(layers, row, other);
        }
        let now = crossings(layers);
        if now < best.0 {
            best = (now, layers.rows.clone());
        }
    }
    layers.rows = best.1;
}

/// Sorts `row` by the middle of each cell's neighbours in the row `other`.
fn sort_row(layers: &mut Layers, row: usize, other: usize) {
    let places = places(&layers.rows[other], layers.cells.len());
    let mut keyed: Vec<(f32, usize)> = Vec::new();
    for (at, cell) in layers.rows[row].iter().enumerate() {
        let around: Vec<usize> = steps(layers)
            .filter_map(|(a, b)| {
                if a == *cell {
                    places[b]
                } else if b == *cell {
                    places[a]
                } else {
                    None
                }
            })
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "a layer has few cells")]
        let key = if around.is_empty() { at as f32 } else { around.iter().sum::<usize>() as f32 / around.len() as f32 };
        keyed.push((key, *cell));
    }
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
    layers.rows[row] = keyed.into_iter().map(|(_, cell)| cell).collect();
}

/// The steps of all lines from one layer to the next.
fn steps(layers: &Layers) -> impl Iterator<Item = (usize, usize)> + '_ {
    layers.lines.iter().flat_map(|(_, line, _)| line.windows(2).map(|step| (step[0], step[1])))
}

fn places(row: &[usize], count: usize) -> Vec<Option<usize>> {
    let mut places = vec![None; count];
    row.iter().enumerate().for_each(|(at, cell)| places[*cell] = Some(at));
    places
}

fn crossings(layers: &Layers) -> usize {
    let mut places = vec![0; layers.cells.len()];
    for row in &layers.rows {
        row.iter().enumerate().for_each(|(at, cell)| places[*cell] = at);
    }
    let all: Vec<(usize, usize)> = steps(layers).collect();
    let crosses = |(a, b): (usize, usize), (c, d): (usize, usize)| {
        layers.cells[a].rank == layers.cells[c].rank
            && (places[a] < places[c] && places[b] > places[d] || places[a] > places[c] && places[b] < places[d])
    };
    (0..all.len()).map(|one| (one + 1..all.len()).filter(|two| crosses(all[one], all[*two])).count()).sum()
}
