//! 迷你 reactor：循环等事件、搬字节，业务写在 Protocol 里，Factory 给每条连接造一个
use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};
use std::cell::Cell;
use std::collections::HashMap;
use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::rc::Rc;

const LISTENER: Token = Token(0);

// ANCHOR: app
/// 一条连接上能发生的三件事，由 reactor 回调
trait Protocol {
    fn connection_made(&mut self, transport: &mut TcpStream) -> io::Result<()>;
    fn data_received(&mut self, data: &[u8], transport: &mut TcpStream) -> io::Result<()>;
    fn connection_lost(&mut self);
}

/// 所有连接共用的状态
#[derive(Default)]
struct Factory {
    online: Cell<u32>,
    stopped: Cell<bool>,
}

/// 每条连接一个，记着自己连上时是在线第几个
struct Upper {
    number: u32,
    factory: Rc<Factory>,
}

impl Factory {
    fn build_protocol(self: &Rc<Self>) -> Box<dyn Protocol> {
        self.online.set(self.online.get() + 1);
        Box::new(Upper {
            number: self.online.get(),
            factory: Rc::clone(self),
        })
    }
}

impl Protocol for Upper {
    fn connection_made(&mut self, transport: &mut TcpStream) -> io::Result<()> {
        println!("连接 {} connectionMade", self.number);
        transport.write_all(b"hi")
    }

    fn data_received(&mut self, data: &[u8], transport: &mut TcpStream) -> io::Result<()> {
        println!("连接 {} dataReceived：{} 字节", self.number, data.len());
        transport.write_all(&data.to_ascii_uppercase())
    }

    fn connection_lost(&mut self) {
        self.factory.online.set(self.factory.online.get() - 1);
        let everyone_left = self.factory.online.get() == 0;
        self.factory.stopped.set(everyone_left); // 相当于 reactor.stop()
    }
}
// ANCHOR_END: app

// ANCHOR: reactor
/// 相当于 `reactor.run()`：它不知道业务是什么
fn run(listener: &mut TcpListener, factory: &Rc<Factory>) -> io::Result<()> {
    let mut poll = Poll::new()?;
    let registry = poll.registry().try_clone()?;
    registry.register(listener, LISTENER, Interest::READABLE)?;
    let mut events = Events::with_capacity(16);
    let mut connections = HashMap::new();
    let mut last_token = LISTENER;
    while !factory.stopped.get() {
        poll.poll(&mut events, None)?; // 唯一会停下来等的地方
        for event in &events {
            let token = event.token();
            if token == LISTENER {
                while let Some((mut transport, _)) = if_ready(listener.accept())? {
                    last_token.0 += 1;
                    registry.register(&mut transport, last_token, Interest::READABLE)?;
                    let mut protocol = factory.build_protocol();
                    match protocol.connection_made(&mut transport) {
                        Ok(()) => drop(connections.insert(last_token, (transport, protocol))),
                        Err(_) => protocol.connection_lost(),
                    }
                }
            } else if let Some((transport, protocol)) = connections.get_mut(&token)
                && !deliver(transport, protocol.as_mut()).unwrap_or(false)
            {
                // 对端关闭，或者这条连接出错：只结束它，不连累别人
                protocol.connection_lost();
                connections.remove(&token); // 移除即关闭
            }
        }
    }
    Ok(())
}

/// 读到什么就交给 protocol 什么；对端已关闭则返回 false
fn deliver(transport: &mut TcpStream, protocol: &mut dyn Protocol) -> io::Result<bool> {
    let mut buffer = [0; 512];
    while let Some(count) = if_ready(transport.read(&mut buffer))? {
        if count == 0 {
            return Ok(false);
        }
        protocol.data_received(&buffer[..count], transport)?;
    }
    Ok(true)
}
// ANCHOR_END: reactor

fn if_ready<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Err(e) if e.kind() == ErrorKind::WouldBlock => Ok(None),
        other => other.map(Some),
    }
}

/// 两条连接都建好以后，先用第 2 条，再用第 1 条
fn run_clients(server: SocketAddr) -> io::Result<Vec<String>> {
    let mut connections = Vec::new();
    for _ in 0..2 {
        let mut connection = std::net::TcpStream::connect(server)?;
        connection.read_exact(&mut [0; 2])?; // 等到问候，连接的先后就确定了
        connections.push(connection);
    }
    let mut replies = Vec::new();
    for (connection, word) in connections.iter_mut().rev().zip(["reactor", "twisted"]) {
        connection.write_all(word.as_bytes())?;
        let mut reply = vec![0; word.len()];
        connection.read_exact(&mut reply)?;
        replies.push(String::from_utf8_lossy(&reply).into_owned());
    }
    Ok(replies)
}

fn main() -> io::Result<()> {
    let mut listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
    let server = listener.local_addr()?;
    let clients = std::thread::spawn(move || run_clients(server));
    let factory = Rc::new(Factory::default());
    run(&mut listener, &factory)?;
    println!("reactor 停下，客户端收到 {:?}", clients.join().unwrap()?);
    Ok(())
}
