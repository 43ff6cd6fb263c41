//! 同一个业务函数，两种客户端：专用客户端走私有二进制协议，浏览器走 HTTP 和 HTML

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

/// 业务只写一份，不知道自己被哪种客户端调用
fn price(id: u32) -> Option<u32> {
    match id {
        1 => Some(99),
        2 => Some(250),
        _ => None,
    }
}

/// C/S：请求是 4 字节编号，响应是 4 字节价格，0 表示没有
fn serve_private(mut conn: TcpStream) -> io::Result<()> {
    let mut id = [0; 4];
    conn.read_exact(&mut id)?;
    let answer = price(u32::from_be_bytes(id)).unwrap_or(0);
    conn.write_all(&answer.to_be_bytes())
}

/// B/S：请求是 GET /price/编号，响应是浏览器能直接显示的 HTML
fn serve_http(mut conn: TcpStream) -> io::Result<()> {
    let mut lines = BufReader::new(&conn).lines().map_while(Result::ok);
    let request_line = lines.next().unwrap_or_default();
    lines.find(String::is_empty); // 读到空行：首部收完了

    let path = request_line.split(' ').nth(1).unwrap_or_default();
    let id = path.strip_prefix("/price/").and_then(|id| id.parse().ok());
    let (status, html) = match id.and_then(price) {
        Some(price) => ("200 OK", format!("<b>{price}</b>")),
        None => ("404 Not Found", String::from("<b>没有</b>")),
    };
    let response = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{html}",
        html.len()
    );
    conn.write_all(response.as_bytes())
}

/// 在一个空闲端口上接一条连接，交给 `serve` 处理
fn start(serve: fn(TcpStream) -> io::Result<()>) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let addr = listener.local_addr()?;
    thread::spawn(move || serve(listener.accept()?.0));
    Ok(addr)
}

/// 两种客户端在这里没有区别：连上，发请求，读到服务端关闭
fn ask(server: SocketAddr, request: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(server)?;
    stream.write_all(request)?;
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply)?;
    Ok(reply)
}

fn main() -> io::Result<()> {
    let request = 2_u32.to_be_bytes();
    let reply = ask(start(serve_private)?, &request)?;
    println!("C/S：发 {} B，收 {} B", request.len(), reply.len());
    println!("{reply:?}");

    let request = b"GET /price/2 HTTP/1.1\r\nHost: shop.example\r\n\r\n";
    let reply = ask(start(serve_http)?, request)?;
    println!("B/S：发 {} B，收 {} B", request.len(), reply.len());
    println!("{}", String::from_utf8_lossy(&reply).replace("\r\n", "\n"));
    Ok(())
}
