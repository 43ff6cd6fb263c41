//! 长度前缀分帧：逐字节写出的流，照样还原成原来的三条消息

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

const MAX_FRAME: usize = 1024 * 1024;

/// 一帧 = 4 字节大端长度 + 正文，拼好后一次写出。
fn send_frame(writer: &mut impl Write, body: &[u8]) -> io::Result<()> {
    let length = u32::try_from(body.len()).map_err(io::Error::other)?;
    let mut frame = length.to_be_bytes().to_vec();
    frame.extend_from_slice(body);
    writer.write_all(&frame)
}

/// 读一帧；对端恰好在两帧之间关闭时返回 `None`。
fn recv_frame(reader: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut header = [0; 4];
    if reader.read(&mut header[..1])? == 0 {
        return Ok(None);
    }
    reader.read_exact(&mut header[1..])?;

    let length = u32::from_be_bytes(header) as usize;
    // 先查上限再分配内存：长度是对端说的，不可信
    if length > MAX_FRAME {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "帧过长"));
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Some(body))
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(listener.local_addr()?)?;
    let (mut server, _) = listener.accept()?;

    let sender = thread::spawn(move || -> io::Result<()> {
        let mut wire = Vec::new();
        for message in ["hello", "world", "按字节计长"] {
            send_frame(&mut wire, message.as_bytes())?;
        }
        // 故意每次只写 1 字节，让接收端尽量碰到半包
        for byte in wire {
            client.write_all(&[byte])?;
        }
        Ok(())
    });
    while let Some(body) = recv_frame(&mut server)? {
        let text = String::from_utf8_lossy(&body);
        println!("收到一帧：{} B，{text}", body.len());
    }
    sender.join().expect("发送线程没有 panic")?;

    // &[u8] 也实现了 Read：不用网络就能测坏数据
    let too_long = recv_frame(&mut [0xff; 4].as_slice());
    println!(
        "长度字段是 0xffffffff：{:?}",
        too_long.map_err(|e| e.kind())
    );
    let cut_off = recv_frame(&mut [0, 0, 0, 5, b'h'].as_slice());
    println!("正文没收全就断开：{:?}", cut_off.map_err(|e| e.kind()));
    Ok(())
}
