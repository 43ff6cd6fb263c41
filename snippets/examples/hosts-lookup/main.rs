//! 照 hosts(5) 的格式查一张 hosts 表：注释、别名、大小写、坏行；没有通配符
use std::io;
use std::net::{IpAddr, ToSocketAddrs};

const HOSTS: &str = "\
# 本地开发
127.0.0.1   localhost
::1         localhost ip6-localhost
127.0.0.1   dev.example.test api.example.test   # 一个地址，两个名字
127.0.0.2   dev.example.test
0.0.0.0     ads.example.test
999.1.1.1   bad.example.test
";

/// 一行是「IP、规范名、别名……」；没有这个名字，或者地址不合法，返回 `None`
fn match_line(line: &str, name: &str) -> Option<IpAddr> {
    let entry = line.split('#').next()?; // 从 # 到行尾是注释
    let mut fields = entry.split_whitespace(); // 空格、制表符，几个都行
    let addr = fields.next()?.parse().ok()?; // 空行或坏地址：这一行不算
    fields
        .any(|field| field.eq_ignore_ascii_case(name)) // 域名不分大小写
        .then_some(addr)
}

fn lookup(hosts: &str, name: &str) -> Vec<IpAddr> {
    hosts
        .lines()
        .filter_map(|line| match_line(line, name))
        .collect()
}

fn main() -> io::Result<()> {
    for name in [
        "localhost",
        "DEV.example.test",
        "api.example.test",
        "ads.example.test",
        "bad.example.test",
        "www.api.example.test",
    ] {
        let addrs = lookup(HOSTS, name);
        if addrs.is_empty() {
            println!("{name}：没有，去问 DNS");
        } else {
            println!("{name}：{addrs:?}");
        }
    }

    // 真正的查询交给操作系统：先查什么由它的配置决定
    let mut addrs = ("localhost", 80).to_socket_addrs()?;
    let all_loopback = addrs.all(|addr| addr.ip().is_loopback());
    println!("系统解析 localhost，全是回环地址：{all_loopback}");
    Ok(())
}
