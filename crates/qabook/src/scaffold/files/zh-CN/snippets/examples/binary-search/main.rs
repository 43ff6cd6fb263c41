//! 最坏情况下，二分查找要看几个值

use std::cmp::Ordering;

/// 在有序的 `values` 里找 `wanted`，返回位置和看过的个数。
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
        // 都是偶数，所以每个奇数都落在空隙里。
        let values: Vec<u32> = (0..n).map(|i| 2 * i).collect();
        let most = (0..2 * n).map(|wanted| search(&values, wanted).1).max().unwrap_or(0);
        println!("{n:>6} 个值：最多看 {most} 个");
    }
}
