//! join 是等子进程结束，daemon 是自己退出时终止它；Rust 里一个是 wait，一个要自己写 Drop

use std::io;
use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

fn start_sleep(seconds: &str) -> io::Result<Child> {
    Command::new("sleep").arg(seconds).spawn()
}

/// 像 `join(timeout)`：到点就不等了，但不会动子进程
fn join_timeout(child: &mut Child, timeout: Duration) -> io::Result<Option<ExitStatus>> {
    let deadline = Instant::now() + timeout;
    while Instant::now() < deadline {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(Duration::from_millis(5));
    }
    Ok(None)
}

struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        let status = self.0.wait().unwrap(); // 终止之后也要 wait，否则留下僵尸
        println!("守护子进程：{status}");
    }
}

fn main() -> io::Result<()> {
    let started = Instant::now();
    let mut worker = start_sleep("0.2")?;
    println!("join 之前：{:?}", worker.try_wait()?);
    println!("join 之后：{:?}", worker.wait()?.code());
    let waited = started.elapsed();
    println!("等了至少 200 ms：{}", waited >= Duration::from_millis(200));

    let mut daemon = Daemon(start_sleep("60")?);
    let status = join_timeout(&mut daemon.0, Duration::from_millis(50))?;
    println!("守护子进程也能 join，50 ms 后：{status:?}");
    println!("主流程到此为止");
    Ok(()) // daemon 在这里离开作用域
}
