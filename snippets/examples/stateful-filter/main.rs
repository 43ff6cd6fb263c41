//! 同样的 6 个包过两道防火墙：无状态的只看眼前这个包，有状态的还查连接表
use Side::{Inside, Outside};
use Verdict::{Accept, Drop};
use std::collections::HashSet;
use std::net::SocketAddrV4;

/// 包从哪一侧的网卡进来：判断方向看网卡，不看可以伪造的源地址
#[derive(Clone, Copy)]
enum Side {
    Inside,
    Outside,
}

#[derive(Debug, PartialEq)]
enum Verdict {
    Accept,
    Drop,
}

/// `match` 从上往下比，第一个匹配的分支生效：正是防火墙的「首条匹配」
fn rules(from: Side, dst: SocketAddrV4) -> Verdict {
    match (from, dst.port()) {
        (Inside, 25) => Drop,     // 出站也要管：内部主机不许直接发信
        (Inside, _) => Accept,    // 其余出站都放行
        (Outside, 443) => Accept, // 外部可以访问网站
        _ => Drop,                // 默认拒绝
    }
}

/// 认不出回包，只好放行一切来自 80 端口的包，否则内部看不了网页
fn stateless(from: Side, src: SocketAddrV4, dst: SocketAddrV4) -> Verdict {
    match (from, src.port()) {
        (Outside, 80) => Accept,
        _ => rules(from, dst),
    }
}

/// 连接表：放行过的（源，目的）
#[derive(Default)]
struct Stateful(HashSet<(SocketAddrV4, SocketAddrV4)>);

impl Stateful {
    fn check(&mut self, from: Side, src: SocketAddrV4, dst: SocketAddrV4) -> Verdict {
        if self.0.contains(&(dst, src)) {
            return Accept; // 表里有方向相反的：这是已有连接的回包
        }
        let verdict = rules(from, dst);
        if verdict == Accept {
            self.0.insert((src, dst));
        }
        verdict
    }
}

fn main() {
    let mut stateful = Stateful::default();
    for (title, from, src, dst) in [
        ("登录 SSH", Outside, "203.0.113.9:4000", "192.0.2.5:22"),
        ("访问网站", Outside, "203.0.113.9:4001", "192.0.2.5:443"),
        ("直接发信", Inside, "192.0.2.8:5000", "198.51.100.1:25"),
        ("浏览网页", Inside, "192.0.2.8:5001", "198.51.100.1:80"),
        ("网页回包", Outside, "198.51.100.1:80", "192.0.2.8:5001"),
        ("假冒回包", Outside, "198.51.100.1:80", "192.0.2.8:3389"),
    ] {
        let (src, dst) = (src.parse().unwrap(), dst.parse().unwrap());
        let without_state = stateless(from, src, dst);
        let with_state = stateful.check(from, src, dst);
        println!("{title}：无状态 {without_state:?}，有状态 {with_state:?}");
    }
}
