//! 同一个线程上的两个任务：协作的睡眠会交错，阻塞的睡眠排队，交给线程池又能交错

use std::future::Future;
use std::thread;
use tokio::task::spawn_blocking;
use tokio::time::{self, Duration};

async fn work(name: &str, nap: impl Future<Output = ()>) {
    println!("{name} 开始");
    nap.await;
    println!("{name} 结束");
}

/// 甲睡 200 ms，乙睡 20 ms；`nap` 决定怎么睡
async fn run_two<F>(label: &str, nap: impl Fn(Duration) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    println!("-- {label}");
    let first = tokio::spawn(work("甲", nap(Duration::from_millis(200))));
    let second = tokio::spawn(work("乙", nap(Duration::from_millis(20))));
    first.await.unwrap();
    second.await.unwrap();
}

// 没有 await 的阻塞调用：整个线程停住，别的任务也动不了
async fn blocking_sleep(duration: Duration) {
    thread::sleep(duration);
}

// 阻塞留给线程池里的线程，任务自己让出
async fn offloaded_sleep(duration: Duration) {
    spawn_blocking(move || thread::sleep(duration))
        .await
        .unwrap();
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    run_two("协作：tokio::time::sleep", time::sleep).await;
    run_two("阻塞：std::thread::sleep", blocking_sleep).await;
    run_two("线程池：spawn_blocking", offloaded_sleep).await;
}
