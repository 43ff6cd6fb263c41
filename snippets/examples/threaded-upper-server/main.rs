//! 每条连接一个线程的大写服务器：先到的人不说话，也不耽误后到的

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;

/// 收到什么就转成大写发回去，直到对方不再发送
fn shout_back(mut conn: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 1024];
    loop {
        match conn.read(&mut buffer)? {
            0 => return Ok(()), // EOF：退出循环；conn 离开作用域，连接随之关闭
            count => conn.write_all(&buffer[..count].to_ascii_uppercase())?,
        }
    }
}

/// 接 3 条连接，每条交给一个线程，等它们都结束
fn serve(listener: &TcpListener) -> io::Result<()> {
    let mut workers = Vec::new();
    for conn in listener.incoming().take(3) {
        let conn = conn?;
        workers.push(thread::spawn(move || shout_back(conn)));
    }
    for worker in workers {
        worker.join().expect("工作线程没有 panic")?;
    }
    Ok(())
}

fn ask(mut conn: TcpStream, word: &str) -> io::Result<String> {
    conn.write_all(word.as_bytes())?;
    conn.shutdown(Shutdown::Write)?; // 告诉服务器：我说完了
    let mut reply = String::new();
    conn.read_to_string(&mut reply)?;
    Ok(reply)
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?; // 端口 0：由内核挑一个空闲端口
    let server_addr = listener.local_addr()?;
    let server = thread::spawn(move || serve(&listener));

    let first = TcpStream::connect(server_addr)?;
    let second = TcpStream::connect(server_addr)?;
    let third = TcpStream::connect(server_addr)?;
    // 倒过来问：服务器若只有一个线程，会停在 first 的 read 上，谁也等不到回答
    println!("第 3 个连上的先问：{}", ask(third, "gamma")?);
    println!("再问第 2 个：{}", ask(second, "beta")?);
    println!("最后问第 1 个：{}", ask(first, "alpha")?);

    server.join().expect("服务器没有 panic")?;
    println!("3 条连接都收到 EOF，服务器正常结束");
    Ok(())
}
