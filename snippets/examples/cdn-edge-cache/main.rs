//! 两个边缘节点：选延迟最低的健康节点，命中就地返回，否则回源；时钟是逻辑秒
use std::collections::HashMap;

const ORIGIN_MS: u32 = 60; // 边缘到源站一个来回

struct Edge {
    name: &'static str,
    user_ms: u32,                            // 用户到这个节点一个来回
    fresh_until: HashMap<&'static str, u32>, // 缓存键（这里是路径）→ 过期时刻
}

impl Edge {
    /// 返回是否命中；没命中就回源，源站允许才存一份
    fn get(&mut self, now: u32, path: &'static str) -> bool {
        let hit = self.fresh_until.get(path).is_some_and(|&end| now < end);
        if !hit && let Some(max_age) = origin_max_age(path) {
            // max-age 来自源站，可能大得溢出
            self.fresh_until.insert(path, now.saturating_add(max_age));
        }
        hit
    }
}

/// 源站的 Cache-Control：购物车 no-store，其余 max-age=60
fn origin_max_age(path: &str) -> Option<u32> {
    (path != "/cart").then_some(60)
}

fn main() {
    let mut edges = [("海口", 8), ("广州", 15)].map(|(name, user_ms)| Edge {
        name,
        user_ms,
        fresh_until: HashMap::new(),
    });
    let (mut total, mut hits, mut waited, mut all_miss) = (0, 0, 0, 0);
    for (now, path) in [
        (0, "/a.js"),
        (10, "/a.js"),
        (20, "/cart"),
        (25, "/cart"),
        (30, "/b.png"),
        (59, "/a.js"),
        (61, "/a.js"),
        (70, "/a.js"),
        (80, "/a.js"),
    ] {
        let healthy = usize::from(now >= 70)..; // 第 70 秒起，第一个节点故障
        let candidates = edges[healthy].iter_mut();
        let edge = candidates.min_by_key(|edge| edge.user_ms).unwrap();

        let hit = edge.get(now, path);
        let (label, origin_ms) = if hit { ("HIT", 0) } else { ("MISS", ORIGIN_MS) };
        let cost = edge.user_ms + origin_ms;
        println!("t={now:<2} {path:<6} {} {label:<4} {cost} ms", edge.name);

        total += 1;
        hits += u32::from(hit);
        waited += cost;
        all_miss += edge.user_ms + ORIGIN_MS;
    }
    let mean = |sum| f64::from(sum) / f64::from(total);
    println!("命中 {hits}/{total}，回源 {} 次", total - hits);
    println!(
        "平均 {:.1} ms；若次次回源，{:.1} ms",
        mean(waited),
        mean(all_miss)
    );
}
