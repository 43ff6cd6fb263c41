use std::env;

fn main() {
    // ANCHOR: body
    let name = env::args().next();
    println!("{name:?}");
    // ANCHOR_END: body
}
