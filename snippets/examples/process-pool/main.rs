//! 进程池：5 个子进程各守一对管道，轮流领任务，结果按提交顺序读回

use std::collections::HashSet;
use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{self, Child, ChildStdin, ChildStdout, Command, Stdio};

struct Worker {
    child: Child,
    tasks: ChildStdin,
    results: BufReader<ChildStdout>,
}

impl Worker {
    fn spawn() -> io::Result<Self> {
        let mut child = Command::new(env::current_exe()?)
            .arg("--worker")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let tasks = child.stdin.take().unwrap();
        let results = BufReader::new(child.stdout.take().unwrap());
        Ok(Self {
            child,
            tasks,
            results,
        })
    }

    /// 参数要变成字节才能过管道；Python 用 pickle 做这件事
    fn submit(&mut self, n: usize) -> io::Result<()> {
        writeln!(self.tasks, "{n}")
    }

    fn result(&mut self) -> io::Result<(usize, u32)> {
        let mut line = String::new();
        self.results.read_line(&mut line)?; // 子进程死了，读到的是空串
        let answer = line
            .trim_end()
            .split_once(' ')
            .and_then(|(square, pid)| Some((square.parse().ok()?, pid.parse().ok()?)));
        answer.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    fn shutdown(mut self) -> io::Result<()> {
        drop(self.tasks); // 关闭管道：子进程读到 EOF 就退出
        self.child.wait().map(drop)
    }
}

/// 子进程：读一行，算一个平方，连同自己的 PID 写回
fn serve_tasks() -> io::Result<()> {
    for line in io::stdin().lines() {
        let n: usize = line?.parse().map_err(io::Error::other)?;
        println!("{} {}", n * n, process::id());
    }
    Ok(())
}

fn main() -> io::Result<()> {
    if env::args().nth(1).as_deref() == Some("--worker") {
        return serve_tasks();
    }
    let mut pool: Vec<Worker> = (0..5).map(|_| Worker::spawn()).collect::<Result<_, _>>()?;
    for n in 0..30 {
        pool[n % 5].submit(n)?; // 只写进管道，不等结果
    }
    let (mut squares, mut pids) = (Vec::new(), HashSet::new());
    for n in 0..30 {
        let (square, pid) = pool[n % 5].result()?;
        squares.push(square);
        pids.insert(pid);
    }
    pool.into_iter().try_for_each(Worker::shutdown)?;
    println!("按提交顺序：{squares:?}");
    let outside = !pids.contains(&process::id());
    println!("{} 个子进程，都不是父进程：{outside}", pids.len());
    Ok(())
}
