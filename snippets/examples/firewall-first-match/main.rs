//! 模拟 INPUT 链：第一条匹配的规则说了算，都不匹配才看默认策略
use std::net::Ipv4Addr;

#[derive(Clone, Copy)]
struct Rule {
    source: (Ipv4Addr, u32), // -s 网络号/前缀长度
    proto: &'static str,     // -p
    ports: &'static [u16],   // --dport、--dports
    target: &'static str,    // -j
}

type Packet = (Ipv4Addr, &'static str, u16); // 源地址、协议、目的端口

impl Rule {
    fn matches(&self, (source, proto, port): Packet) -> bool {
        let (network, prefix) = self.source;
        // 前缀是 0 时要左移 32 位，超出 u32 的宽度：这时掩码就是 0
        let mask = u32::MAX.checked_shl(32 - prefix).unwrap_or(0);
        source.to_bits() & mask == network.to_bits()
            && proto == self.proto
            && self.ports.contains(&port)
    }
}

fn input(chain: &[Rule], policy: &'static str, packet: Packet) -> &'static str {
    let first = chain.iter().find(|rule| rule.matches(packet));
    first.map_or(policy, |rule| rule.target)
}

fn main() {
    let rule = |octets: [u8; 4], prefix, proto, ports, target| Rule {
        source: (octets.into(), prefix),
        proto,
        ports,
        target,
    };
    let reject_dns = rule([192, 168, 1, 5], 32, "udp", &[53], "REJECT");
    let chain = [
        reject_dns,
        rule([192, 168, 1, 5], 32, "tcp", &[53], "REJECT"),
        rule([10, 1, 1, 0], 24, "udp", &[8888, 9999], "ACCEPT"),
    ];
    println!("默认策略分别是 ACCEPT、DROP 时：");
    for (octets, proto, port) in [
        ([192, 168, 1, 5], "udp", 53),
        ([192, 168, 1, 5], "tcp", 53),
        ([192, 168, 1, 1], "udp", 53),
        ([10, 1, 1, 77], "udp", 9999),
        ([10, 1, 2, 1], "udp", 9999),
    ] {
        let source = Ipv4Addr::from(octets);
        let [open, closed] =
            ["ACCEPT", "DROP"].map(|policy| input(&chain, policy, (source, proto, port)));
        println!("{source} {proto}/{port}：{open}、{closed}");
    }

    let packet = ([192, 168, 1, 5].into(), "udp", 53);
    let mut chain = vec![rule([0, 0, 0, 0], 0, "udp", &[53], "ACCEPT")];
    chain.push(reject_dns); // iptables -A：加在末尾
    println!("放行规则在前，-A：{}", input(&chain, "ACCEPT", packet));
    chain.insert(0, reject_dns); // iptables -I：插到最前
    println!("改用 -I：{}", input(&chain, "ACCEPT", packet));
}
