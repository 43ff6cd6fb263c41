//! 让内核来数：一条 TCP 连接从建立到拆除，走过几个报文段

use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::fd::AsRawFd;
use std::{io, mem, thread, time::Duration};

const FIN_WAIT2: u8 = 5; // 状态编号见内核的 include/net/tcp_states.h
const CLOSE: u8 = 7; // TIME_WAIT 由内核另外保管，套接字自己显示 CLOSE

/// 这一端的状态，以及至今发出、收到的报文段数
fn tcp_info(stream: &TcpStream) -> (u8, [u32; 2]) {
    let (fd, tcp) = (stream.as_raw_fd(), libc::IPPROTO_TCP);
    // SAFETY: tcp_info 只含整数，全零合法；内核最多写 size 字节
    unsafe {
        let mut info: libc::tcp_info = mem::zeroed();
        let mut size = size_of_val(&info) as libc::socklen_t;
        let pointer = (&raw mut info).cast();
        let result = libc::getsockopt(fd, tcp, libc::TCP_INFO, pointer, &raw mut size);
        assert_eq!(result, 0, "getsockopt 失败");
        (info.tcpi_state, [info.tcpi_segs_out, info.tcpi_segs_in])
    }
}

/// 等这一端进入 `wanted` 状态，返回比 `before` 多出的发、收数
fn wait_for(stream: &TcpStream, wanted: u8, before: [u32; 2]) -> [u32; 2] {
    loop {
        let (state, [sent, received]) = tcp_info(stream);
        if state == wanted {
            return [sent - before[0], received - before[1]];
        }
        thread::sleep(Duration::from_millis(1));
    }
}

fn connect() -> io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let client = TcpStream::connect(listener.local_addr()?)?;
    let (server, _) = listener.accept()?; // 第三个报文段到了才返回
    Ok((client, server))
}

fn report(what: &str, [sent, received]: [u32; 2]) {
    println!("{what}：发 {sent} 收 {received}，共 {}", sent + received);
}

fn main() -> io::Result<()> {
    let (client, server) = connect()?;
    let (_, opened) = tcp_info(&client);
    report("建立", opened);
    client.shutdown(Shutdown::Write)?; // 发 FIN
    wait_for(&client, FIN_WAIT2, opened); // 等到单独的 ACK
    drop(server); // 对端这时才发 FIN
    report("拆除", wait_for(&client, CLOSE, opened));

    let mut trials = Vec::new();
    for _ in 0..20 {
        let (client, server) = connect()?;
        let (_, opened) = tcp_info(&client);
        client.shutdown(Shutdown::Write)?;
        drop(server); // 立刻关闭：ACK 与 FIN 通常合成一个
        trials.push(wait_for(&client, CLOSE, opened));
    }
    let fewest = trials
        .into_iter()
        .min_by_key(|[sent, received]| sent + received);
    report(
        "拆除，对端立刻关闭（20 次中最少）",
        fewest.expect("试过 20 次"),
    );
    Ok(())
}
