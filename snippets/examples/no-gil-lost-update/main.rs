//! 拆成几步的“读-改-写”会丢更新；原子操作和锁把它合成一步

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Barrier, Mutex};
use std::thread;

const THREADS: usize = 4;
const ROUNDS: u32 = 100_000;

/// 4 个线程同时执行同一个函数，等齐才返回
fn run_in_threads(work: impl Fn() + Sync) {
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(&work);
        }
    }); // scope 在这里等齐所有线程
}

fn main() {
    let counter = AtomicU32::new(0);
    let all_read = Barrier::new(THREADS);
    run_in_threads(|| {
        let value = counter.load(Relaxed); // 每一步都是原子的……
        all_read.wait(); // ……但人人都读完才写，最坏的交错必然出现
        counter.store(value + 1, Relaxed);
    });
    println!("读、等齐、写，4 个线程各加 1：{}", counter.into_inner());

    let counter = AtomicU32::new(0);
    run_in_threads(|| {
        for _ in 0..ROUNDS {
            counter.fetch_add(1, Relaxed); // 读-改-写是一步
        }
    });
    println!("fetch_add，各加 10 万：{}", counter.into_inner());

    let counter = Mutex::new(0);
    run_in_threads(|| {
        for _ in 0..ROUNDS {
            *counter.lock().unwrap() += 1;
        }
    });
    println!("Mutex，各加 10 万：{}", counter.into_inner().unwrap());
}
