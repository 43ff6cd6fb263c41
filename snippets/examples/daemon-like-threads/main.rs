//! main 一返回进程就结束：分离的线程来不及收尾，join 和 scope 会等

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

const TICK: Duration = Duration::from_millis(10);

/// 离开作用域时执行 drop，作用像 Python 的 finally
struct Cleanup(&'static str);

impl Drop for Cleanup {
    fn drop(&mut self) {
        println!("{}：收尾完成", self.0);
    }
}

fn main() {
    let (tell, told) = mpsc::channel();
    let endless = move || {
        let _cleanup = Cleanup("分离的线程");
        tell.send(()).unwrap();
        loop {
            thread::sleep(TICK);
        }
    };
    drop(thread::spawn(endless)); // 丢掉 JoinHandle：线程继续跑，但再也没人等它
    told.recv().unwrap();
    println!("分离的线程：已经开工");

    let joined = thread::spawn(|| {
        let _cleanup = Cleanup("join 的线程");
        thread::sleep(TICK);
    });
    joined.join().unwrap();

    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let _cleanup = Cleanup("收到停止信号的线程");
            while !stop.load(Relaxed) {
                thread::sleep(TICK);
            }
        });
        stop.store(true, Relaxed); // 请它停；scope 的出口等它收尾
    });
    println!("main 返回");
}
