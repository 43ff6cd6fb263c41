//! 异步提交：提交立即返回，取结果时才等待；5 个线程做 10 个任务，用时约 2 轮

use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

const TASK_TIME: Duration = Duration::from_millis(100);

/// 任务就是一条消息：参数，加上交回结果的通道
type Task = (i64, Sender<i64>);

fn work(tasks: &Mutex<Receiver<Task>>) {
    loop {
        let task = tasks.lock().unwrap().recv();
        let Ok((i, reply)) = task else { return };
        thread::sleep(TASK_TIME);
        let _ = reply.send((i - 1).pow(2)); // 提交者可能已不要结果，发送失败不算错
    }
}

fn main() {
    let (queue, tasks) = mpsc::channel();
    let tasks = Mutex::new(tasks);
    thread::scope(|scope| {
        for _ in 0..5 {
            scope.spawn(|| work(&tasks));
        }
        let apply_async = |i| {
            let (reply, result) = mpsc::channel();
            queue.send((i, reply)).unwrap();
            result
        };
        let get = |result: &Receiver<i64>| result.recv().unwrap();

        let started = Instant::now();
        let results: Vec<_> = (0..10).map(apply_async).collect();
        let submitted = started.elapsed();
        let values: Vec<i64> = results.iter().map(get).collect();
        let finished = started.elapsed();
        drop(queue); // close：不再收任务，工作线程领完就退出

        println!("提交 10 个任务不到 100 ms：{}", submitted < TASK_TIME);
        println!("逐个 get：{values:?}");
        println!("至少做了 2 轮，200 ms：{}", finished >= 2 * TASK_TIME);
        println!("比串行的 1000 ms 快：{}", finished < 10 * TASK_TIME);
    }); // join：scope 在这里等所有线程
}
