//! 没有 GIL 也没有锁的“读-改-写”会丢更新；再用一把大锁模拟 GIL 何时放手

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

const THREADS: usize = 4;
const ROUNDS: u32 = 100_000;
const IO_TIME: Duration = Duration::from_millis(100);

/// 4 个线程同时执行同一个函数，返回总用时
fn run_in_threads(work: impl Fn() + Sync) -> Duration {
    let started = Instant::now();
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(&work);
        }
    }); // scope 在这里等齐所有线程
    started.elapsed()
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

    let gil = Mutex::new(()); // 不装数据，只当一把大锁
    let held = run_in_threads(|| {
        let _guard = gil.lock().unwrap();
        thread::sleep(IO_TIME); // 抱着锁等 I/O：后面的人只能排队
    });
    println!("持锁等 I/O，至少 400 ms：{}", held >= 4 * IO_TIME);
    let released = run_in_threads(|| {
        drop(gil.lock().unwrap()); // 先放锁再等
        thread::sleep(IO_TIME);
    });
    println!("放锁等 I/O，不到 400 ms：{}", released < 4 * IO_TIME);
}
