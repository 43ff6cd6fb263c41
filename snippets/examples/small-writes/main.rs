//! 用 write! 直接写套接字会拆成好几次 write；先用 format! 拼好再写，只有一次

use std::io::{self, Write};

/// 代替套接字：只数 write 被调用了几次。
#[derive(Default)]
struct WriteCounter {
    calls: usize,
}

impl Write for WriteCounter {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        self.calls += 1;
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn main() -> io::Result<()> {
    let (path, host) = (String::from("/a"), String::from("example.com"));

    let mut socket = WriteCounter::default();
    write!(socket, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n")?;
    println!("write! 直接写：{} 次 write", socket.calls);

    let mut socket = WriteCounter::default();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    socket.write_all(request.as_bytes())?;
    println!("format! + write_all：{} 次 write", socket.calls);
    Ok(())
}
