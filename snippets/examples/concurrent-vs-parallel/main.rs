//! 并发：1 个线程上两个任务交替推进；并行：4 个线程各算一段

use std::cell::RefCell;
use std::collections::HashSet;
use std::thread::{self, ThreadId};
use std::time::Duration;

use tokio::time::{Instant, sleep};

const PAUSE: Duration = Duration::from_millis(60);
const LATER: Duration = Duration::from_millis(30);

/// 先等 `delay`，再做 3 步，每步之后歇一会儿
async fn three_steps(name: &str, delay: Duration, log: &RefCell<Vec<(String, ThreadId)>>) {
    sleep(delay).await;
    for step in 1..=3 {
        let entry = (format!("{name}{step}"), thread::current().id());
        log.borrow_mut().push(entry);
        sleep(PAUSE).await;
    }
}

/// 时钟是暂停的：人人都在睡时，它直接跳到下一个醒来的时刻
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn run_concurrently() {
    let log = RefCell::new(Vec::new());
    let started = Instant::now();
    tokio::join!(
        three_steps("A", Duration::ZERO, &log),
        three_steps("B", LATER, &log)
    );
    let together = started.elapsed().as_millis();
    let (steps, threads): (Vec<_>, HashSet<_>) = log.take().into_iter().unzip();
    println!("并发：{} 个线程，顺序 {steps:?}", threads.len());

    let started = Instant::now();
    three_steps("A", Duration::ZERO, &log).await;
    three_steps("B", LATER, &log).await;
    let one_by_one = started.elapsed().as_millis();
    println!("虚拟时间：并发 {together} ms，一个接一个 {one_by_one} ms");
}

fn run_in_parallel() {
    let numbers: Vec<u64> = (1..=100_000).collect();
    let sum_chunk = |chunk: &[u64]| (thread::current().id(), chunk.iter().sum::<u64>());
    let parts: Vec<(ThreadId, u64)> = thread::scope(|scope| {
        let workers: Vec<_> = numbers
            .chunks(25_000)
            .map(|chunk| scope.spawn(move || sum_chunk(chunk)))
            .collect();
        workers.into_iter().map(|w| w.join().unwrap()).collect()
    });
    let threads: HashSet<ThreadId> = parts.iter().map(|part| part.0).collect();
    let sum: u64 = parts.iter().map(|part| part.1).sum();
    println!("并行：{} 个线程各算一段，总和 {sum}", threads.len());
}

/// 能并行的部分占 p，用 n 个核，最多快几倍（Amdahl 定律）
fn amdahl(p: f64, n: f64) -> f64 {
    1.0 / ((1.0 - p) + p / n)
}

fn main() {
    run_concurrently();
    run_in_parallel();
    for (p, n) in [(0.5, 4.0), (0.9, 4.0), (0.9, 16.0), (0.99, 16.0)] {
        println!("p = {p}，n = {n}：最多 {:.2} 倍", amdahl(p, n));
    }
}
