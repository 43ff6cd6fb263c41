//! 把 `target=_wait()` 的错误原样写进 Rust：编译器不让通过

use std::thread;
use std::time::Duration;

fn wait() {
    thread::sleep(Duration::from_millis(300));
}

fn main() {
    let thread = thread::spawn(wait()); // 传进去的是返回值 ()，不是函数
    thread.join().unwrap();
}
