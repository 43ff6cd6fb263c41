//! 从 /proc/net/tcp 读出一条本机连接两端的真实状态：握手、半关闭、挥手

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;
use std::{fs, thread};

/// 一端当前的状态；表里没有这条连接就算 CLOSED
fn state_of(local: SocketAddr, remote: SocketAddr) -> io::Result<&'static str> {
    let local_port = format!(":{:04X}", local.port());
    let remote_port = format!(":{:04X}", remote.port());
    for row in fs::read_to_string("/proc/net/tcp")?.lines().skip(1) {
        let columns: Vec<&str> = row.split_whitespace().collect();
        if columns[1].ends_with(&local_port) && columns[2].ends_with(&remote_port) {
            // 编号见内核的 include/net/tcp_states.h，这里只译会停住的几个
            return Ok(match columns[3] {
                "01" => "ESTABLISHED",
                "05" => "FIN_WAIT2",
                "06" => "TIME_WAIT",
                "08" => "CLOSE_WAIT",
                _ => "过渡状态",
            });
        }
    }
    Ok("CLOSED")
}

/// 内核异步处理报文段：最多等 2 秒让状态变成 `wanted`，返回实际读到的
fn settle(local: SocketAddr, remote: SocketAddr, wanted: &str) -> io::Result<&'static str> {
    for _ in 0..400 {
        if state_of(local, remote)? == wanted {
            break;
        }
        thread::sleep(Duration::from_millis(5));
    }
    state_of(local, remote)
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let server = listener.local_addr()?;
    let mut client_stream = TcpStream::connect(server)?;
    let client = client_stream.local_addr()?;
    let show = |client_wanted, server_wanted| -> io::Result<()> {
        let client_state = settle(client, server, client_wanted)?;
        let server_state = settle(server, client, server_wanted)?;
        println!("  客户端 {client_state}，服务端 {server_state}");
        Ok(())
    };

    println!("connect 已返回，accept 还没调用");
    show("ESTABLISHED", "ESTABLISHED")?;

    let (mut server_stream, _) = listener.accept()?;
    client_stream.write_all(b"ping")?;
    client_stream.shutdown(Shutdown::Write)?; // 发 FIN：不再发送，还能接收
    println!("客户端 shutdown(Write)");
    show("FIN_WAIT2", "CLOSE_WAIT")?;

    let mut request = String::new();
    server_stream.read_to_string(&mut request)?; // 读到 EOF，即对方的 FIN
    server_stream.write_all(b"late data")?;
    drop(server_stream); // 关闭最后一个描述符，内核发 FIN
    println!("服务端收到 {request:?} 和 EOF，发出最后的数据，关闭");
    show("TIME_WAIT", "CLOSED")?;

    let mut reply = String::new();
    client_stream.read_to_string(&mut reply)?;
    println!("客户端读到 {reply:?}");
    Ok(())
}
