//! 方向相反的转账，不会死锁

use std::sync::Mutex;
use std::thread;

/// 转一枚硬币。不论往哪边转，都先锁编号小的账户。
fn move_coin(accounts: &[Mutex<u32>], from: usize, to: usize) {
    assert_ne!(from, to, "同一个账户不能锁两次");
    let mut low = accounts[from.min(to)].lock().unwrap();
    let mut high = accounts[from.max(to)].lock().unwrap();
    let (source, target) = if from < to { (&mut low, &mut high) } else { (&mut high, &mut low) };
    **source -= 1;
    **target += 1;
}

fn main() {
    let accounts = [Mutex::new(5_000), Mutex::new(5_000)];
    thread::scope(|scope| {
        scope.spawn(|| (0..2_000).for_each(|_| move_coin(&accounts, 0, 1)));
        scope.spawn(|| (0..3_000).for_each(|_| move_coin(&accounts, 1, 0)));
    });
    let balances = accounts.map(|account| account.into_inner().unwrap());
    println!("转账 5000 次之后：{balances:?}");
}
