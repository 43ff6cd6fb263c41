//! 用前缀长度算网络号：网络号相同就直接送达，不同就交给默认网关

use std::net::Ipv4Addr;

/// 子网掩码：前 `prefix` 位是 1，其余是 0。
fn mask(prefix: u32) -> Ipv4Addr {
    // u32 不能左移 32 位，所以 /0 单独给 0
    Ipv4Addr::from_bits(u32::MAX.checked_shl(32 - prefix).unwrap_or(0))
}

fn network(ip: Ipv4Addr, prefix: u32) -> Ipv4Addr {
    ip & mask(prefix)
}

fn delivery(me: Ipv4Addr, prefix: u32, destination: Ipv4Addr) -> &'static str {
    if destination.is_loopback() {
        "本机回环"
    } else if network(me, prefix) == network(destination, prefix) {
        "同一子网"
    } else {
        "默认网关"
    }
}

fn main() {
    let me = Ipv4Addr::new(192, 168, 1, 20);
    for prefix in [24, 26] {
        let network = network(me, prefix);
        let broadcast = network | !mask(prefix);
        let hosts = 2_u32.pow(32 - prefix) - 2;
        println!("{me}/{prefix}：网络 {network}，广播 {broadcast}，可用主机 {hosts} 个");
    }

    let destinations = [
        Ipv4Addr::new(192, 168, 1, 33),
        Ipv4Addr::new(192, 168, 1, 77),
        Ipv4Addr::new(192, 168, 2, 5),
        Ipv4Addr::new(10, 1, 2, 3),
        Ipv4Addr::new(203, 0, 113, 8),
        Ipv4Addr::LOCALHOST,
    ];
    for destination in destinations {
        let by_24 = delivery(me, 24, destination);
        let by_26 = delivery(me, 26, destination);
        let private = destination.is_private();
        println!("{destination:<13} /24 {by_24}  /26 {by_26}  私有地址 {private}");
    }
}
