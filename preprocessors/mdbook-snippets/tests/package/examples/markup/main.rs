//! Prints `markup`
fn main() {
    println!("<li data-card=\"x\">a & b</li></samp>");
}
