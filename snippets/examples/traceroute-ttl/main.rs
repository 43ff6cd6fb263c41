//! 模拟 traceroute：TTL 从 1 逐个加大，看谁回了哪种 ICMP；最后在回环上真收一次“端口不可达”

use std::io;
use std::net::UdpSocket;
use std::time::Duration;

#[derive(Clone, Copy)]
enum Probe {
    Udp,
    Echo,
}

#[derive(Debug)]
enum Icmp {
    TimeExceeded,
    PortUnreachable,
    EchoReply,
}

const SILENT: &str = "10.0.0.1"; // 这台路由器照常转发，但从不回 Time Exceeded
const ROUTERS: [&str; 3] = ["192.0.2.1", SILENT, "198.51.100.1"];
const HOST: &str = "203.0.113.9";

/// 一个探测包沿路走：谁回了什么；`None` 是没有回音
fn send(probe: Probe, mut ttl: u8) -> Option<(&'static str, Icmp)> {
    for router in ROUTERS {
        ttl -= 1; // 每台路由器转发前减 1
        if ttl == 0 {
            return (router != SILENT).then_some((router, Icmp::TimeExceeded));
        }
    }
    // 目标主机不转发，不减 TTL；回什么取决于探测包的类型
    match probe {
        Probe::Udp => Some((HOST, Icmp::PortUnreachable)),
        Probe::Echo => Some((HOST, Icmp::EchoReply)),
    }
}

fn trace(probe: Probe) {
    for ttl in 1..=30 {
        let answer = send(probe, ttl);
        match &answer {
            None => println!("  {ttl}  *"),
            Some((from, reply)) => println!("  {ttl}  {from}  {reply:?}"),
        }
        if answer.is_some_and(|(from, _)| from == HOST) {
            break; // 到了
        }
    }
}

fn main() -> io::Result<()> {
    println!("UDP 探测（traceroute 的默认方式）");
    trace(Probe::Udp);
    println!("ICMP Echo 探测（tracert、traceroute -I）");
    trace(Probe::Echo);

    let socket = UdpSocket::bind("127.0.0.1:0")?;
    // 端口 1 没有程序在收，内核也不会把它当临时端口分给别人；connect 只记下对端，不发包
    socket.connect("127.0.0.1:1")?;
    socket.set_read_timeout(Some(Duration::from_secs(1)))?; // 万一没有回音，也不会一直等
    socket.send(b"probe")?;
    let error = socket.recv(&mut [0; 8]).expect_err("那个端口没人收");
    println!("回环上真发一个 UDP 探测，recv 返回 {:?}", error.kind());
    Ok(())
}
