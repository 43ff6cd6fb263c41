//! 线程池 = 一个队列 + 5 个循环领任务的线程；结果和 panic 都凭 JobHandle 取回

use std::collections::HashSet;
use std::panic::{self, UnwindSafe};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Barrier, Mutex};
use std::thread::{self, ThreadId};

type Job = Box<dyn FnOnce() + Send>;

/// 取结果的凭据：任务做完，结果才会到达这个通道
struct JobHandle<T>(Receiver<thread::Result<T>>);

impl<T> JobHandle<T> {
    fn result(self) -> thread::Result<T> {
        self.0.recv().expect("任务没有交回结果")
    }
}

fn submit<T: Send + 'static>(
    queue: &Sender<Job>,
    task: impl FnOnce() -> T + Send + UnwindSafe + 'static,
) -> JobHandle<T> {
    let (reply, result) = mpsc::channel();
    let job = Box::new(move || {
        // 接住 panic：一个任务失败，不能带走整个工作线程
        let _ = reply.send(panic::catch_unwind(task));
    });
    queue.send(job).expect("工作线程都退出了");
    JobHandle(result)
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    loop {
        // 单独一条 let：锁在分号处释放，执行任务时不占着队列
        let job = jobs.lock().unwrap().recv();
        let Ok(job) = job else { return };
        job();
    }
}

static FIVE_TOGETHER: Barrier = Barrier::new(5);

fn square(n: u32) -> (u32, ThreadId) {
    FIVE_TOGETHER.wait(); // 凑齐 5 个任务才放行：证明 5 个线程同时在做
    (n * n, thread::current().id())
}

fn main() {
    let (queue, jobs) = mpsc::channel();
    let jobs = Mutex::new(jobs);
    thread::scope(|scope| {
        for _ in 0..5 {
            scope.spawn(|| work(&jobs));
        }
        let handles: Vec<_> = (0..30).map(|n| submit(&queue, move || square(n))).collect();
        let answers = handles.into_iter().map(|handle| handle.result().unwrap());
        let (squares, threads): (Vec<u32>, HashSet<ThreadId>) = answers.unzip();
        println!("按提交顺序：{squares:?}");
        println!("30 个任务用了 {} 个线程", threads.len());

        panic::set_hook(Box::new(|_| {})); // 不让 panic 信息另外打到标准错误
        let failed: JobHandle<u32> = submit(&queue, || panic!("任务失败"));
        let cause = failed.result().unwrap_err();
        println!("result() 交回 panic：{:?}", cause.downcast_ref::<&str>());
        drop(queue); // close：不再收任务，工作线程领完就退出
    }); // join：scope 在这里等所有线程
}
