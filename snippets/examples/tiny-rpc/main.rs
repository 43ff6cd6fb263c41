//! 最小的 RPC：桩函数 add 像本地函数；付款超时后带着同一个订单号重试，只记一笔账

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, from_slice, from_value, json, to_vec};
use std::fmt::Debug;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

const MAX_FRAME: usize = 1024 * 1024;

// ANCHOR: server
type Request = (u64, String, Value); // 编号、方法名、参数
type Response = (u64, Result<Value, String>); // 同一个编号、结果或错误

static LEDGER: Mutex<Vec<String>> = Mutex::new(Vec::new()); // 已付款的订单

/// 记一笔账；已经记过就返回 false
fn record(order: String) -> bool {
    let mut ledger = LEDGER.lock().unwrap(); // 锁里的代码不会 panic
    let is_new = !ledger.contains(&order); // 订单号是幂等键：收到几次都只记一笔
    if is_new {
        ledger.push(order);
    }
    is_new
} // 锁在这里放开，慢的部分不占着它

/// 服务端骨架：按方法名找到函数，把 JSON 参数还原成有类型的值。
fn dispatch(method: &str, params: Value) -> Result<Value, String> {
    let mistyped = |_| "参数类型不对".to_string();
    match method {
        "add" => {
            let (left, right): (i64, i64) = from_value(params).map_err(mistyped)?;
            let sum = left.checked_add(right); // 参数来自网络，可能溢出
            sum.map(|sum| json!(sum)).ok_or("结果溢出".to_string())
        }
        "pay" => {
            let order: String = from_value(params).map_err(mistyped)?;
            if record(order) {
                thread::sleep(Duration::from_millis(500)); // 已经记账，只是回复得慢
            }
            Ok(json!("已付款"))
        }
        _ => Err(format!("没有这个方法：{method}")),
    }
}

fn serve(mut stream: TcpStream) -> io::Result<()> {
    loop {
        let (id, method, params): Request = receive(&mut stream)?;
        let response: Response = (id, dispatch(&method, params));
        send(&mut stream, &response)?;
    }
}
// ANCHOR_END: server

/// 一帧 = 4 字节大端长度 + JSON，拼好后一次写出。
fn send(stream: &mut TcpStream, message: &impl Serialize) -> io::Result<()> {
    let body = to_vec(message)?;
    let length = u32::try_from(body.len()).map_err(io::Error::other)?;
    stream.write_all(&[&length.to_be_bytes(), body.as_slice()].concat())
}

fn receive<T: DeserializeOwned>(stream: &mut TcpStream) -> io::Result<T> {
    let mut header = [0; 4];
    stream.read_exact(&mut header)?;
    let length = u32::from_be_bytes(header) as usize;
    if length > MAX_FRAME {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(from_slice(&body)?)
}

// ANCHOR: client
struct Client {
    stream: TcpStream,
    last_id: u64,
}

impl Client {
    fn connect(server: SocketAddr, timeout: Duration) -> io::Result<Client> {
        let stream = TcpStream::connect(server)?;
        stream.set_read_timeout(Some(timeout))?;
        Ok(Client { stream, last_id: 0 })
    }

    /// 客户端桩：调用者看到的是一个普通的、有类型的函数。
    fn add(&mut self, left: i64, right: i64) -> io::Result<i64> {
        self.call("add", json!([left, right]))
    }

    fn pay(&mut self, order: &str) -> io::Result<String> {
        self.call("pay", json!(order))
    }

    fn call<T: DeserializeOwned>(&mut self, method: &str, params: Value) -> io::Result<T> {
        self.last_id += 1;
        let request: Request = (self.last_id, method.to_string(), params);
        send(&mut self.stream, &request)?;
        let (id, outcome): Response = receive(&mut self.stream)?;
        if id != self.last_id {
            return Err(io::Error::other("回复与请求对不上"));
        }
        Ok(from_value(outcome.map_err(io::Error::other)?)?)
    }
}
// ANCHOR_END: client

// ANCHOR: main
fn show(call: &str, result: io::Result<impl Debug>) {
    match result {
        Ok(value) => println!("{call} → {value:?}"),
        // 读超时，Unix 报 WouldBlock，Windows 报 TimedOut
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
            println!("{call} → 超时：不知道对方是否执行过");
        }
        Err(error) => println!("{call} → 错误：{error}"),
    }
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let server = listener.local_addr()?;
    thread::spawn(move || {
        for stream in listener.incoming() {
            match stream {
                Ok(stream) => drop(thread::spawn(|| serve(stream))), // 坏客户端只结束自己的线程
                Err(_) => thread::sleep(Duration::from_millis(50)),  // 例如描述符用完：歇一下再试
            }
        }
    });

    let mut client = Client::connect(server, Duration::from_secs(5))?;
    show("add(2, 40)", client.add(2, 40));
    show("div(1, 0)", client.call::<i64>("div", json!([1, 0])));
    show("add(\"x\", 1)", client.call::<i64>("add", json!(["x", 1])));

    // 付款要 500 ms，这条连接每次读最多等 100 ms
    let mut impatient = Client::connect(server, Duration::from_millis(100))?;
    show("pay(\"A-7\")", impatient.pay("A-7"));
    // 迟到的回复还会来到那条连接，所以换一条重试
    show("重试 pay(\"A-7\")", client.pay("A-7"));
    println!("服务端账本：{:?}", LEDGER.lock().unwrap());
    Ok(())
}
// ANCHOR_END: main
