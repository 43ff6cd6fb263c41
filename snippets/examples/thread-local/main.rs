//! 10 个线程同时写同一个名字：线程局部变量互不影响，共享变量只剩一个值

use std::cell::Cell;
use std::collections::HashSet;
use std::sync::Barrier;
use std::sync::atomic::{AtomicI32, Ordering::Relaxed};
use std::thread;

const UNSET: i32 = -1;

thread_local! {
    // 每个线程各有一份，都从 UNSET 开始
    static LOCAL: Cell<i32> = const { Cell::new(UNSET) };
}

static SHARED: AtomicI32 = AtomicI32::new(UNSET); // 整个进程只有一份

/// 两个变量都写成 number，等所有线程写完，再读出来
fn write_then_read(number: i32, all_written: &Barrier) -> (i32, i32) {
    LOCAL.set(number);
    SHARED.store(number, Relaxed);
    all_written.wait(); // 屏障排好了先后，原子操作用 Relaxed 就够
    (LOCAL.get(), SHARED.load(Relaxed))
}

/// 处理一个请求：换上自己的值，返回开始处理时看到的旧值；结束时没有清理
fn handle(request: i32) -> i32 {
    LOCAL.replace(request)
}

fn main() {
    let all_written = Barrier::new(10);
    let (locals, shared): (Vec<i32>, HashSet<i32>) = thread::scope(|scope| {
        let threads: Vec<_> = (0..10)
            .map(|number| {
                let all_written = &all_written;
                scope.spawn(move || write_then_read(number, all_written))
            })
            .collect();
        threads.into_iter().map(|t| t.join().unwrap()).unzip()
    });
    println!("各线程读回自己的副本：{locals:?}");
    println!("共享变量一共读到 {} 种值", shared.len());
    println!("主线程的副本没有人动过：{}", LOCAL.get() == UNSET);

    // 线程池会复用线程：同一个线程先处理请求 7，再处理请求 8
    let found = thread::spawn(|| [7, 8].map(handle)).join().unwrap();
    println!("同一个线程先后处理两个请求，开始处理时看到：{found:?}");
}
