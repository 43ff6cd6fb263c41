//! 同一个计数器：线程改得到，子进程改不到；1 万个协程只用 1 个线程

use std::collections::HashSet;
use std::env;
use std::io;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

static COUNTER: AtomicU32 = AtomicU32::new(0);

/// 再启动一次自己当子进程，返回它看到的计数器
fn count_in_child() -> io::Result<String> {
    let output = Command::new(env::current_exe()?).arg("--child").output()?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// 1 万个协程各睡 200 ms，返回它们一共用到几个线程
async fn sleep_in_tasks() -> usize {
    let spawn_one = |_| {
        tokio::spawn(async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            thread::current().id()
        })
    };
    let tasks: Vec<_> = (0..10_000).map(spawn_one).collect();
    let mut threads = HashSet::new();
    for task in tasks {
        threads.insert(task.await.expect("协程没有 panic"));
    }
    threads.len()
}

fn main() -> io::Result<()> {
    if env::args().nth(1).as_deref() == Some("--child") {
        print!("{}", COUNTER.fetch_add(1, Relaxed) + 1);
        return Ok(());
    }

    let adder = thread::spawn(|| COUNTER.fetch_add(10, Relaxed));
    adder.join().expect("线程没有 panic");
    println!("线程加 10，主线程看到：{}", COUNTER.load(Relaxed));

    println!("子进程加 1，它自己看到：{}", count_in_child()?);
    println!("子进程退出后，父进程看到：{}", COUNTER.load(Relaxed));

    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    let threads = runtime.block_on(sleep_in_tasks());
    println!("1 万个协程用了 {threads} 个线程");
    Ok(())
}
