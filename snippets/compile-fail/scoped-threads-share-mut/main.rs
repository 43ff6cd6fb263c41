//! 两个线程都要改同一个普通变量：编译器不让通过

use std::thread;

fn main() {
    let mut counter = 0;
    thread::scope(|scope| {
        scope.spawn(|| counter += 1);
        scope.spawn(|| counter += 1); // 第二个可变借用
    });
    println!("{counter}");
}
