//! 只用 TCP 套接字手写一次 HTTP/1.1 请求：http.client、urllib、requests 替你做的就是这些

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// 同 Python 的 `quote_plus`：空格变成 +，其余不安全的字节变成 %XX
fn quote_plus(text: &str) -> String {
    let quote = |byte: u8| match byte {
        b' ' => String::from("+"),
        b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(quote).collect()
}

/// 接一个连接，读完请求首部再回答；返回请求行和 User-Agent 行
fn serve_one(listener: &TcpListener) -> io::Result<Vec<String>> {
    let (mut conn, _peer_addr) = listener.accept()?;
    let mut seen = Vec::new();
    for line in BufReader::new(&conn).lines() {
        let line = line?;
        if line.is_empty() {
            break; // 空行：首部到此为止
        }
        if line.starts_with("GET ") || line.starts_with("User-Agent:") {
            seen.push(line);
        }
    }

    let body = "你好，HTTP";
    let length = body.len(); // 字节数，不是字符数
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close");
    conn.write_all(format!("{head}\r\n\r\n{body}").as_bytes())?;
    Ok(seen)
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let addr = listener.local_addr()?;
    let server = thread::spawn(move || serve_one(&listener));

    let path = format!("/search?q={}", quote_plus("socket 编程"));
    let head = format!("GET {path} HTTP/1.1\r\nHost: {addr}\r\nUser-Agent: demo/1.0");
    let mut stream = TcpStream::connect(addr)?;
    stream.write_all(format!("{head}\r\nConnection: close\r\n\r\n").as_bytes())?;
    let mut response = String::new();
    stream.read_to_string(&mut response)?; // 约定了 Connection: close，读到对端关闭

    for line in server.join().expect("服务端线程没有 panic")? {
        println!("[服务端] {line}");
    }
    let (head, body) = response.split_once("\r\n\r\n").expect("首部后有空行");
    println!("[客户端] {}", head.replace("\r\n", " | "));
    println!("[客户端] 正文 {} 字节：{body}", body.len());
    Ok(())
}
