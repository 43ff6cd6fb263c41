//! 线程池的 shutdown 等全部任务做完；任务里等同一个池的任务，会等不到

use crossbeam::channel::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

const NAP: Duration = Duration::from_millis(100);

type Job = Box<dyn FnOnce() + Send>;

struct Pool {
    queue: Sender<Job>,
    workers: Vec<JoinHandle<()>>,
}

impl Pool {
    fn new(size: usize) -> Self {
        let (queue, jobs) = channel::unbounded::<Job>();
        let start_worker = |_| {
            let jobs = jobs.clone(); // 几个线程从同一个队列领任务
            thread::spawn(move || jobs.into_iter().for_each(|job| job()))
        };
        let workers = (0..size).map(start_worker).collect();
        Self { queue, workers }
    }

    fn shutdown(self) {
        drop(self.queue); // 不再收任务；排着队的照样做完，线程才退出
        for worker in self.workers {
            worker.join().unwrap();
        }
    }
}

/// 任务进队就返回；结果以后从返回的通道里取
fn submit<T: Send + 'static>(
    queue: &Sender<Job>,
    task: impl FnOnce() -> T + Send + 'static,
) -> Receiver<T> {
    let (reply, result) = channel::bounded(1);
    let job = Box::new(move || {
        let _ = reply.send(task()); // 提交者可能已不要结果
    });
    queue.send(job).unwrap();
    result
}

fn main() {
    let pool = Pool::new(5);
    let nap_and_square = |n: u32| {
        thread::sleep(NAP);
        n * n
    };
    let submit_one = |n| submit(&pool.queue, move || nap_and_square(n));
    let futures: Vec<_> = (0..10).map(submit_one).collect();
    pool.shutdown();
    // try_recv 一刻也不等：取得到，说明 shutdown 返回时任务全做完了
    let squares: Result<Vec<u32>, _> = futures.iter().map(Receiver::try_recv).collect();
    println!("shutdown 之后，结果都在：{squares:?}");

    let pool = Pool::new(1);
    let queue = pool.queue.clone();
    let outer = submit(&pool.queue, move || {
        let inner = submit(&queue, || "做完了");
        inner.recv_timeout(NAP) // 唯一的线程正等在这里，内层任务没人做
    });
    println!("任务里等同池的任务：{:?}", outer.recv().unwrap());
    pool.shutdown();
}
