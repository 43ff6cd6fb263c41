//! 3 位厨师、2 位顾客、一张只放得下 2 份的桌子；厨师都走了，顾客自己知道散场

use crossbeam::channel::{self, Receiver, Sender};
use std::thread;

fn cook(food: &str, table: Sender<String>) {
    for number in 1..=3 {
        table.send(format!("{food}{number}")).unwrap(); // 桌子满了就在这里等
    }
    drop(table); // 少了一位厨师；一位都不剩，通道就关闭
}

/// 一直吃到桌子空了、厨师也都走了，返回吃过的
fn eat(table: Receiver<String>) -> Vec<String> {
    table.into_iter().collect()
}

fn main() {
    let (sender, receiver) = channel::bounded(2);
    let mut eaten: Vec<String> = thread::scope(|scope| {
        for food in ["包子", "馒头", "花卷"] {
            let table = sender.clone();
            scope.spawn(move || cook(food, table));
        }
        drop(sender); // main 手里的这一个也要丢掉

        let customers = [receiver.clone(), receiver].map(|table| scope.spawn(|| eat(table)));
        customers
            .into_iter()
            .flat_map(|customer| customer.join().unwrap())
            .collect()
    });

    eaten.sort(); // 谁吃到哪一份取决于调度，排序后每次都一样
    println!("顾客都走了，一共吃掉 {} 份", eaten.len());
    println!("{eaten:?}");
}
