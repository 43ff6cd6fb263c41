//! 两个任务在同一个线程上交替运行：线程局部变量被覆盖，任务局部变量不会

use std::cell::Cell;
use tokio::task;

thread_local! {
    static THREAD_USER: Cell<&str> = const { Cell::new("无") };
}

tokio::task_local! {
    static TASK_USER: &'static str; // 值由 scope 设置，跟着任务走
}

async fn handle(user: &'static str) -> String {
    THREAD_USER.set(user);
    task::yield_now().await; // 让出线程：另一个任务也来写 THREAD_USER
    let (thread_user, task_user) = (THREAD_USER.get(), TASK_USER.get());
    format!("请求属于{user}：线程局部变量是{thread_user}，任务局部变量是{task_user}")
}

#[tokio::main(flavor = "current_thread")] // 所有任务都在主线程上跑
async fn main() {
    let tasks = ["甲", "乙"].map(|user| tokio::spawn(TASK_USER.scope(user, handle(user))));
    for task in tasks {
        println!("{}", task.await.unwrap());
    }
}
