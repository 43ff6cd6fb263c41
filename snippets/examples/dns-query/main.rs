//! 手写 DNS 查询：组报文、收响应、解析带压缩指针的记录；对面是本机的迷你权威服务器

use std::io;
use std::net::{Ipv4Addr, UdpSocket};
use std::thread;
use std::time::Duration;

const HEADER: usize = 12;
const A_IN: [u8; 4] = [0, 1, 0, 1]; // 类型 A，类 IN

// ANCHOR: build
/// 12 字节首部，后面是一个问题。
fn build_query(id: u16, name: &str) -> Vec<u8> {
    let mut message = id.to_be_bytes().to_vec();
    message.extend([1, 0]); // 标志：RD = 1，请对方递归
    message.extend([0, 1, 0, 0, 0, 0, 0, 0]); // 问题 1 条，其余三段 0 条
    for label in name.split('.') {
        let length = u8::try_from(label.len()).ok();
        let length = length.filter(|length| (1..=63).contains(length));
        message.push(length.expect("标签是 1 到 63 字节"));
        message.extend(label.bytes());
    }
    message.push(0); // 长度 0 的标签是根，名字到此结束
    message.extend(A_IN);
    message
}
// ANCHOR_END: build

// ANCHOR: parse
/// 从 `at` 读一个名字，返回名字和紧跟其后的位置；报文坏了返回 `None`。
fn read_name(message: &[u8], mut at: usize) -> Option<(String, usize)> {
    let mut labels = Vec::new();
    let mut end = None;
    for _ in 0..128 {
        let length = usize::from(*message.get(at)?);
        match length {
            0 => return Some((labels.join("."), end.unwrap_or(at + 1))),
            1..=63 => {
                labels.push(String::from_utf8_lossy(message.get(at + 1..=at + length)?));
                at += 1 + length;
            }
            // 最高两位是 11：压缩指针，低 14 位是报文里的偏移
            0xC0.. => {
                end = end.or(Some(at + 2));
                at = (length & 0x3F) << 8 | usize::from(*message.get(at + 1)?);
            }
            _ => return None,
        }
    }
    None // 指针绕成了环
}

/// 校验响应，取出所有 A 记录：（名字，地址，TTL）。
fn read_answers(query: &[u8], reply: &[u8]) -> Option<Vec<(String, Ipv4Addr, u32)>> {
    // ID 和问题都要与查询一致，否则可能是伪造的
    let same_id = reply.get(..2)? == &query[..2];
    let same_question = reply.get(HEADER..query.len())? == &query[HEADER..];
    let is_response = reply[2] & 0x80 != 0;
    if !(same_id && same_question && is_response) {
        return None;
    }
    let mut at = query.len();
    let mut answers = Vec::new();
    for _ in 0..u16::from_be_bytes([reply[6], reply[7]]) {
        let (name, start) = read_name(reply, at)?;
        // 类型 2、类 2、TTL 4、数据长度 2，然后才是数据
        let fields = reply.get(start..start + 10)?;
        let ttl = u32::from_be_bytes(fields[4..8].try_into().ok()?);
        let length = u16::from_be_bytes([fields[8], fields[9]]);
        at = start + 10 + usize::from(length);
        let data = reply.get(start + 10..at)?;
        if fields[..4] == A_IN {
            let octets: [u8; 4] = data.try_into().ok()?;
            answers.push((name, Ipv4Addr::from(octets), ttl));
        }
    }
    Some(answers)
}
// ANCHOR_END: parse

/// 只认识一个名字，它有两个地址。
fn serve(socket: &UdpSocket, queries: usize) -> io::Result<()> {
    let mut buffer = [0; 512];
    for _ in 0..queries {
        let (length, client) = socket.recv_from(&mut buffer)?;
        let mut reply = buffer[..length].to_vec(); // ID 和问题原样带回
        let Some((asked, _)) = read_name(&reply, HEADER) else {
            continue; // 太短或格式不对：不回答
        };
        let known = asked.eq_ignore_ascii_case("www.example.com");
        reply[2] = 0b1000_0101; // QR 响应、AA 权威、RD 照抄
        reply[3] = if known { 0 } else { 3 }; // RCODE 3：名字不存在
        if known {
            reply[7] = 2;
            for host in [10, 11] {
                reply.extend([0xC0, 12]); // 名字用压缩指针：见偏移 12
                reply.extend(A_IN);
                reply.extend(300_u32.to_be_bytes()); // TTL
                reply.extend([0, 4, 192, 0, 2, host]); // 数据 4 字节
            }
        }
        socket.send_to(&reply, client)?;
    }
    Ok(())
}

fn main() -> io::Result<()> {
    let server = UdpSocket::bind("127.0.0.1:0")?;
    let client = UdpSocket::bind("127.0.0.1:0")?;
    // 连上之后，内核只收这个地址和端口来的数据报
    client.connect(server.local_addr()?)?;
    client.set_read_timeout(Some(Duration::from_secs(2)))?;
    let server = thread::spawn(move || serve(&server, 2));

    // 真实的解析器必须用随机的 ID；这里写死，输出才固定
    for (id, name) in [(0x1234, "www.example.com"), (0x1235, "none.example.com")] {
        let query = build_query(id, name);
        client.send(&query)?;
        let mut buffer = [0; 512];
        let length = client.recv(&mut buffer)?;
        let reply = &buffer[..length];
        let answers = read_answers(&query, reply).ok_or(io::ErrorKind::InvalidData)?;
        let (aa, rcode) = (reply[2] >> 2 & 1, reply[3] & 15);
        println!(
            "{name}：查询 {} B，响应 {length} B，AA={aa}，RCODE={rcode}",
            query.len()
        );
        for (name, address, ttl) in answers {
            println!("  {name} A {address} TTL {ttl}");
        }
    }
    println!("指向自己的压缩指针：{:?}", read_name(&[0xC0, 0], 0));
    server.join().expect("服务线程不会 panic")
}
