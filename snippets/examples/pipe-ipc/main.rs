//! 父进程把小写字母写进一条管道，子进程把大写写回另一条；关掉写端，对方才读到 EOF

use std::env;
use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::process::{Child, Command};

/// 子进程：标准输入和标准输出已经接在两条管道上
fn shout() -> io::Result<()> {
    for line in io::stdin().lines() {
        println!("{}", line?.to_uppercase());
    }
    Ok(()) // stdin 读到 EOF，退出；写端随进程一起关闭
}

fn start_child(stdin: PipeReader, stdout: PipeWriter) -> io::Result<Child> {
    let mut command = Command::new(env::current_exe()?);
    command.arg("--child").stdin(stdin).stdout(stdout);
    command.spawn()
} // command 在这里销毁，父进程手里的这两端随之关闭

fn main() -> io::Result<()> {
    if env::args().nth(1).as_deref() == Some("--child") {
        return shout();
    }
    let (child_stdin, mut to_child) = io::pipe()?;
    let (mut from_child, child_stdout) = io::pipe()?;
    let mut child = start_child(child_stdin, child_stdout)?;

    for piece in ["hel", "lo\npi", "pe\n"] {
        to_child.write_all(piece.as_bytes())?; // 写 3 次，一共 2 行
    }
    drop(to_child); // 不关写端，子进程就一直等下一行

    let mut answer = String::new();
    from_child.read_to_string(&mut answer)?; // 一直读到 EOF
    println!("父进程读到：{:?}", answer.lines().collect::<Vec<_>>());
    println!("再读一次，返回 {}：EOF", from_child.read(&mut [0; 8])?);
    println!("子进程正常退出：{}", child.wait()?.success());
    Ok(())
}
