//! 一个线程里的 100 个协程各加 1：读和写之间隔着 await，结果就不对

use std::cell::Cell;

use futures::future::join_all;
use tokio::sync::Mutex;
use tokio::task::yield_now;

/// 读完先让出，再写回：让出期间别的协程也读到同一个旧值
async fn add_across_await(counter: &Cell<u32>) {
    let value = counter.get();
    yield_now().await; // 代表一次网络 I/O
    counter.set(value + 1);
}

/// 读和写连在一起，中间没有切换点
async fn add_without_await(counter: &Cell<u32>) {
    yield_now().await;
    counter.set(counter.get() + 1);
}

/// 非要跨 await 不可，就用异步锁围住整个“读-改-写”
async fn add_under_lock(counter: &Mutex<u32>) {
    let mut value = counter.lock().await;
    let old = *value;
    yield_now().await;
    *value = old + 1;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let counter = Cell::new(0);
    join_all((0..100).map(|_| add_across_await(&counter))).await;
    println!("读与写之间有 await：{}", counter.get());

    let counter = Cell::new(0);
    join_all((0..100).map(|_| add_without_await(&counter))).await;
    println!("读与写之间没有 await：{}", counter.get());

    let counter = Mutex::new(0);
    join_all((0..100).map(|_| add_under_lock(&counter))).await;
    println!("有 await，加异步锁：{}", counter.into_inner());
}
