//! 一个线程同时照看监听套接字和 3 个连接：谁就绪就处理谁
use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};
use std::collections::HashMap;
use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;

const LISTENER: Token = Token(0);

/// 先建好 3 个连接，再按 3、1、3、2 的顺序发消息，每次等到回复才发下一条
fn run_clients(server: SocketAddr) -> io::Result<()> {
    let connections = (0..3).map(|_| std::net::TcpStream::connect(server));
    let mut connections = connections.collect::<io::Result<Vec<_>>>()?;
    for (number, message) in [(3, "先来"), (1, "轮到我"), (3, "又是我"), (2, "最后")] {
        let connection = &mut connections[number - 1];
        connection.write_all(message.as_bytes())?;
        connection.read_exact(&mut vec![0; message.len()])?;
    }
    Ok(())
} // connections 离开作用域，3 个连接全部关闭

/// 非阻塞调用答「现在做不了」（`WouldBlock`）不算出错，换成 `None`
fn if_ready<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Err(e) if e.kind() == ErrorKind::WouldBlock => Ok(None),
        other => other.map(Some),
    }
}

/// 把此刻能读到的都读出来，原样写回；对端已关闭则返回 false
fn echo(number: usize, stream: &mut TcpStream) -> io::Result<bool> {
    let mut buffer = [0; 64];
    while let Some(n) = if_ready(stream.read(&mut buffer))? {
        if n == 0 {
            return Ok(false);
        }
        let message = String::from_utf8_lossy(&buffer[..n]);
        println!("连接 {number} 可读：{message}");
        stream.write_all(&buffer[..n])?; // 数据很少，发送缓冲区放得下
    }
    Ok(true)
}

fn main() -> io::Result<()> {
    let mut listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
    let server = listener.local_addr()?;
    let clients = std::thread::spawn(move || run_clients(server));

    let mut poll = Poll::new()?;
    let registry = poll.registry().try_clone()?;
    registry.register(&mut listener, LISTENER, Interest::READABLE)?;
    let mut events = Events::with_capacity(16);
    let mut connections = HashMap::new();
    let mut accepted = 0;
    while accepted < 3 || !connections.is_empty() {
        // 唯一会停下来等的地方，一次等全部描述符
        match poll.poll(&mut events, None) {
            Err(e) if e.kind() == ErrorKind::Interrupted => continue, // 被信号打断，再等
            waited => waited?,
        }
        for event in &events {
            let Token(number) = event.token();
            if event.token() == LISTENER {
                // 一次通知可能对应几个新连接，全部接受
                while let Some((mut stream, _)) = if_ready(listener.accept())? {
                    accepted += 1;
                    println!("监听套接字可读：接受连接 {accepted}");
                    registry.register(&mut stream, Token(accepted), Interest::READABLE)?;
                    connections.insert(accepted, stream);
                }
            } else if let Some(stream) = connections.get_mut(&number)
                && !echo(number, stream).unwrap_or(false)
            {
                connections.remove(&number); // 对端关闭或重置，只丢掉这一条；移除即关闭
            }
        }
    }
    clients.join().unwrap()
}
