//! 一个能用的事件循环：就绪队列、定时器、虚拟时钟

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::task::{Context, Poll, Wake, Waker};

// ANCHOR: sleep
/// 叫醒一个任务，就是把它的编号放进就绪队列
struct TaskWaker(usize, Sender<usize>);

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        let TaskWaker(id, queue) = &*self;
        queue.send(*id).unwrap();
    }
}

#[derive(Default)]
struct Clock {
    now: Cell<u64>,
    timers: RefCell<BTreeMap<u64, Vec<Waker>>>, // 到期时刻 -> 到时叫醒谁
}

impl Clock {
    async fn sleep(&self, ms: u64) {
        let deadline = self.now.get() + ms;
        poll_fn(|context| {
            if self.now.get() >= deadline {
                return Poll::Ready(());
            }
            let mut timers = self.timers.borrow_mut();
            let waiting = timers.entry(deadline).or_default();
            waiting.push(context.waker().clone()); // 先登记怎么叫醒我
            Poll::Pending // 再让出
        })
        .await;
    }

    /// 拨到最早的到期时刻；真实的循环在这里停在 `epoll_wait` 里，等 I/O 或到期
    fn advance(&self) {
        let first = self.timers.borrow_mut().pop_first();
        let (deadline, waiting) = first.expect("还有任务没做完，却没有谁会叫醒它");
        self.now.set(deadline);
        waiting.into_iter().for_each(Waker::wake);
    }
}
// ANCHOR_END: sleep

// ANCHOR: run
fn run<F: Future<Output = ()>>(clock: &Clock, mut tasks: Vec<Pin<Box<F>>>) {
    let (queue, ready) = mpsc::channel();
    let new_waker = |id| Waker::from(Arc::new(TaskWaker(id, queue.clone())));
    let wakers: Vec<Waker> = (0..tasks.len()).map(new_waker).collect();
    wakers.iter().for_each(Waker::wake_by_ref); // 一开始人人就绪
    let mut unfinished = tasks.len();
    while unfinished > 0 {
        while let Ok(id) = ready.try_recv() {
            let mut context = Context::from_waker(&wakers[id]);
            if tasks[id].as_mut().poll(&mut context).is_ready() {
                unfinished -= 1;
            }
        }
        if unfinished > 0 {
            clock.advance();
        }
    }
}

async fn nap(clock: &Clock, name: &str, ms: u64) {
    println!("{} ms：{name} 开始", clock.now.get());
    clock.sleep(ms).await;
    println!("{} ms：{name} 结束", clock.now.get());
}

fn main() {
    let clock = Clock::default();
    let naps = [("甲", 300), ("乙", 100), ("丙", 200)];
    let tasks = naps.map(|(name, ms)| Box::pin(nap(&clock, name, ms)));
    run(&clock, tasks.into());
    println!("任务都做完了，循环退出");
}
// ANCHOR_END: run
