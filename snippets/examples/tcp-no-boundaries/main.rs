//! TCP 不保留消息边界：两次 write 被一次 read 取走，一次 write 被两次 read 取完

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// 在回环地址上建立一条连接，返回 (客户端, 服务端) 两个套接字。
fn connected_pair() -> io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let client = TcpStream::connect(listener.local_addr()?)?;
    let (server, _) = listener.accept()?;
    Ok((client, server))
}

/// 等到接收缓冲区里攒够 `expected` 字节；peek 只看不取。
fn wait_until_queued(socket: &TcpStream, expected: usize) -> io::Result<()> {
    let mut probe = [0; 64];
    while socket.peek(&mut probe)? < expected {
        thread::sleep(Duration::from_millis(1));
    }
    Ok(())
}

fn read_once(socket: &mut TcpStream, buffer: &mut [u8]) -> io::Result<String> {
    let count = socket.read(buffer)?;
    Ok(String::from_utf8_lossy(&buffer[..count]).into_owned())
}

fn main() -> io::Result<()> {
    let (mut client, mut server) = connected_pair()?;
    // 关掉 Nagle 算法，证明它不是黏包的根源
    client.set_nodelay(true)?;

    client.write_all(b"hello")?;
    client.write_all(b"world")?;
    wait_until_queued(&server, 10)?;
    let text = read_once(&mut server, &mut [0; 64])?;
    println!("写 hello、world 两次，读一次：{text}");

    client.write_all(b"abcdef")?;
    wait_until_queued(&server, 6)?;
    let mut small_buffer = [0; 4];
    let first = read_once(&mut server, &mut small_buffer)?;
    let second = read_once(&mut server, &mut small_buffer)?;
    println!("写 abcdef 一次，每次最多读 4 B：{first}、{second}");
    Ok(())
}
