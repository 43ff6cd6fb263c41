//! 异步提交：提交立即返回，取结果时才等待；5 个线程做 10 个任务，正好两轮

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Barrier, Mutex};
use std::thread;

const WORKERS: usize = 5;

/// 任务就是一条消息：参数，加上交回结果的通道
type Task = (i64, Sender<i64>);

fn main() {
    let (queue, tasks) = mpsc::channel::<Task>();
    let tasks = Mutex::new(tasks);
    let all_submitted = Barrier::new(WORKERS + 1); // 提交者交完任务，工作线程才开工
    let five_together = Barrier::new(WORKERS); // 凑齐 5 个任务，算一轮
    let rounds = AtomicUsize::new(0);

    let work = || {
        all_submitted.wait();
        loop {
            let task = tasks.lock().unwrap().recv();
            let Ok((i, reply)) = task else { return };
            if five_together.wait().is_leader() {
                rounds.fetch_add(1, Relaxed); // 每轮只有一个线程是 leader
            }
            let _ = reply.send((i - 1).pow(2)); // 提交者可能已不要结果，发送失败不算错
        }
    };
    let apply_async = move |i| {
        let (reply, result) = mpsc::channel();
        queue.send((i, reply)).unwrap();
        result
    };
    let get = |result: Receiver<i64>| result.recv().unwrap();

    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(work);
        }
        let results: Vec<_> = (0..10).map(&apply_async).collect();
        let ready = results.iter().filter(|result| result.try_recv().is_ok());
        println!("提交后已完成：{} 个", ready.count());
        all_submitted.wait();
        let values: Vec<i64> = results.into_iter().map(get).collect();
        println!("逐个 get：{values:?}");
        drop(apply_async); // close：它带着唯一的发送端，工作线程领完任务就退出
    }); // join：scope 在这里等所有线程
    println!("5 个一轮，共 {} 轮", rounds.into_inner());
}
