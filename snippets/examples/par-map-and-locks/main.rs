//! 并行 map 保持输入顺序；共享的计数用锁或原子类型，名额用信号量

use rayon::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Barrier, Condvar, Mutex};
use std::thread;

fn count_primes(block: u32) -> usize {
    let numbers = block * 10_000..(block + 1) * 10_000;
    let is_prime = |n: &u32| *n > 1 && (2..=n.isqrt()).all(|d| !n.is_multiple_of(d));
    numbers.filter(is_prime).count()
}

fn run_in_threads(count: usize, work: impl Fn() + Sync) {
    thread::scope(|scope| {
        for _ in 0..count {
            scope.spawn(&work);
        }
    }); // scope 的出口：等齐所有线程
}

/// 标准库没有信号量：锁里放剩余名额，条件变量管等待和唤醒
struct Semaphore {
    free: Mutex<u32>,
    released: Condvar,
}

impl Semaphore {
    fn acquire(&self) {
        let free = self.free.lock().unwrap();
        let mut free = self.released.wait_while(free, |free| *free == 0).unwrap();
        *free -= 1;
    }

    fn release(&self) {
        *self.free.lock().unwrap() += 1;
        self.released.notify_one();
    }
}

fn main() {
    let counts: Vec<usize> = (0..10).into_par_iter().map(count_primes).collect();
    println!("10 段各有素数：{counts:?}");

    let (by_lock, by_atomic) = (Mutex::new(0), AtomicU32::new(0));
    run_in_threads(8, || {
        for _ in 0..1000 {
            *by_lock.lock().unwrap() += 1; // 句末守卫销毁，锁就放开
            by_atomic.fetch_add(1, Relaxed);
        }
    });
    let (by_lock, by_atomic) = (by_lock.into_inner().unwrap(), by_atomic.into_inner());
    println!("8 个线程各加 1000：Mutex {by_lock}，Atomic {by_atomic}");

    let (free, released) = (Mutex::new(3), Condvar::new());
    let seats = Semaphore { free, released };
    let (inside, peak) = (AtomicU32::new(0), AtomicU32::new(0));
    let three_together = Barrier::new(3);
    run_in_threads(9, || {
        seats.acquire();
        peak.fetch_max(inside.fetch_add(1, Relaxed) + 1, Relaxed);
        three_together.wait(); // 凑齐 3 个才走：证明名额真有 3 个
        inside.fetch_sub(1, Relaxed);
        seats.release();
    });
    println!("9 个线程抢 3 个名额，最多同时进去 {peak:?} 个");
}
