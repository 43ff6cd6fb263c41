//! 进程池：2 个子进程数素数，谁空闲谁领下一段

use std::collections::BTreeMap;
use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::ops::Range;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

fn count_primes(block: u32) -> usize {
    let numbers = block * 10_000..(block + 1) * 10_000;
    let is_prime = |n: &u32| *n > 1 && (2..=n.isqrt()).all(|d| !n.is_multiple_of(d));
    numbers.filter(is_prime).count()
}

/// 子进程：读一个段号，写回这段里有几个素数
fn serve_tasks() -> io::Result<()> {
    for line in io::stdin().lines() {
        let block = line?.parse().map_err(io::Error::other)?;
        println!("{}", count_primes(block));
    }
    Ok(())
}

/// 父进程里一个线程看管一个子进程：领一段，交下去，等答案
fn drive_child(blocks: &Mutex<Range<u32>>) -> io::Result<Vec<(u32, usize)>> {
    let mut child = Command::new(env::current_exe()?)
        .arg("--worker")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut tasks = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut counts = Vec::new();
    loop {
        let next = blocks.lock().unwrap().next(); // 句末就放锁：等答案时不占着
        let Some(block) = next else { break };
        writeln!(tasks, "{block}")?;
        let died = || io::Error::other("子进程提前退出了");
        let answer = answers.next().ok_or_else(died)??;
        counts.push((block, answer.parse().map_err(io::Error::other)?));
    }
    drop(tasks); // 关掉管道：子进程读到 EOF 就退出
    child.wait()?;
    Ok(counts)
}

fn main() -> io::Result<()> {
    if env::args().nth(1).as_deref() == Some("--worker") {
        return serve_tasks();
    }
    let blocks = Mutex::new(0..10);
    let [one, two] = thread::scope(|scope| {
        let drivers = [(); 2].map(|()| scope.spawn(|| drive_child(&blocks)));
        drivers.map(|driver| driver.join().unwrap())
    });
    // 完成的先后不定：BTreeMap 按段号排好
    let counts: BTreeMap<u32, usize> = one?.into_iter().chain(two?).collect();
    println!("10 段各有素数：{:?}", counts.values());
    println!("10 万以内共 {} 个", counts.values().sum::<usize>());
    Ok(())
}
