//! 先调用函数，等的是主线程；把函数交给线程，等的是新线程

use std::thread;
use std::time::{Duration, Instant};

const WAIT: Duration = Duration::from_millis(300);

fn wait() {
    thread::sleep(WAIT);
}

/// 只和 300 ms 比大小：毫秒数每次都不同，大小关系不变。
fn report(what: &str, flag_a: Instant) {
    let sign = if flag_a.elapsed() >= WAIT { "≥" } else { "<" };
    println!("{what}：{sign} 300 ms");
}

fn main() {
    // 对应 target=_wait()：主线程先睡完，再起一个无事可做的线程
    let flag_a = Instant::now();
    wait();
    let thread = thread::spawn(|| {});
    report("先调用，到 flag B", flag_a);
    thread.join().unwrap();

    // 对应 target=_wait：传的是函数本身，由新线程去调用
    let flag_a = Instant::now();
    let thread = thread::spawn(wait);
    report("传函数，到 flag B", flag_a);
    thread.join().unwrap();
    report("传函数，join 之后", flag_a);
}
