//! 反向加锁必然互等；统一顺序、拿不到就退让，都能让 4 个线程吃完

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

/// 人人先面条、后叉子：不会形成环
fn eat_in_order(noodle: &Mutex<u32>, fork: &Mutex<u32>) {
    for _ in 0..MEALS {
        let mut noodle = noodle.lock().unwrap();
        let mut fork = fork.lock().unwrap();
        *noodle += 1;
        *fork += 1;
    } // 每轮结束，两个守卫离开作用域，自动解锁
}

/// 顺序随意，但第二把拿不到就放下第一把，让别人先走
fn eat_with_back_off(first: &Mutex<u32>, second: &Mutex<u32>) {
    let mut meals = 0;
    while meals < MEALS {
        let mut held = first.lock().unwrap();
        if let Ok(mut other) = second.try_lock() {
            *held += 1;
            *other += 1;
            meals += 1;
        } else {
            drop(held);
            thread::yield_now();
        }
    }
}

fn main() {
    let (noodle, fork, both) = (Mutex::new(0), Mutex::new(0), Barrier::new(2));
    let (a_waits, b_waits) = thread::scope(|scope| {
        let a = scope.spawn(|| would_wait(&noodle, &fork, &both));
        let b = scope.spawn(|| would_wait(&fork, &noodle, &both));
        (a.join().unwrap(), b.join().unwrap())
    });
    println!("反向加锁：甲要等叉子 {a_waits}，乙要等面条 {b_waits}");

    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| eat_in_order(&noodle, &fork));
        }
    });
    println!("统一顺序：4 人共吃 {} 份", noodle.lock().unwrap());

    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| eat_with_back_off(&noodle, &fork));
            scope.spawn(|| eat_with_back_off(&fork, &noodle));
        }
    });
    println!(
        "反向加锁 + 退让：又吃了 {} 份",
        *noodle.lock().unwrap() - 4 * MEALS
    );
}
