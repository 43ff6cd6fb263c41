//! UDP 保留消息边界：一次 send 对一次 recv；缓冲区太小就截断，数据报太大就报错

use std::io;
use std::net::UdpSocket;
use std::time::Duration;

fn main() -> io::Result<()> {
    let sender = UdpSocket::bind("127.0.0.1:0")?;
    let receiver = UdpSocket::bind("127.0.0.1:0")?;
    // UDP 不保证送达：万一丢了就报错，别一直等下去
    receiver.set_read_timeout(Some(Duration::from_secs(1)))?;
    // UDP 的 connect 不握手，只是记下默认的对端地址
    sender.connect(receiver.local_addr()?)?;
    let mut buffer = [0; 64];

    sender.send(b"hello")?;
    sender.send(b"world")?;
    let first = receiver.recv(&mut buffer)?;
    let second = receiver.recv(&mut buffer)?;
    println!("发两条、收两次：{first} B、{second} B");

    sender.send(b"0123456789")?;
    sender.send(b"next")?;
    let mut small_buffer = [0; 4];
    let count = receiver.recv(&mut small_buffer)?;
    let kept = String::from_utf8_lossy(&small_buffer[..count]);
    println!("10 B 的数据报收进 4 B 的缓冲区：{kept}");
    let count = receiver.recv(&mut buffer)?;
    let next = String::from_utf8_lossy(&buffer[..count]);
    println!("再收一次：{next}");

    let big = vec![0; 65508];
    println!("发 65507 B：{:?}", sender.send(&big[..65507]));
    let error = sender.send(&big).unwrap_err();
    println!("发 65508 B：errno {:?}", error.raw_os_error());
    Ok(())
}
