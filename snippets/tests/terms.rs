//! One term for one thing: the chapters use the book's terms, not other words for them.

use std::fs;
use std::path::{Path, PathBuf};

/// The book's term, and the words that it is never called. What the hand-out says may stand between quotes.
const TERMS: [(&str, &[&str]); 16] = [
    ("工作线程、工作进程", &["工作者"]),
    ("报文段", &["数据段"]),
    ("首部", &["包头", "帧头", "报头"]),
    ("默认", &["缺省"]),
    ("文件描述符", &["描述字", "文件句柄"]),
    ("链路层", &["链接层"]),
    ("服务端", &["服务器端"]),
    ("客户端", &["客户机"]),
    ("僵尸进程", &["僵死进程"]),
    ("全连接队列", &["accept 队列", "已完成连接队列"]),
    ("半连接队列", &["SYN 队列", "未完成连接队列"]),
    ("负载均衡", &["负载平衡"]),
    ("全局解释器锁", &["全局解释锁"]),
    ("I/O 多路复用", &["多路转接", "多路复合"]),
    ("上下文切换", &["环境切换"]),
    ("拥塞", &["拥堵"]),
];

/// Every Markdown file below `folder`.
fn chapters(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let markdown = files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    markdown
        .chain(folders.iter().flat_map(|folder| chapters(folder)))
        .collect()
}

/// `line` without what it quotes.
fn unquoted(line: &str) -> String {
    let parts = line.split('“').enumerate();
    parts
        .map(|(at, part)| {
            if at == 0 {
                part
            } else {
                part.split_once('”').map_or("", |(_, rest)| rest)
            }
        })
        .collect()
}

#[test]
fn chapters_use_the_terms_of_the_book() {
    let files = chapters(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../src"));
    assert!(!files.is_empty());
    let mut wrong = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        // These are the words of readers.
        let of_readers = ["aliases =", "asked ="];
        for (index, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !of_readers.iter().any(|key| line.starts_with(key)))
        {
            let line = unquoted(line);
            for (term, others) in TERMS {
                for other in others.iter().filter(|other| line.contains(**other)) {
                    wrong.push(format!(
                        "{}:{}: {other}: the book says {term}",
                        file.display(),
                        index + 1
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_a_line_quotes_is_left_out() {
    assert_eq!(unquoted("甲“包头”乙“丙”丁"), "甲乙丁");
}
