//! 在 UDP 上做可靠传输：停等协议用序号、确认和超时重传，补上故意丢掉的数据与 ACK

use std::io::{self, ErrorKind};
use std::net::UdpSocket;
use std::thread;
use std::time::Duration;

const WORDS: [&str; 4] = ["可靠", "来自", "确认", "与重传"];

/// 一次只有一条消息在途，确认了才发下一条；返回一共发了几个数据报。
fn send_all(socket: &UdpSocket) -> io::Result<u32> {
    let mut sent = 0;
    for (seq, word) in (0_u8..).zip(WORDS) {
        let datagram = [&[seq], word.as_bytes()].concat();
        let mut acked = false;
        while !acked {
            socket.send(&datagram)?;
            sent += 1;
            acked = ack_arrives(socket, seq + 1)?;
        }
    }
    Ok(sent)
}

/// 等 ACK；超时返回 `false`。
fn ack_arrives(socket: &UdpSocket, wanted: u8) -> io::Result<bool> {
    let mut ack = [0];
    // 迟到的旧 ACK 不算数，接着等
    while ack[0] != wanted {
        if let Err(e) = socket.recv(&mut ack) {
            // 超时在 Unix 上报 WouldBlock，在 Windows 上报 TimedOut
            let timed_out = matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut);
            return if timed_out { Ok(false) } else { Err(e) };
        }
    }
    Ok(true)
}

/// 收齐所有消息；第 2 个到达的数据报、第 4 个的 ACK 故意丢掉。
fn receive_all(socket: &UdpSocket) -> io::Result<String> {
    let (mut text, mut expected, mut buffer) = (String::new(), 0, [0; 64]);
    for arrival in 1.. {
        let (length, sender) = socket.recv_from(&mut buffer)?;
        // 空数据报没有序号；网上来的长度不可信，先看再取
        let [seq, ref body @ ..] = buffer[..length] else {
            continue;
        };
        if arrival == 2 {
            println!("第 2 个数据报 seq={seq}：当作路上丢了");
            continue;
        }
        // 不是正在等的序号，就是重传来的重复数据
        let is_new = seq == expected;
        if is_new {
            text.push_str(&String::from_utf8_lossy(body));
            expected += 1;
        }
        let action = if is_new { "交付" } else { "重复，丢弃" };
        if arrival == 4 {
            println!("第 4 个数据报 seq={seq}：{action}，ACK 当作路上丢了");
            continue;
        }
        println!("第 {arrival} 个数据报 seq={seq}：{action}，回 ACK {expected}");
        socket.send_to(&[expected], sender)?;
        if usize::from(expected) == WORDS.len() {
            break;
        }
    }
    Ok(text)
}

fn main() -> io::Result<()> {
    let receiver = UdpSocket::bind("127.0.0.1:0")?;
    let sender = UdpSocket::bind("127.0.0.1:0")?;
    sender.connect(receiver.local_addr()?)?;
    sender.set_read_timeout(Some(Duration::from_millis(400)))?;

    let receiving = thread::spawn(move || receive_all(&receiver));
    let sent = send_all(&sender)?;
    let text = receiving.join().expect("接收线程没有 panic")?;
    println!("{} 条消息用了 {sent} 个数据报：{text}", WORDS.len());
    Ok(())
}
