//! 先用屏障让反向加锁的两人互等；五位哲学家按编号拿叉子、四个人拿不到就退让，都能吃完

use std::sync::{Barrier, Mutex, TryLockError};
use std::thread;

const MEALS: u32 = 1000;

/// 先拿住 first，等对方也拿住一把，再试 second：拿不到就返回 true
fn would_wait(first: &Mutex<u32>, second: &Mutex<u32>, both: &Barrier) -> bool {
    let _held = first.lock().unwrap();
    both.wait();
    let blocked = matches!(second.try_lock(), Err(TryLockError::WouldBlock));
    both.wait(); // 都试完才放手，否则后试的人可能恰好拿到
    blocked
}

/// 哲学家就餐：左右各一把叉子，人人先拿编号小的，等待关系就成不了环
fn dine(forks: &[Mutex<u32>], seat: usize) {
    let next = (seat + 1) % forks.len();
    for _ in 0..MEALS {
        let mut low = forks[seat.min(next)].lock().unwrap();
        let mut high = forks[seat.max(next)].lock().unwrap();
        *low += 1;
        *high += 1;
    } // 每轮结束，两个守卫离开作用域，自动解锁
}

/// 顺序随意，但第二把拿不到就放下第一把，让别人先走
fn eat_with_back_off(first: &Mutex<u32>, second: &Mutex<u32>) {
    let mut meals = 0;
    while meals < MEALS {
        let mut held = first.lock().unwrap();
        match second.try_lock() {
            Ok(mut other) => {
                *held += 1;
                *other += 1;
                meals += 1;
            }
            Err(TryLockError::WouldBlock) => {
                drop(held);
                thread::yield_now();
            }
            Err(TryLockError::Poisoned(error)) => panic!("持锁的线程 panic 了：{error}"),
        }
    }
}

fn main() {
    let (noodle, fork, both) = (Mutex::new(0), Mutex::new(0), Barrier::new(2));
    let waiting = thread::scope(|scope| {
        let a = scope.spawn(|| would_wait(&noodle, &fork, &both));
        let b = scope.spawn(|| would_wait(&fork, &noodle, &both));
        usize::from(a.join().unwrap()) + usize::from(b.join().unwrap())
    });
    println!("反向加锁：2 人里有 {waiting} 人拿不到第二把");

    let forks = [const { Mutex::new(0) }; 5];
    thread::scope(|scope| {
        for seat in 0..forks.len() {
            let forks = &forks;
            scope.spawn(move || dine(forks, seat));
        }
    });
    let used: u32 = forks.iter().map(|fork| *fork.lock().unwrap()).sum();
    println!("5 位哲学家按编号拿叉子：共吃 {} 份", used / 2);

    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| eat_with_back_off(&noodle, &fork));
            scope.spawn(|| eat_with_back_off(&fork, &noodle));
        }
    });
    println!("反向加锁 + 退让：4 人共吃 {} 份", noodle.lock().unwrap());
}
