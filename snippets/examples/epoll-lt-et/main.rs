//! 水平触发与边缘触发：缓冲区里没读完的数据，epoll 会不会再通知一次
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::net::UnixStream;

/// 系统调用返回 -1 表示出错，换成 Rust 的 `Result`
fn check(returned: i32) -> io::Result<i32> {
    if returned < 0 {
        Err(io::Error::last_os_error())
    } else {
        Ok(returned)
    }
}

fn epoll_create() -> io::Result<OwnedFd> {
    // SAFETY: 参数只是一个标志，内核不碰我们的内存
    let fd = check(unsafe { libc::epoll_create1(libc::EPOLL_CLOEXEC) })?;
    // SAFETY: fd 刚刚创建，没有别的所有者，可以交给 OwnedFd 关闭
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

fn epoll_add(epoll: &OwnedFd, source: &impl AsFd, flags: i32) -> io::Result<i32> {
    let (epoll, source) = (epoll.as_raw_fd(), source.as_fd().as_raw_fd());
    let events = flags.cast_unsigned();
    let mut event = libc::epoll_event { events, u64: 0 };
    // SAFETY: 两个描述符都还开着；内核只在调用期间读 event
    check(unsafe { libc::epoll_ctl(epoll, libc::EPOLL_CTL_ADD, source, &raw mut event) })
}

/// 超时填 0：只问「此刻有几个就绪」，不等
fn epoll_wait(epoll: &OwnedFd) -> io::Result<i32> {
    let mut event = libc::epoll_event { events: 0, u64: 0 };
    // SAFETY: event 恰好放得下 1 个事件，与第三个参数一致
    check(unsafe { libc::epoll_wait(epoll.as_raw_fd(), &raw mut event, 1, 0) })
}

/// 一直读到内核说 EAGAIN（Rust 里叫 `WouldBlock`），返回读到的字节数
fn read_until_eagain(stream: &mut UnixStream) -> io::Result<usize> {
    let mut data = Vec::new();
    match stream.read_to_end(&mut data) {
        // 读空了（WouldBlock），或者对端已关闭，都算读完；别的错误上抛
        Err(e) if e.kind() != ErrorKind::WouldBlock => Err(e),
        _ => Ok(data.len()),
    }
}

fn experiment(title: &str, flags: i32, drain: bool) -> io::Result<()> {
    let (mut sender, mut receiver) = UnixStream::pair()?;
    receiver.set_nonblocking(true)?; // 不设的话，读空之后的 read 会一直阻塞
    let epoll = epoll_create()?;
    epoll_add(&epoll, &receiver, flags)?;
    sender.write_all(b"abcdef")?;

    let mut answers = [0; 4];
    for answer in &mut answers {
        *answer = epoll_wait(&epoll)?;
        if *answer == 1 && drain {
            read_until_eagain(&mut receiver)?;
        } else if *answer == 1 {
            receiver.read_exact(&mut [0; 2])?;
        }
    }
    let left = read_until_eagain(&mut receiver)?;
    println!("{title}：epoll_wait 依次返回 {answers:?}，滞留 {left} 字节");
    Ok(())
}

fn main() -> io::Result<()> {
    let edge = libc::EPOLLIN | libc::EPOLLET;
    experiment("LT，每次通知读 2 字节", libc::EPOLLIN, false)?;
    experiment("ET，每次通知读 2 字节", edge, false)?;
    experiment("ET，每次通知读到 EAGAIN", edge, true)?;

    let file = File::open(std::env::current_exe()?)?;
    let refused = epoll_add(&epoll_create()?, &file, libc::EPOLLIN).unwrap_err();
    let is_eperm = refused.raw_os_error() == Some(libc::EPERM);
    println!("把普通文件加入 epoll，得到 EPERM：{is_eperm}");
    println!("FD_SETSIZE = {}", libc::FD_SETSIZE);
    Ok(())
}
