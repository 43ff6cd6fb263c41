//! 线程池读文件：一个文件一个任务，结果按输入顺序收回，读不出来的文件也各有一个结果

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use std::{env, fs, io, process};

fn main() -> io::Result<()> {
    let folder = env::temp_dir().join(format!("read-files-pool-{}", process::id()));
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("A.txt"), "甲文件\n第二行\n")?;
    fs::write(folder.join("B.txt"), "乙文件\n")?;
    fs::write(folder.join("GBK.txt"), b"\xbc\xd7")?; // GBK 编码的“甲”，不是 UTF-8

    let pool = ThreadPoolBuilder::new()
        .num_threads(2)
        .build()
        .map_err(io::Error::other)?;
    let names = ["A.txt", "B.txt", "C.txt", "GBK.txt"];
    // 每个任务返回自己的 Result：一个文件出错，不影响其他文件
    let texts: Vec<io::Result<String>> = pool.install(|| {
        names
            .par_iter()
            .map(|name| fs::read_to_string(folder.join(name)))
            .collect()
    });
    fs::remove_dir_all(&folder)?;

    for (name, text) in names.iter().zip(texts) {
        match text {
            Ok(text) => println!("{name}：{} 字节，{} 行", text.len(), text.lines().count()),
            Err(error) => println!("{name}：读取失败，{:?}", error.kind()),
        }
    }
    Ok(())
}
