//! 普通的 static 全进程一份：没有同步的 Cell 不许放进去

use std::cell::Cell;

static COUNT: Cell<i32> = Cell::new(0);

fn main() {
    COUNT.set(1);
}
