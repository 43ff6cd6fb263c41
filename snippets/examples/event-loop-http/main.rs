//! 一个线程、一个事件循环，同时保持 100 个 keep-alive 连接：nginx 工作进程的骨架
use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};
use std::collections::HashMap;
use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;

const CLIENTS: usize = 100;
const LISTENER: Token = Token(0);

/// 非阻塞调用答「现在做不了」不算出错，换成 `None`
fn if_ready<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Err(e) if e.kind() == ErrorKind::WouldBlock => Ok(None),
        other => other.map(Some),
    }
}

fn response(request: &[u8]) -> String {
    let found = request.starts_with(b"GET / ");
    let status = if found { "200 OK" } else { "404 Not Found" };
    format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n")
}

/// 返回处理了几个请求；对端已关闭则返回 `None`
fn on_readable(stream: &mut TcpStream, received: &mut Vec<u8>) -> io::Result<Option<usize>> {
    let mut chunk = [0; 1024];
    // mio 要求读到 WouldBlock，否则不保证还有下一次通知
    while let Some(n) = if_ready(stream.read(&mut chunk))? {
        if n == 0 {
            return Ok(None);
        }
        received.extend_from_slice(&chunk[..n]);
    }
    let mut served = 0;
    // TCP 没有消息边界：攒到空行，才算收齐一个请求头
    while let Some(end) = received.windows(4).position(|w| w == b"\r\n\r\n") {
        let request: Vec<u8> = received.drain(..end + 4).collect();
        stream.write_all(response(&request).as_bytes())?; // 响应小，发送缓冲区放得下
        served += 1;
    }
    Ok(Some(served))
}

fn event_loop(mut listener: TcpListener) -> io::Result<()> {
    let mut poll = Poll::new()?;
    let registry = poll.registry().try_clone()?;
    registry.register(&mut listener, LISTENER, Interest::READABLE)?;
    let mut events = Events::with_capacity(64);
    let mut connections = HashMap::new();
    let (mut accepted, mut requests, mut peak) = (0, 0, 0);
    while accepted < CLIENTS || !connections.is_empty() {
        poll.poll(&mut events, None)?; // 整个循环只在这里阻塞
        for event in &events {
            if event.token() == LISTENER {
                while let Some((mut stream, _)) = if_ready(listener.accept())? {
                    accepted += 1;
                    registry.register(&mut stream, Token(accepted), Interest::READABLE)?;
                    connections.insert(Token(accepted), (stream, Vec::new()));
                }
                peak = peak.max(connections.len());
            } else if let Some((stream, received)) = connections.get_mut(&event.token()) {
                match on_readable(stream, received)? {
                    Some(served) => requests += served,
                    None => drop(connections.remove(&event.token())), // 丢弃即关闭
                }
            }
        }
    }
    println!("1 个线程处理了 {requests} 个请求，最多同时保持 {peak} 个连接");
    Ok(())
}

/// 先建好全部连接，再在每个连接上先后发 3 个请求；返回得到 200 的次数
fn run_clients(server: SocketAddr) -> io::Result<usize> {
    let connections = (0..CLIENTS).map(|_| std::net::TcpStream::connect(server));
    let mut connections = connections.collect::<io::Result<Vec<_>>>()?;
    let mut ok = 0;
    for path in ["/", "/missing", "/"] {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let mut reply = vec![0; response(request.as_bytes()).len()];
        for connection in &mut connections {
            connection.write_all(request.as_bytes())?;
            connection.read_exact(&mut reply)?;
            ok += usize::from(reply.starts_with(b"HTTP/1.1 200"));
        }
    }
    Ok(ok)
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
    let server = listener.local_addr()?;
    let clients = std::thread::spawn(move || run_clients(server));
    event_loop(listener)?;
    println!("客户端收到 {} 个 200", clients.join().unwrap()?);
    Ok(())
}
