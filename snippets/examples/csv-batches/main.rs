//! 每 100 行一个任务，4 个工作线程；有界队列满了，读的一方就停下来等

use crossbeam::channel::{Receiver, bounded};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

// ANCHOR: worker
const BATCH: usize = 100;
const QUEUE: usize = 8;
const WORKERS: usize = 4;

#[derive(Default)]
struct Report {
    accepted: usize,
    dead_letters: Vec<Vec<String>>,
}

/// 代替一次网络往返；从 4200 号开始的那一批，试几次都失败。
fn submit(batch: &[String]) -> Result<(), &'static str> {
    thread::sleep(Duration::from_millis(4));
    if batch[0] == "SUB0004200" {
        return Err("503");
    }
    Ok(())
}

/// 工作线程：通道关闭并取空之后，for 循环自然结束。
fn work(batches: Receiver<Vec<String>>, report: &Mutex<Report>, in_flight: &AtomicUsize) {
    for batch in batches {
        let accepted = (0..3).any(|retry| {
            thread::sleep(Duration::from_millis(10 * retry)); // 第一次不等，重试前退避
            submit(&batch).is_ok()
        });
        let mut report = report.lock().unwrap();
        if accepted {
            report.accepted += batch.len();
        } else {
            report.dead_letters.push(batch);
        }
        in_flight.fetch_sub(1, Relaxed);
    }
}
// ANCHOR_END: worker

// ANCHOR: main
fn main() -> csv::Result<()> {
    let mut file = String::from("\"subscription_id\", \"label\", \"num\"\n");
    file.extend((0..20_050).map(|row| format!("\"SUB{row:07}\", \"5\", \"1\"\n")));

    // 换成真文件：csv::Reader::from_path("subscriptions.csv")?
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let headers = reader.headers()?;
    println!("表头：{headers:?}");
    let column = headers.iter().position(|name| name == "subscription_id");
    let column = column.expect("缺少 subscription_id 列");

    let (sender, receiver) = bounded(QUEUE);
    let (report, in_flight) = (Mutex::default(), AtomicUsize::new(0));
    let (mut batches, mut last, mut peak) = (0, 0, 0);
    thread::scope(|scope| -> csv::Result<()> {
        for _ in 0..WORKERS {
            let receiver = receiver.clone();
            scope.spawn(|| work(receiver, &report, &in_flight));
        }
        drop(receiver);

        let mut ids = reader.records().map(|row| Ok(row?[column].to_string()));
        loop {
            let batch: Vec<String> = ids.by_ref().take(BATCH).collect::<csv::Result<_>>()?;
            if batch.is_empty() {
                break;
            }
            batches += 1;
            last = batch.len();
            peak = peak.max(in_flight.fetch_add(1, Relaxed) + 1);
            sender.send(batch).expect("至少有一个工作线程还在");
        }
        drop(sender); // 关闭通道：不会再有新的一批
        Ok(())
    })?;

    let limit = QUEUE + WORKERS + 1;
    println!(
        "批次 {batches}，最后一批 {last} 行；在途从未超过 {limit} 批：{}",
        peak <= limit
    );
    let report = report.into_inner().unwrap();
    println!("成功 {} 行", report.accepted);
    for batch in report.dead_letters {
        println!("死信：{} 起的 {} 行", batch[0], batch.len());
    }
    Ok(())
}
// ANCHOR_END: main
