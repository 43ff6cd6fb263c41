//! 一个文件一个子进程：先全部启动，再逐个等；内容从管道回来，成败看退出码

use std::collections::HashSet;
use std::fs::{self, File};
use std::process::{self, Command, Stdio};
use std::{env, io};

const NAMES: [&str; 3] = ["A.txt", "B.txt", "C.txt"];

fn main() -> io::Result<()> {
    // 子进程：把参数指定的文件复制到标准输出；出错时 main 返回 Err，退出码是 1
    if let Some(path) = env::args_os().nth(1) {
        return io::copy(&mut File::open(path)?, &mut io::stdout()).map(drop);
    }

    let folder = env::temp_dir().join(format!("read-files-processes-{}", process::id()));
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("A.txt"), "甲文件\n")?;
    fs::write(folder.join("B.txt"), "乙文件\n")?; // 没有 C.txt

    let mut children = Vec::new();
    for name in NAMES {
        let child = Command::new(env::current_exe()?)
            .arg(folder.join(name))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped()) // C.txt 的报错也收进来，不直接印到终端
            .spawn()?;
        children.push(child); // 不在这里等，否则又变成一个读完再读下一个
    }
    let pids: HashSet<u32> = children.iter().map(process::Child::id).collect();
    println!("已启动 {} 个不同的子进程", pids.len());

    for (name, child) in NAMES.iter().zip(children) {
        let output = child.wait_with_output()?; // 读到管道关闭，再等它退出
        let text = String::from_utf8_lossy(&output.stdout);
        println!("{name}：退出码 {:?}，内容 {:?}", output.status.code(), text);
    }
    fs::remove_dir_all(&folder)
}
