//! IPVS 的调度：wrr、wlc、sed 的先后，sh、mh 在减少一台服务器时的差别
// ANCHOR: order
const SERVERS: [(char, u32); 3] = [('A', 4), ('B', 3), ('C', 2)]; // 名字和权重

/// wrr：门槛从最大权重逐轮降低，权重够得着的依次各接一条
fn wrr() -> String {
    let mut order = String::new();
    let highest = SERVERS.iter().map(|(_, weight)| *weight).max();
    for threshold in (1..=highest.unwrap_or(0)).rev() {
        let reached = SERVERS.iter().filter(|(_, weight)| *weight >= threshold);
        order.extend(reached.map(|(name, _)| name));
    }
    order
}

/// 谁的负载最小给谁，连接都不断开；`incoming` 为 0 是 wlc，为 1 是 sed
fn least_loaded(incoming: u32) -> String {
    let mut active = [0; SERVERS.len()];
    let mut order = String::new();
    for _ in 0..9 {
        let mut best = 0;
        for i in 1..SERVERS.len() {
            // 内核不用浮点数：比较 Ci/Wi 与 Cb/Wb，改成交叉相乘
            let load = (active[i] + incoming) * SERVERS[best].1;
            if load < (active[best] + incoming) * SERVERS[i].1 {
                best = i;
            }
        }
        active[best] += 1;
        order.push(SERVERS[best].0);
    }
    order
}
// ANCHOR_END: order

// ANCHOR: hash
/// sh：服务器轮流填满 256 格
fn sh_table(servers: usize) -> Vec<usize> {
    (1..=servers).cycle().take(256).collect()
}

/// mh（Maglev）：每台有自己的起点和步长，轮流各占自己遇到的下一个空格
fn mh_table(servers: usize) -> Vec<usize> {
    const SLOTS: usize = 4093; // 素数，任何步长都走得遍
    let mut table = vec![0; SLOTS]; // 0 是空格
    let mut position: Vec<_> = (0..=servers).map(|server| hash(server) % SLOTS).collect();
    for server in (1..=servers).cycle().take(SLOTS) {
        let step = hash(server + 100) % (SLOTS - 1) + 1;
        while table[position[server]] != 0 {
            position[server] = (position[server] + step) % SLOTS;
        }
        table[position[server]] = server;
    }
    table
}

/// 乘法散列，取 32 位乘积的高 24 位
fn hash(key: usize) -> usize {
    (key.wrapping_mul(0x9E37_79B1) & 0xFFFF_FFFF) >> 8
}

/// 第 5 台下线前后各查一次表
fn compare(name: &str, before: &[usize], after: &[usize]) {
    let (mut moved, mut needless) = (0, 0);
    for client in 0..10_000 {
        let old = before[hash(client) % before.len()];
        let new = after[hash(client) % after.len()];
        moved += u32::from(old != new);
        needless += u32::from(old != new && old != 5); // 原来那台还在，本不必换
    }
    println!("{name}：{moved} 个客户端换了服务器，其中 {needless} 个本不必换");
}
// ANCHOR_END: hash

fn main() {
    println!(
        "wrr {}\nwlc {}\nsed {}",
        wrr(),
        least_loaded(0),
        least_loaded(1)
    );
    println!("10000 个客户端，5 台减到 4 台：");
    compare("sh", &sh_table(5), &sh_table(4));
    compare("mh", &mh_table(5), &mh_table(4));
}
