//! 2 个生产者、2 个消费者共用一个容量 10 的队列（这里是线程，Python 版是进程）

use crossbeam::channel::{self, Receiver, Sender};
use std::sync::Barrier;
use std::thread;

const ORDERS: [(&str, usize); 2] = [("包子", 20), ("饺子", 10)];

type Food = (&'static str, usize); // 名称和编号

fn cook(queue: Sender<Food>, name: &'static str, count: usize) {
    for number in 0..count {
        queue.send((name, number)).unwrap(); // 队列满了就在这里等
    }
    drop(queue); // 少了一个发送端；全部没了，通道才算关闭
}

fn eat(queue: Receiver<Food>, both_working: &Barrier) -> Vec<Food> {
    let mut eaten = Vec::new();
    for food in queue {
        if eaten.is_empty() {
            both_working.wait(); // 等另一个消费者也拿到第一份
        }
        eaten.push(food);
    }
    eaten // 通道已关闭，队列也取空了
}

fn main() {
    let (sender, receiver) = channel::bounded(10);
    let both_working = Barrier::new(2);
    let mut eaten: Vec<Food> = thread::scope(|scope| {
        for (name, count) in ORDERS {
            let sender = sender.clone();
            scope.spawn(move || cook(sender, name, count));
        }
        drop(sender); // 自己手里这一个也要丢掉，否则通道永远不关

        while !receiver.is_full() {
            thread::yield_now();
        }
        println!("还没有消费者：队列里有 {} 份", receiver.len());

        let consumers =
            [receiver.clone(), receiver].map(|queue| scope.spawn(|| eat(queue, &both_working)));
        consumers
            .into_iter()
            .flat_map(|c| c.join().unwrap())
            .collect()
    });

    eaten.sort_unstable();
    for (name, count) in ORDERS {
        let expected = (0..count).map(|number| (name, number));
        let delivered = eaten.iter().copied().filter(|food| food.0 == name);
        println!("{name} {count} 份，不丢不重：{}", delivered.eq(expected));
    }
}
