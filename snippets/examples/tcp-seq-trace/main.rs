//! 演算一条 TCP 连接的九个报文段：序号按规则累加，状态照 RFC 9293 图 5 转换

struct Peer {
    state: &'static str,
    next_to_send: u32,  // 下一个要发的序号，RFC 写作 SND.NXT
    next_expected: u32, // 下一个想收的序号，RFC 写作 RCV.NXT
}

/// 状态机：发出（snd）或收到（rcv）带这些标志的报文段之后，进入哪个状态
fn next_state(state: &'static str, event: &str) -> &'static str {
    match (state, event) {
        ("CLOSED", "snd SYN") => "SYN-SENT",
        ("LISTEN", "rcv SYN") => "SYN-RECEIVED",
        ("SYN-SENT", "rcv SYN,ACK") | ("SYN-RECEIVED", "rcv ACK") => "ESTABLISHED",
        ("ESTABLISHED", "snd FIN,ACK") => "FIN-WAIT-1",
        ("ESTABLISHED", "rcv FIN,ACK") => "CLOSE-WAIT",
        ("FIN-WAIT-1", "rcv ACK") => "FIN-WAIT-2",
        ("FIN-WAIT-2", "rcv FIN,ACK") => "TIME-WAIT",
        ("CLOSE-WAIT", "snd FIN,ACK") => "LAST-ACK",
        ("LAST-ACK", "rcv ACK") => "CLOSED",
        _ => state, // 其余报文段不改变状态
    }
}

/// `from` 发一个报文段，`to` 按序收到；返回它的 seq 和 ack
fn transmit(from: &mut Peer, to: &mut Peer, flags: &str, len: u32) -> (u32, String) {
    let seq = from.next_to_send;
    let ack = match flags {
        "SYN" => "-".to_string(), // 没有 ACK 标志，ack 字段无效
        _ => from.next_expected.to_string(),
    };
    // 每个数据字节占一个序号，SYN、FIN 各占一个，ACK 不占
    let occupied = len + u32::from(flags.contains("SYN")) + u32::from(flags.contains("FIN"));
    from.next_to_send = seq.wrapping_add(occupied); // 模 2^32 加法
    to.next_expected = from.next_to_send;

    from.state = next_state(from.state, &format!("snd {flags}"));
    to.state = next_state(to.state, &format!("rcv {flags}"));
    (seq, ack)
}

fn main() {
    let peer = |state, initial_seq| Peer {
        state,
        next_to_send: initial_seq,
        next_expected: 0,
    };
    let (mut a, mut b) = (peer("CLOSED", 100), peer("LISTEN", 300));
    let segments = [
        ("A", "SYN", 0), // 三次握手
        ("B", "SYN,ACK", 0),
        ("A", "ACK", 0),
        ("A", "ACK", 5), // 5 字节数据
        ("B", "ACK", 0),
        ("A", "FIN,ACK", 0), // 四次挥手
        ("B", "ACK", 0),
        ("B", "FIN,ACK", 0),
        ("A", "ACK", 0),
    ];
    for (sender, flags, len) in segments {
        let (seq, ack) = match sender {
            "A" => transmit(&mut a, &mut b, flags, len),
            _ => transmit(&mut b, &mut a, flags, len),
        };
        print!("{sender} 发 {flags:<7} seq={seq} ack={ack:<3} len={len}");
        println!("   A: {:<11}  B: {}", a.state, b.state);
    }
}
