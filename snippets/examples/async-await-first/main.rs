//! 最小的协程：调用 async fn 只得到 Future，await 才运行

use std::time::Duration;
use tokio::time;

async fn fetch(name: &str) -> String {
    println!("{name}：开始等");
    time::sleep(Duration::from_millis(20)).await; // 代替一次网络 I/O
    format!("{name} 的内容")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let future = fetch("首页");
    println!("已创建，还没运行");
    let body = future.await; // 等到做完，取出返回值
    println!("{body}");
}
