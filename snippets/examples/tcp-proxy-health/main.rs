//! 四层代理：最少连接选后端；连不上就摘除，换一台；健康检查通过才放回
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Duration, sleep, timeout};

// ANCHOR: proxy
struct Backend {
    addr: SocketAddr,
    up: AtomicBool,
    conns: AtomicUsize, // 正在转发的连接数
}

/// 存活的后端里连接最少的一台；并列时取靠前的
fn pick(pool: &[Backend]) -> Option<&Backend> {
    let alive = pool.iter().filter(|backend| backend.up.load(Relaxed));
    alive.min_by_key(|backend| backend.conns.load(Relaxed))
}

/// 连后端；连不上，或者 1 秒内没有结果，都算失败
async fn connect(addr: SocketAddr) -> Option<TcpStream> {
    let limit = Duration::from_secs(1);
    timeout(limit, TcpStream::connect(addr)).await.ok()?.ok()
}

/// 照看一条客户端连接
async fn relay(mut client: TcpStream, pool: Arc<[Backend]>) {
    while let Some(backend) = pick(&pool) {
        backend.conns.fetch_add(1, Relaxed); // 连接之前就计数，同时到来的才会分开
        let mut server = connect(backend.addr).await;
        if let Some(server) = &mut server {
            let _ = copy_bidirectional(&mut client, server).await; // 到两边都关闭，或一边重置
        }
        backend.conns.fetch_sub(1, Relaxed);
        if server.is_some() {
            return;
        }
        backend.up.store(false, Relaxed); // 连不上：摘除，再选一台
    }
}

/// 主动健康检查：能建立连接就算存活
async fn health_check(pool: &[Backend]) {
    for backend in pool {
        let alive = connect(backend.addr).await.is_some();
        backend.up.store(alive, Relaxed);
    }
}
// ANCHOR_END: proxy

async fn proxy(listener: TcpListener, pool: Arc<[Backend]>) {
    loop {
        match listener.accept().await {
            Ok((client, _)) => drop(tokio::spawn(relay(client, Arc::clone(&pool)))),
            Err(_) => sleep(Duration::from_millis(50)).await, // 例如描述符用完：歇一下再试
        }
    }
}

/// 后端：有人连上就报自己的名字
async fn serve(listener: TcpListener, name: &str) -> io::Result<()> {
    loop {
        let (mut client, _) = listener.accept().await?;
        let _ = client.write_all(name.as_bytes()).await; // 健康检查连上就走，写失败不要紧
    }
}

/// 等代理上只剩 `busy` 条连接，再新建一条
async fn ask(case: &str, entry: SocketAddr, pool: &[Backend], busy: usize) -> io::Result<()> {
    while pool.iter().map(|b| b.conns.load(Relaxed)).sum::<usize>() != busy {
        sleep(Duration::from_millis(1)).await;
    }
    let mut name = String::new();
    let mut stream = TcpStream::connect(entry).await?;
    stream.read_to_string(&mut name).await?;
    let up: Vec<bool> = pool.iter().map(|b| b.up.load(Relaxed)).collect();
    println!("{case}：{name:?}，存活 {up:?}");
    Ok(())
}

// ANCHOR: main
#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let first = TcpListener::bind("127.0.0.1:0").await?;
    let second = TcpListener::bind("127.0.0.1:0").await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let (addr1, addr2, entry) = (
        first.local_addr()?,
        second.local_addr()?,
        listener.local_addr()?,
    );
    let pool: Arc<[Backend]> = Arc::new([addr1, addr2].map(|addr| Backend {
        addr,
        up: true.into(),
        conns: 0.into(),
    }));
    let web1 = tokio::spawn(serve(first, "web1"));
    let web2 = tokio::spawn(serve(second, "web2"));
    tokio::spawn(proxy(listener, Arc::clone(&pool)));

    let held = TcpStream::connect(entry).await?;
    ask("web1 已有一条连接", entry, &pool, 1).await?;
    drop(held);
    ask("两台都空闲", entry, &pool, 0).await?;

    web1.abort(); // 任务取消，它的监听套接字随之关闭
    let _ = web1.await;
    ask("web1 宕机", entry, &pool, 0).await?;
    let listener = TcpListener::bind(addr1).await?;
    let web1 = tokio::spawn(serve(listener, "web1"));
    ask("web1 重启，还没检查", entry, &pool, 0).await?;
    health_check(&pool).await;
    ask("健康检查之后", entry, &pool, 0).await?;

    for server in [web1, web2] {
        server.abort();
        let _ = server.await;
    }
    ask("两台都宕机", entry, &pool, 0).await
}
// ANCHOR_END: main
