//! 两段
use tokio::net::TcpStream;

fn main() {
    // ANCHOR: client
    let client = 1;
    // ANCHOR_END: client
}
