//! 容量 3 的队列：满了生产者等；取空以后，消费者分不清是货发完了还是暂时没货

use std::sync::mpsc::{TrySendError, sync_channel};
use std::thread;
use std::time::Duration;

fn main() {
    let (sender, receiver) = sync_channel(3);

    // 还没有人消费。try_send 不等，满了就把东西退回来
    for number in 0..5 {
        match sender.try_send(number) {
            Ok(()) => println!("放入包子 {number}"),
            Err(TrySendError::Full(number)) => println!("队列满，退回包子 {number}"),
            Err(TrySendError::Disconnected(_)) => unreachable!("接收端还在"),
        }
    }

    // send 满了就停在那里等，所以生产者只能跟着消费者的速度走
    let producer = thread::spawn({
        let sender = sender.clone();
        move || {
            for number in 3..10 {
                sender.send(number).unwrap();
            }
        }
    });
    let eaten: Vec<u32> = receiver.iter().take(10).collect();
    producer.join().unwrap();
    println!("依次取到 {eaten:?}");

    // 生产者已经结束，但 main 还留着一个发送端：通道没有关闭
    let next = receiver.recv_timeout(Duration::from_millis(100));
    println!("再取一份：{next:?}");
    drop(sender);
    println!("发送端全部销毁后再取：{:?}", receiver.recv());
}
