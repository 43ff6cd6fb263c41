//! 平滑加权轮询把权重大的那台分散开；随机挑两台取较闲的，最忙的一台就不那么忙

const SERVERS: usize = 1000;

struct Server {
    name: &'static str,
    weight: i64,
    current: i64, // 当前权重：每轮先涨，被选中就降
}

/// 先全体加上各自的权重，选当前权重最大的，再从它身上减去权重总和
fn smooth_weighted(servers: &mut [Server]) -> &'static str {
    let total: i64 = servers.iter().map(|server| server.weight).sum();
    for server in servers.iter_mut() {
        server.current += server.weight;
    }
    // max_by_key 并列时取最后一个，所以倒着走，让靠前的胜出
    let chosen = servers.iter_mut().rev().max_by_key(|server| server.current);
    let chosen = chosen.expect("至少有一台服务器");
    chosen.current -= total;
    chosen.name
}

/// 线性同余发生器：种子固定，在任何机器上都是同一串数
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, bound: usize) -> usize {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

fn main() {
    let mut servers = [("a", 5), ("b", 1), ("c", 1)].map(|(name, weight)| Server {
        name,
        weight,
        current: 0,
    });
    for request in 1..=7 {
        let chosen = smooth_weighted(&mut servers);
        let current = servers.each_ref().map(|server| server.current);
        println!("第 {request} 个请求 → {chosen}  选后的当前权重 {current:?}");
    }

    let mut random = Lcg(42);
    let (mut one, mut two) = (vec![0; SERVERS], vec![0; SERVERS]);
    for _ in 0..SERVERS {
        one[random.below(SERVERS)] += 1;
        let (left, right) = (random.below(SERVERS), random.below(SERVERS));
        let idler = if two[left] <= two[right] { left } else { right };
        two[idler] += 1;
    }
    let busiest = |load: &[u32]| load.iter().copied().max().unwrap_or(0);
    println!(
        "{SERVERS} 个请求随机分给 {SERVERS} 台：最忙的有 {} 个",
        busiest(&one)
    );
    println!("每次随机挑两台、给较闲的：最忙的有 {} 个", busiest(&two));
}
