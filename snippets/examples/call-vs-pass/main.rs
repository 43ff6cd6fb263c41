//! 先调用函数，睡的是主线程；把函数交给线程，睡的是新线程

use std::thread;
use std::time::{Duration, Instant};

const WAIT: Duration = Duration::from_millis(300);

/// 睡一会儿，返回睡的是谁
fn wait() -> String {
    thread::sleep(WAIT);
    // 主线程的名字是 main；thread::spawn 创建的线程没有名字
    thread::current().name().unwrap_or("新线程").to_owned()
}

fn main() {
    // 对应 target=_wait()：主线程先睡完，再起一个无事可做的线程
    let flag_a = Instant::now();
    let sleeper = wait();
    let thread = thread::spawn(|| {});
    let enough = flag_a.elapsed() >= WAIT; // flag B
    println!("先调用：睡的是 {sleeper}；到 flag B 至少过了 300 ms：{enough}");
    thread.join().unwrap();

    // 对应 target=_wait：传的是函数本身，由新线程去调用
    let flag_a = Instant::now();
    let thread = thread::spawn(wait); // 不等它睡完；flag B 就在下一行
    let sleeper = thread.join().unwrap();
    let enough = flag_a.elapsed() >= WAIT;
    println!("传函数：睡的是 {sleeper}；join 之后至少过了 300 ms：{enough}");
}
