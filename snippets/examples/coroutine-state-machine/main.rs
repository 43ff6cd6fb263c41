//! 同一个协程写两遍：先手写状态机，再让编译器由 async fn 生成

use std::cell::Cell;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

// ANCHOR: machine
/// 协程停在哪里，以及停下期间要保住的局部变量
enum Consumer {
    Created,
    Suspended { eaten: u32 },
    Finished,
}

impl Consumer {
    /// 返回 Some：停在 yield，里面是它交出的值；返回 None：它已经 return
    fn send(&mut self, value: Option<u32>) -> Option<String> {
        match (&mut *self, value) {
            (Self::Created, None) => {
                *self = Self::Suspended { eaten: 0 };
                Some(String::new())
            }
            (Self::Created, Some(_)) => panic!("还没停在 yield 上，没有地方接收值"),
            (Self::Suspended { eaten }, Some(number)) => {
                *eaten += 1;
                println!("[消费者] 消费 {number}");
                Some(format!("200 OK，累计 {eaten} 份"))
            }
            (Self::Suspended { .. }, None) => {
                *self = Self::Finished;
                None
            }
            (Self::Finished, _) => None,
        }
    }
}

/// 普通函数，推着协程走；参数 send 相当于 Python 的 c.send
fn produce(mut send: impl FnMut(Option<u32>) -> Option<String>) {
    send(None); // 预激：走到第一个 yield
    for number in 1..=3 {
        println!("[生产者] 生产 {number}");
        println!("[生产者] 收到 {:?}", send(Some(number)));
    }
    println!("[生产者] 没有了：{:?}", send(None));
}
// ANCHOR_END: machine

// ANCHOR: async
/// 协程与外界之间的两个格子：一个进，一个出
#[derive(Default)]
struct Mailbox {
    sent: Cell<Option<u32>>,
    yielded: Cell<Option<String>>,
}

/// 相当于 number = yield reply
async fn yield_value(mailbox: &Mailbox, reply: String) -> Option<u32> {
    mailbox.yielded.set(Some(reply));
    futures::pending!(); // 停在这里；下一次 poll 从这里继续
    mailbox.sent.take()
}

async fn consumer(mailbox: &Mailbox) {
    let mut eaten = 0;
    let mut reply = String::new();
    while let Some(number) = yield_value(mailbox, reply).await {
        eaten += 1;
        println!("[消费者] 消费 {number}");
        reply = format!("200 OK，累计 {eaten} 份");
    }
}

fn main() {
    let mut machine = Consumer::Created;
    produce(|value| machine.send(value));

    println!("---- 换成 async fn ----");
    let mailbox = Mailbox::default();
    let mut coroutine = pin!(consumer(&mailbox)); // 只造出来，还没执行
    let mut context = Context::from_waker(Waker::noop());
    produce(|value| {
        mailbox.sent.set(value);
        match coroutine.as_mut().poll(&mut context) {
            Poll::Pending => mailbox.yielded.take(), // 又停下了
            Poll::Ready(()) => None,                 // 它 return 了
        }
    });
}
// ANCHOR_END: async
