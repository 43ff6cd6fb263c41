//! Looks of a binary search, at worst

use std::cmp::Ordering;

/// Where `wanted` is in the sorted `values`, and how many of them were looked at.
fn search(values: &[u32], wanted: u32) -> (Option<usize>, u32) {
    let (mut low, mut high, mut looks) = (0, values.len(), 0);
    while low < high {
        let middle = low + (high - low) / 2;
        looks += 1;
        match values[middle].cmp(&wanted) {
            Ordering::Equal => return (Some(middle), looks),
            Ordering::Less => low = middle + 1,
            Ordering::Greater => high = middle,
        }
    }
    (None, looks)
}

fn main() {
    for n in [1, 10, 1_000, 10_000] {
        // Even numbers, so that every odd one is in a gap.
        let values: Vec<u32> = (0..n).map(|i| 2 * i).collect();
        let most = (0..2 * n).map(|wanted| search(&values, wanted).1).max().unwrap_or(0);
        println!("{n:>6} values: looks = {most}");
    }
}
