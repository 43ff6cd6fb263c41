//! 一个线程、一个事件循环，同时保持 100 个 keep-alive 连接：nginx 工作进程的骨架
use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};
use socket2::SockRef;
use std::collections::HashMap;
use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::time::Duration;

const CLIENTS: usize = 100;
const LISTENER: Token = Token(0);
const MAX_PENDING: usize = 64 * 1024; // 一条连接最多攒这么多字节

/// 非阻塞调用答「现在做不了」不算出错，换成 `None`
fn if_ready<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Err(e) if e.kind() == ErrorKind::WouldBlock => Ok(None),
        other => other.map(Some),
    }
}

/// 接受下一个客户端；还在排队就断开的（`ConnectionAborted`）跳过
fn accept(listener: &TcpListener) -> io::Result<Option<TcpStream>> {
    loop {
        match if_ready(listener.accept()) {
            Err(e) if e.kind() == ErrorKind::ConnectionAborted => {}
            other => return Ok(other?.map(|(stream, _)| stream)),
        }
    }
}

fn response(request: &[u8]) -> String {
    let found = request.starts_with(b"GET / ");
    let status = if found { "200 OK" } else { "404 Not Found" };
    format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n")
}

/// 返回处理了几个请求、对端还会不会再发；出错的只是这一条连接
fn on_readable(stream: &mut TcpStream, received: &mut Vec<u8>) -> io::Result<(usize, bool)> {
    let mut chunk = [0; 1024];
    let mut open = true;
    // mio 要求读到 WouldBlock，否则不保证还有下一次通知
    while open && let Some(n) = if_ready(stream.read(&mut chunk))? {
        open = n > 0; // 0 是对端已关闭，之前收齐的请求仍要答
        received.extend_from_slice(&chunk[..n]);
        if received.len() > MAX_PENDING {
            return Err(ErrorKind::InvalidData.into()); // 不让一个客户端占满内存、霸住循环
        }
    }
    let mut served = 0;
    // TCP 没有消息边界：攒到空行，才算收齐一个请求头
    while let Some(end) = received.windows(4).position(|w| w == b"\r\n\r\n") {
        let request: Vec<u8> = received.drain(..end + 4).collect();
        stream.write_all(response(&request).as_bytes())?; // 响应小，发送缓冲区通常放得下
        served += 1;
    }
    Ok((served, open))
}

fn event_loop(mut listener: TcpListener) -> io::Result<()> {
    let mut poll = Poll::new()?;
    let registry = poll.registry().try_clone()?;
    registry.register(&mut listener, LISTENER, Interest::READABLE)?;
    let mut events = Events::with_capacity(64);
    let mut connections = HashMap::new();
    let (mut accepted, mut requests, mut peak, mut reset) = (0, 0, 0, 0);
    while accepted < CLIENTS + 1 || !connections.is_empty() {
        poll.poll(&mut events, None)?; // 整个循环只在这里阻塞
        for event in &events {
            if event.token() == LISTENER {
                while let Some(mut stream) = accept(&listener)? {
                    accepted += 1;
                    registry.register(&mut stream, Token(accepted), Interest::READABLE)?;
                    connections.insert(Token(accepted), (stream, Vec::new()));
                }
                peak = peak.max(connections.len());
            } else if let Some((stream, received)) = connections.get_mut(&event.token()) {
                let outcome = on_readable(stream, received);
                requests += outcome.as_ref().map_or(0, |(served, _)| *served);
                reset += usize::from(outcome.is_err());
                // 一条连接出错，只丢掉这一条；移除即关闭
                if !matches!(outcome, Ok((_, true))) {
                    connections.remove(&event.token());
                }
            }
        }
    }
    println!("1 个线程处理了 {requests} 个请求，最多同时保持 {peak} 个连接");
    println!("其中 {reset} 个连接被对端重置，别的不受影响");
    Ok(())
}

/// 先建好全部连接，再在每个连接上先后发 3 个请求；返回得到 200 的次数
fn run_clients(server: SocketAddr) -> io::Result<usize> {
    let mut rude = Some(std::net::TcpStream::connect(server)?); // 什么也不发的坏客户端
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
        if let Some(rude) = rude.take() {
            SockRef::from(&rude).set_linger(Some(Duration::ZERO))?; // 关闭时发 RST，不发 FIN
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
