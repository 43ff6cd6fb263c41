//! 四层只看地址和端口，同一条连接总去同一台；七层读懂每个请求，再各自选后端

use std::net::SocketAddr;

/// FNV-1a 散列：短小，在任何机器上结果都一样
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// 四层：只拿得到五元组（协议、两端的地址和端口），参数里没有请求内容
fn layer4(protocol: &str, source: SocketAddr, destination: SocketAddr) -> &'static str {
    let servers = ["rs1", "rs2", "rs3"];
    let key = format!("{protocol} {source} {destination}");
    servers[(hash(&key) % servers.len() as u64) as usize]
}

/// 七层：从请求里解析出路径和主机名；看不懂就返回 `None`
fn layer7(request: &[u8]) -> Option<&'static str> {
    let text = str::from_utf8(request).ok()?;
    let (request_line, headers) = text.split_once("\r\n")?;
    let path = request_line.split(' ').nth(1)?;
    let host = headers.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?; // 没有冒号：只跳过这一行
        name.eq_ignore_ascii_case("host").then_some(value.trim())
    })?;
    Some(match (host, path) {
        ("img.example.com", _) => "静态池",
        (_, path) if path.starts_with("/api/") => "API 池",
        _ => "网页池",
    })
}

fn main() {
    let requests = [
        "GET /api/user HTTP/1.1\r\nHost: www.example.com\r\n\r\n",
        "GET /logo.png HTTP/1.1\r\nHost: img.example.com\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n",
    ];
    let proxy = SocketAddr::from(([198, 51, 100, 1], 80));
    for client_port in [40000, 40002] {
        let client = SocketAddr::from(([203, 0, 113, 7], client_port));
        println!("连接 {client}");
        for request in requests {
            let line = request.lines().next().unwrap_or_default();
            let server = layer4("tcp", client, proxy);
            let pool = layer7(request.as_bytes()).unwrap_or("无法判断");
            println!("  {line:<22}  四层 → {server}  七层 → {pool}");
        }
    }
    let tls_hello = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01]; // 加密连接的开头
    println!("TLS 字节  七层 → {:?}", layer7(&tls_hello));
}
