//! Adds
fn main() {
    /* a /* nested */ b */ println!("{}", r#"a"b"#);
}
