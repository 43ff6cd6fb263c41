//! 完成回调：4 个页面并发抓取，抓完一个，工作线程就把结果交给回调

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;

/// 正文长度是路径长度的 10 倍
fn answer(mut stream: &TcpStream) -> io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().unwrap_or(Ok(String::new()))?;
    lines.next(); // 空行：请求读完了
    let path = request.split(' ').nth(1).unwrap_or_default();
    let found = path != "/missing";
    let status = if found { "200 OK" } else { "404 Not Found" };
    let body = "x".repeat(path.len() * 10);
    stream.write_all(format!("HTTP/1.0 {status}\r\n\r\n{body}").as_bytes())
}

fn serve(listener: &TcpListener) {
    while let Ok((stream, _)) = listener.accept() {
        let _ = answer(&stream); // 一个客户断了，接着服务下一个
    }
}

fn get_size(server: SocketAddr, path: &str) -> io::Result<usize> {
    let mut stream = TcpStream::connect(server)?;
    stream.write_all(format!("GET {path} HTTP/1.0\r\n\r\n").as_bytes())?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply)?;
    match reply.split_once("\r\n\r\n") {
        Some((head, body)) if head.starts_with("HTTP/1.0 200") => Ok(body.len()),
        _ => Err(io::Error::other("状态码不是 200")),
    }
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let server = listener.local_addr()?;
    thread::spawn(move || serve(&listener)); // 没人 join：main 返回，它就没了

    let (report, reports) = mpsc::channel();
    // 回调只交出一行字；文件和屏幕留给主线程一个人写
    let on_done = |path, size: io::Result<usize>| {
        let line = match size {
            Ok(size) => format!("{path}：正文 {size} 字节"),
            Err(error) => format!("{path}：{error}"),
        };
        let in_pool = rayon::current_thread_index().is_some();
        report.send((line, in_pool)).unwrap();
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build();
    pool.map_err(io::Error::other)?.scope(|scope| {
        for path in ["/a", "/bb", "/ccc", "/missing"] {
            scope.spawn(move |_| on_done(path, get_size(server, path)));
        }
    }); // scope 的出口：任务连同回调都做完了
    drop(report);

    let (mut lines, in_pool): (Vec<String>, Vec<bool>) = reports.iter().unzip();
    lines.sort_unstable(); // 谁先抓完不定
    println!("{}", lines.join("\n"));
    println!("回调都在池的线程里执行：{}", !in_pool.contains(&false));
    Ok(())
}
