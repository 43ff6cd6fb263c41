//! 查路由表：一个目的地址可能命中好几条路由，选前缀最长的那条

use std::net::Ipv4Addr;

struct Route {
    network: Ipv4Addr,
    prefix: u32,
    next_hop: &'static str,
}

impl Route {
    fn matches(&self, destination: Ipv4Addr) -> bool {
        destination & mask(self.prefix) == self.network
    }
}

/// 子网掩码：前 `prefix` 位是 1，其余是 0。
fn mask(prefix: u32) -> Ipv4Addr {
    // u32 不能左移 32 位，所以 /0 单独给 0
    Ipv4Addr::from_bits(u32::MAX.checked_shl(32 - prefix).unwrap_or(0))
}

fn route(network: [u8; 4], prefix: u32, next_hop: &'static str) -> Route {
    let network = Ipv4Addr::from(network);
    Route {
        network,
        prefix,
        next_hop,
    }
}

fn main() {
    // 顺序故意打乱：结果只看前缀长度，与先后无关
    let table = [
        route([10, 1, 0, 0], 16, "路由器 R3"),
        route([0, 0, 0, 0], 0, "运营商"),
        route([10, 1, 2, 0], 24, "直连 eth1"),
        route([10, 0, 0, 0], 8, "路由器 R2"),
    ];

    let destinations = [
        Ipv4Addr::new(10, 1, 2, 9),
        Ipv4Addr::new(10, 1, 9, 9),
        Ipv4Addr::new(10, 9, 9, 9),
        Ipv4Addr::new(198, 51, 100, 5),
    ];
    for destination in destinations {
        let matched: Vec<&Route> = table.iter().filter(|r| r.matches(destination)).collect();
        let prefixes: Vec<u32> = matched.iter().map(|r| r.prefix).collect();
        // 都命中同一个地址又一样长，就是同一个前缀；这张表里没有重复的，所以不会并列
        match matched.iter().max_by_key(|r| r.prefix) {
            Some(best) => println!(
                "{destination:<12} 命中 {prefixes:?}，选 /{}：{}",
                best.prefix, best.next_hop
            ),
            None => println!("{destination:<12} 没有路由"),
        }
    }
}
