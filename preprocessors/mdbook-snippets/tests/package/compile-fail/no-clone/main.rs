//! 不能编译
fn main() {
    let x: u8 = "";
}
