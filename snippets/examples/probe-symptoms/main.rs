//! 七种服务各探一次：同样是“没有返回”，症状不同，下一步查的地方也不同

use socket2::{Domain, Socket, Type};
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

// ANCHOR: probe
/// 连接、发请求、读第一行；对端一个字节没回就关闭时，得到空串
fn probe(addr: SocketAddr) -> io::Result<String> {
    let limit = Duration::from_millis(200);
    let mut conn = TcpStream::connect_timeout(&addr, limit)?;
    conn.set_read_timeout(Some(limit))?; // 不设就可能永远等下去
    conn.write_all(b"GET /data HTTP/1.1\r\nHost: api\r\nConnection: close\r\n\r\n")?;
    let mut line = String::new();
    BufReader::new(conn.take(1024)).read_line(&mut line)?; // 对端发个没完，也只读 1 KiB
    Ok(line)
}

fn next_step(result: io::Result<String>) -> &'static str {
    match result.map_err(|error| error.kind()) {
        Err(ErrorKind::ConnectionRefused) => "连接被拒绝 → 查监听，再查防火墙 REJECT",
        // Linux 上，连接超时报 TimedOut，读超时报 WouldBlock
        Err(ErrorKind::TimedOut) => "连接超时 → 查防火墙 DROP、全连接队列",
        Err(ErrorKind::WouldBlock) => "连上了，读超时 → 查线程栈、慢依赖",
        Err(ErrorKind::ConnectionReset) => "连接被重置 → 查对端没读完就关、进程崩溃、中间设备",
        Err(_) => "其他错误，例如主机不可达 → 查邻居表、防火墙",
        Ok(line) if line.is_empty() => "没回一个字节就关闭 → 查应用日志",
        Ok(line) if line.contains(" 200 ") => "HTTP 200 → 查正文对不对",
        Ok(_) => "HTTP 错误 → 查应用日志、它的依赖",
    }
}
// ANCHOR_END: probe

/// 只接一条连接的服务端；不收请求就关闭时，内核发 RST
fn serve(reads_request: bool, reply: &'static str) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let addr = listener.local_addr()?;
    thread::spawn(move || -> io::Result<()> {
        let (mut conn, _peer_addr) = listener.accept()?;
        conn.peek(&mut [0])?; // 等请求到达，只看不取
        if reads_request {
            let _size = conn.read(&mut [0; 512])?;
        }
        conn.write_all(reply.as_bytes())
    });
    Ok(addr)
}

/// 只绑定了端口、还没有监听的套接字
fn bound() -> io::Result<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?;
    Ok(socket)
}

// ANCHOR: main
fn main() -> io::Result<()> {
    let stopped = TcpListener::from(bound()?); // 没有 listen，SYN 来了内核回 RST
    let stuck = TcpListener::bind("127.0.0.1:0")?; // 在监听，但从不 accept
    let full = bound()?;
    full.listen(0)?; // 队列只排得下 1 条连接
    let full = TcpListener::from(full);
    let _waiting = TcpStream::connect(full.local_addr()?)?; // 占满队列

    for (name, addr) in [
        ("服务没启动", stopped.local_addr()?),
        ("进程卡住", stuck.local_addr()?),
        ("进程卡住，队列已满", full.local_addr()?),
        ("收了请求就关", serve(true, "")?),
        ("没收请求就关", serve(false, "")?),
        ("上游出错", serve(true, "HTTP/1.1 502 Bad Gateway\r\n\r\n")?),
        ("正常", serve(true, "HTTP/1.1 200 OK\r\n\r\n")?),
    ] {
        println!("{name}：{}", next_step(probe(addr)));
    }
    Ok(())
}
// ANCHOR_END: main
