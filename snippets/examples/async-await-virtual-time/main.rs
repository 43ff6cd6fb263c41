//! 三件各要等 1、2、4 秒的事：依次 await 要 7 秒，开成任务只要 4 秒

use tokio::time::{self, Duration, Instant};

async fn work(seconds: u64) -> u64 {
    println!("开始，要等 {seconds} s");
    time::sleep(Duration::from_secs(seconds)).await; // 代替一次网络 I/O
    seconds
}

// start_paused：时钟停住，没有任务可运行时直接跳到下一个到期时刻，不真的睡
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    for seconds in [1, 2, 4] {
        println!("做完：{} s", work(seconds).await);
    }
    println!("依次 await 共 {:?}", start.elapsed());

    let start = Instant::now();
    let tasks = [1, 2, 4].map(|seconds| tokio::spawn(work(seconds)));
    println!("3 个任务已创建");
    for task in tasks {
        println!("做完：{} s", task.await.unwrap());
    }
    println!("并发共 {:?}", start.elapsed());

    let start = Instant::now();
    let result = time::timeout(Duration::from_secs(3), work(10)).await;
    println!("超时：{}，共 {:?}", result.is_err(), start.elapsed());
}
