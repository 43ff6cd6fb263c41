//! 一个线程当服务端、主线程当客户端：走完 TCP 套接字的每一步

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;

/// 接一个连接，把收到的内容转成大写发回去，直到对方不再发送
fn serve_one(listener: &TcpListener) -> io::Result<Vec<String>> {
    let (mut conn, _peer_addr) = listener.accept()?; // 没有连接时阻塞在这里
    let same_addr = conn.local_addr()? == listener.local_addr()?;
    let mut log = vec![format!(
        "accept：得到新套接字，本地地址与监听套接字相同：{same_addr}"
    )];

    let mut buffer = [0; 4096];
    loop {
        let count = conn.read(&mut buffer)?;
        log.push(format!("read 返回 {count}"));
        if count == 0 {
            return Ok(log); // EOF；返回时 conn 被 drop，也就是 close
        }
        conn.write_all(&buffer[..count].to_ascii_uppercase())?;
    }
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?; // socket + bind + listen
    let server_addr = listener.local_addr()?; // 端口 0：由内核挑一个空闲端口
    let server = thread::spawn(move || serve_one(&listener));

    let mut client = TcpStream::connect(server_addr)?; // socket + connect，三次握手在此完成
    client.write_all(b"hello socket")?;
    client.shutdown(Shutdown::Write)?; // 告诉服务端：我发完了，但还要收
    let mut reply = String::new();
    client.read_to_string(&mut reply)?; // 一直读到服务端关闭

    let log = server.join().expect("服务端线程没有 panic")?;
    for line in log {
        println!("[服务端] {line}");
    }
    println!("[客户端] 收到 {reply:?}");
    Ok(())
}
