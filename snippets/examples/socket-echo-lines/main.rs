//! 按行回声：服务端把收到的每一行转成大写发回，读到 EOF 为止

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;

/// 服务一条连接，返回处理了几行
fn echo_lines(conn: &TcpStream) -> io::Result<usize> {
    let mut reader = BufReader::new(conn); // 攒够一整行才交出来
    let mut writer = conn;
    let mut line = String::new();
    let mut count = 0;
    while reader.read_line(&mut line)? != 0 {
        writer.write_all(line.to_uppercase().as_bytes())?;
        line.clear(); // read_line 是追加，不清空就会越积越长
        count += 1;
    }
    Ok(count) // 读到 0 字节：对方不再发送
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?; // 端口 0：由内核挑一个空闲端口
    let server_addr = listener.local_addr()?;
    let server = thread::spawn(move || {
        let (conn, _peer_addr) = listener.accept()?;
        echo_lines(&conn) // conn 离开作用域，连接随之关闭
    });

    let mut client = TcpStream::connect(server_addr)?;
    client.write_all("hello\n你好, socket\nbye\n".as_bytes())?; // 三行一次写完
    client.shutdown(Shutdown::Write)?; // 告诉服务端：没有下一行了
    for line in BufReader::new(&client).lines() {
        println!("回声: {}", line?);
    }

    let count = server.join().expect("服务端线程没有 panic")?;
    println!("服务端处理了 {count} 行");
    Ok(())
}
