//! 同样是关闭套接字，对端看到的可能是正常结束（FIN），也可能是连接被重置（RST）

use socket2::SockRef;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// 服务端先发 6 字节，等它们进了客户端的接收缓冲区再返回一对已连接的套接字
fn connected_pair() -> io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let client = TcpStream::connect(listener.local_addr()?)?;
    let (mut server, _) = listener.accept()?;
    server.write_all(b"unread")?;
    let mut buffer = [0; 6];
    while client.peek(&mut buffer)? < buffer.len() {
        thread::sleep(Duration::from_millis(1)); // peek 只看不取
    }
    Ok((client, server))
}

/// 客户端已经关闭，服务端再读一次会得到什么
fn next_read(server: &mut TcpStream) -> String {
    match server.read(&mut [0; 16]) {
        Ok(0) => "Ok(0)，正常的文件结束（FIN）".to_string(),
        Ok(count) => format!("读到 {count} B"),
        Err(error) => format!("Err({:?})，连接被重置（RST）", error.kind()),
    }
}

fn main() -> io::Result<()> {
    let (mut client, mut server) = connected_pair()?;
    client.read_exact(&mut [0; 6])?;
    drop(client); // 离开作用域或 drop，都会 close
    println!("读完再关：{}", next_read(&mut server));

    let (client, mut server) = connected_pair()?;
    drop(client);
    println!("没读就关：{}", next_read(&mut server));

    let (mut client, mut server) = connected_pair()?;
    client.read_exact(&mut [0; 6])?;
    SockRef::from(&client).set_linger(Some(Duration::ZERO))?;
    drop(client);
    println!("读完，但 SO_LINGER 设为 0 秒：{}", next_read(&mut server));
    Ok(())
}
