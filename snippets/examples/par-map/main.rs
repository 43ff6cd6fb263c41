//! 并行 map：rayon 的 5 线程池分块计算，结果仍按输入顺序

use rayon::prelude::*;
use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};

fn previous_squared(i: i32) -> i32 {
    (i - 1).pow(2)
}

fn main() -> Result<(), ThreadPoolBuildError> {
    let pool = ThreadPoolBuilder::new().num_threads(5).build()?;
    // install：闭包里的并行迭代器改用这个池；整个 map 做完才返回
    let parallel: Vec<i32> =
        pool.install(|| (0..100).into_par_iter().map(previous_squared).collect());
    let serial: Vec<i32> = (0..100).map(previous_squared).collect();
    let (head, tail) = (&parallel[..6], &parallel[97..]);
    println!("前 6 个 {head:?}，最后 3 个 {tail:?}");
    println!("与串行 map 逐项相同：{}", parallel == serial);
    println!("100 个结果，总和 {}", parallel.iter().sum::<i32>());
    Ok(())
}
