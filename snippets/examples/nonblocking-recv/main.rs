//! 同一个套接字：先用非阻塞 read 自己问，再用 await 等别人来通知
use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use tokio::{io::AsyncReadExt, runtime::Builder, task::yield_now};

/// 非阻塞的 read 只回答「此刻有没有」；没有，就只能过一会儿再问
fn ask_until_ready(stream: &mut TcpStream, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match stream.read(buffer) {
            Err(e) if e.kind() == ErrorKind::WouldBlock => std::thread::yield_now(),
            other => return other,
        }
    }
}

fn nonblocking(receiver: &mut TcpStream, sender: &mut TcpStream) -> io::Result<()> {
    let mut buffer = [0; 16];
    let error = receiver.read(&mut buffer).unwrap_err();
    let (kind, errno) = (error.kind(), error.raw_os_error());
    println!("没有数据：{kind:?}，errno = {errno:?}");
    sender.write_all(b"data")?;
    println!("有数据：Ok({})", ask_until_ready(receiver, &mut buffer)?);
    Ok(())
}

/// 一个任务里的两个 Future 轮流用同一个线程：甲等数据时，线程去做乙
async fn asynchronous(receiver: TcpStream, mut sender: TcpStream) -> io::Result<()> {
    let mut receiver = tokio::net::TcpStream::from_std(receiver)?;
    let mut buffer = [0; 16];
    let wait_for_data = async {
        println!("甲：开始等数据");
        let n = receiver.read(&mut buffer).await?; // 没有数据就让出线程
        println!("甲：等到了 Ok({n})");
        let n = receiver.read(&mut buffer).await?;
        println!("甲：对端已关闭 Ok({n})");
        io::Result::Ok(())
    };
    let do_other_work = async {
        for step in 1..=3 {
            println!("乙：做第 {step} 件事");
            yield_now().await;
        }
        sender.write_all(b"hi")?; // 只有 2 字节，放进发送缓冲区就返回
        drop(sender); // 关闭连接
        io::Result::Ok(())
    };
    let (waited, worked) = tokio::join!(wait_for_data, do_other_work);
    waited.and(worked)
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut sender = TcpStream::connect(listener.local_addr()?)?;
    let (mut receiver, _) = listener.accept()?;
    receiver.set_nonblocking(true)?;

    nonblocking(&mut receiver, &mut sender)?;
    let runtime = Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(asynchronous(receiver, sender))
}
