//! 用一把大锁模拟 GIL：最多有几个线程同时“执行字节码”，几个同时“等 I/O”

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Barrier, Mutex};
use std::thread;

const THREADS: usize = 4;

/// 数一数同时在某个阶段里的线程，记住最多的时候
#[derive(Default)]
struct Meter {
    inside: AtomicUsize,
    peak: AtomicUsize,
}

impl Meter {
    fn run(&self, stage: impl FnOnce()) {
        let inside = self.inside.fetch_add(1, Relaxed) + 1;
        self.peak.fetch_max(inside, Relaxed);
        stage();
        self.inside.fetch_sub(1, Relaxed);
    }
}

/// 4 个线程各执行一段字节码，再等一次 I/O；返回两个阶段的峰值
fn peaks(gil: Option<&Mutex<()>>, release_for_io: bool) -> (usize, usize) {
    let (bytecode, io) = (Meter::default(), Meter::default());
    let all_inside = Barrier::new(THREADS);
    // 没拿着 GIL 的线程等齐 4 个才走；拿着的不能等，别人进不来，一等就死锁
    let stay = |holds_gil: bool| {
        if holds_gil {
            thread::yield_now(); // 给别人机会闯进来
        } else {
            all_inside.wait();
        }
    };
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let mut guard = gil.map(|gil| gil.lock().unwrap());
                bytecode.run(|| stay(guard.is_some()));
                if release_for_io {
                    guard = None; // 丢掉守卫，就是放开 GIL
                }
                io.run(|| stay(guard.is_some()));
            });
        }
    });
    (bytecode.peak.into_inner(), io.peak.into_inner())
}

fn main() {
    let gil = Mutex::new(());
    for (title, gil, release_for_io) in [
        ("没有 GIL", None, true),
        ("有 GIL，等 I/O 时放开", Some(&gil), true),
        ("有 GIL，等 I/O 时也不放", Some(&gil), false),
    ] {
        let (bytecode, io) = peaks(gil, release_for_io);
        println!("{title}：同时执行字节码 {bytecode}，同时等 I/O {io}");
    }
}
