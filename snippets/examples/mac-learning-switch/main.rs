//! 会学习的交换机：看源 MAC 学端口，看目的 MAC 转发；没学到的和广播帧就在本 VLAN 里泛洪

use std::collections::BTreeMap;

type Mac = &'static str;
const BROADCAST: Mac = "FF";
const AGEING: u32 = 300; // 秒

struct Entry {
    port: u8,
    seen: u32,
}

struct Switch {
    vlans: BTreeMap<u8, u16>,           // 端口 → VLAN
    table: BTreeMap<(u16, Mac), Entry>, // 每个 VLAN 各学各的
}

impl Switch {
    /// 收到一帧，返回做法和要发出去的端口；帧本身一个字节也不改。
    fn receive(&mut self, now: u32, port: u8, from: Mac, to: Mac) -> (&'static str, Vec<u8>) {
        let vlan = self.vlans[&port];
        self.table
            .retain(|_, entry| now.saturating_sub(entry.seen) < AGEING);
        self.table.insert((vlan, from), Entry { port, seen: now });
        match self.table.get(&(vlan, to)) {
            Some(entry) if entry.port == port => ("过滤", vec![]),
            Some(entry) => ("转发", vec![entry.port]),
            // 广播地址不会当源地址，永远学不到，自然落到这里
            None => {
                let mut out: Vec<u8> = self.vlans.keys().copied().collect();
                out.retain(|other| *other != port && self.vlans[other] == vlan);
                ("泛洪", out)
            }
        }
    }
}

fn main() {
    let vlans = BTreeMap::from([(1, 10), (2, 10), (3, 10), (4, 20), (5, 20)]);
    let mut switch = Switch {
        vlans,
        table: BTreeMap::new(),
    };
    let frames = [
        (0, 1, "A", "B"),
        (1, 2, "B", "A"),
        (2, 1, "A", "B"),
        (3, 1, "C", "A"),
        (4, 3, "D", BROADCAST),
        (5, 4, "E", BROADCAST),
        (6, 3, "A", "B"),
        (400, 2, "B", "A"),
    ];
    for (now, port, from, to) in frames {
        let (action, out) = switch.receive(now, port, from, to);
        print!("{now:>3} s 端口 {port} 收到 {from}→{to:<2} {action} {out:?} 表");
        for ((_, mac), entry) in &switch.table {
            print!(" {mac}:{}", entry.port);
        }
        println!();
    }
}
