//! 2 个生产者、3 个消费者：生产者全部结束之后才放哨兵，一个消费者吃掉一个

use crossbeam::channel::{self, Receiver, Sender};
use std::thread;

enum Message {
    Item(u32),
    Stop, // 哨兵：独立的变体，不会和正常数据撞上
}

fn produce(queue: &Sender<Message>, first: u32) {
    for number in first..first + 10 {
        queue.send(Message::Item(number)).unwrap(); // 队列满了就等
    }
}

/// 返回取到的货，以及是不是收到哨兵才退出的
fn consume(queue: &Receiver<Message>) -> (Vec<u32>, bool) {
    let mut items = Vec::new();
    loop {
        match queue.recv() {
            Ok(Message::Item(number)) => items.push(number),
            Ok(Message::Stop) => return (items, true),
            Err(_) => return (items, false), // 通道已关闭，也已取空
        }
    }
}

fn run(sentinels: usize) {
    let (sender, receiver) = channel::bounded(3);
    let reports: Vec<(Vec<u32>, bool)> = thread::scope(|scope| {
        let consumers = [(); 3].map(|()| scope.spawn(|| consume(&receiver)));
        let producers = [0, 10].map(|first| {
            let sender = sender.clone();
            scope.spawn(move || produce(&sender, first))
        });
        for producer in producers {
            producer.join().unwrap(); // 等所有生产者，而不是等第一个
        }
        for _ in 0..sentinels {
            sender.send(Message::Stop).unwrap();
        }
        drop(sender); // 关闭通道，放走没收到哨兵的消费者
        consumers.map(|consumer| consumer.join().unwrap()).into()
    });

    let stopped = reports.iter().filter(|report| report.1).count();
    let mut items: Vec<u32> = reports.into_iter().flat_map(|report| report.0).collect();
    items.sort_unstable();
    let complete = items.iter().copied().eq(0..20);
    println!("哨兵 {sentinels} 个：20 份不丢不重 {complete}");
    println!("  收到哨兵 {stopped} 个消费者，没收到 {} 个", 3 - stopped);
}

fn main() {
    run(3);
    run(2);
}
