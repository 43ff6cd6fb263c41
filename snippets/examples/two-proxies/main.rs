//! 正向、反向代理共用一个骨架，只差一步：目标由请求行给出，还是由自己的名单给出
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, copy};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Duration, sleep, timeout};

// ANCHOR: proxies
/// 正向：客户端在请求行里写了完整网址，如 `GET http://主机:端口/page HTTP/1.1`
fn forward(head: &str, _client: IpAddr) -> Option<(String, String)> {
    let line = head.lines().next()?;
    let url = line.strip_suffix(" HTTP/1.1")?;
    let (host, path) = url.strip_prefix("GET http://")?.split_once('/')?;
    // 改回源站认识的形式：只留路径
    let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nVia: 1.1 fwd\r\n\r\n");
    let port = if host.contains(':') { "" } else { ":80" }; // 没写端口就是 80
    Some((format!("{host}{port}"), request))
}

/// 反向：在名单里轮流挑，客户端不知道名单
fn reverse(pool: [SocketAddr; 3]) -> impl FnMut(&str, IpAddr) -> Option<(String, String)> {
    let mut backends = pool.into_iter().cycle();
    move |head, client| {
        let head = head.trim_end();
        let request = format!("{head}\r\nX-Forwarded-For: {client}\r\nVia: 1.1 rev\r\n\r\n");
        Some((backends.next()?.to_string(), request))
    }
}

/// 骨架：读请求，问 `route` 去哪里、发什么，另建一条连接，把应答送回
async fn serve<R>(mut client: TcpStream, route: &mut R) -> io::Result<()>
where
    R: FnMut(&str, IpAddr) -> Option<(String, String)>,
{
    let peer = client.peer_addr()?.ip();
    let head = read_head(&mut client).await?;
    let Some((target, request)) = route(&head, peer) else {
        return refuse(client, "400 Bad Request").await; // 不知道去哪里
    };
    let Ok(mut server) = TcpStream::connect(target).await else {
        return refuse(client, "502 Bad Gateway").await;
    };
    server.write_all(request.as_bytes()).await?;
    copy(&mut server, &mut client).await?;
    Ok(())
}

/// 一次服务一个客户端，最多 5 秒
async fn proxy<R>(listener: TcpListener, mut route: R)
where
    R: FnMut(&str, IpAddr) -> Option<(String, String)>,
{
    loop {
        let Ok((client, _)) = listener.accept().await else {
            sleep(Duration::from_millis(50)).await; // 例如描述符用完：歇一下再试
            continue;
        };
        let limit = Duration::from_secs(5);
        let _ = timeout(limit, serve(client, &mut route)).await; // 出错或超时，只断开这一个
    }
}
// ANCHOR_END: proxies

async fn refuse(mut client: TcpStream, status: &str) -> io::Result<()> {
    let response = format!("HTTP/1.1 {status}\r\n\r\n{status}");
    client.write_all(response.as_bytes()).await
}

/// 读到空行为止：请求行和首部，最多 8 KiB
async fn read_head(stream: &mut TcpStream) -> io::Result<String> {
    let mut reader = BufReader::new(stream.take(8192));
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).await? == 0 {
            return Err(ErrorKind::UnexpectedEof.into()); // 太长，或者没发完就断开
        }
    }
    Ok(head)
}

/// 源站：把收到的请求行和首部当作正文送回去
async fn origin(listener: TcpListener, name: &str) -> io::Result<()> {
    loop {
        let (mut client, _) = listener.accept().await?;
        let Ok(head) = read_head(&mut client).await else {
            continue;
        };
        let seen = head.trim_end().replace("\r\n", " | ");
        let response = format!("HTTP/1.1 200 OK\r\n\r\n{name} 收到 {seen}");
        let _ = client.write_all(response.as_bytes()).await; // 关闭连接就是正文的结尾
    }
}

/// 连上代理要 `target`，返回正文
async fn get(proxy: SocketAddr, target: &str, host: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(proxy).await?;
    let request = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut response = String::new();
    stream.read_to_string(&mut response).await?;
    Ok(response.lines().next_back().unwrap_or_default().to_string())
}

async fn listen() -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let addr = listener.local_addr()?;
    Ok((listener, addr))
}

// ANCHOR: main
#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let (web1, addr1) = listen().await?;
    let (web2, addr2) = listen().await?;
    let (forward_listener, forward_addr) = listen().await?;
    let (reverse_listener, reverse_addr) = listen().await?;
    let (_, dead) = listen().await?; // 监听套接字随即关闭，这个地址连不上
    tokio::spawn(origin(web1, "web1"));
    tokio::spawn(origin(web2, "web2"));
    tokio::spawn(proxy(forward_listener, forward));
    tokio::spawn(proxy(reverse_listener, reverse([addr1, addr2, dead])));

    let host = addr1.to_string();
    let answer = get(forward_addr, &format!("http://{host}/page"), &host).await?;
    println!("正向：{}", answer.replace(&host, "<web1>"));
    for _ in 0..3 {
        let answer = get(reverse_addr, "/page", "www.example.com").await?;
        println!("反向：{answer}");
    }
    Ok(())
}
// ANCHOR_END: main
