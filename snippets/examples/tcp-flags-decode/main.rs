//! 从 TCP 首部的第 12、13 字节取出标志位，写成名字和 tcpdump 的记号

/// 位、RFC 的名字、tcpdump 的记号；顺序与 tcpdump 打印的一致
const FLAGS: [(u16, &str, char); 9] = [
    (0x001, "FIN", 'F'),
    (0x002, "SYN", 'S'),
    (0x004, "RST", 'R'),
    (0x008, "PSH", 'P'),
    (0x010, "ACK", '.'),
    (0x020, "URG", 'U'),
    (0x040, "ECE", 'E'),
    (0x080, "CWR", 'W'),
    (0x100, "AE", 'e'),
];

struct Flags(u16);

impl Flags {
    /// 字节不够一个完整的 TCP 首部时返回 `None`
    fn parse(segment: &[u8]) -> Option<Flags> {
        let word = u16::from_be_bytes([*segment.get(12)?, *segment.get(13)?]);
        let header_length = 4 * usize::from(word >> 12); // 数据偏移以 4 字节为单位
        let complete = header_length >= 20 && segment.len() >= header_length;
        complete.then_some(Flags(word & 0x1ff))
    }

    fn describe(&self) -> String {
        let set = FLAGS.iter().filter(|(bit, ..)| self.0 & bit != 0);
        let names: Vec<&str> = set.clone().map(|(_, name, _)| *name).collect();
        let marks: String = set.map(|(.., mark)| mark).collect();
        // 正常连接里不会出现的组合
        let note = if names.contains(&"SYN") && names.contains(&"FIN") {
            "← 异常：又建立又结束"
        } else if self.0 & 0x016 == 0 {
            "← 异常：SYN、RST、ACK 都是 0"
        } else {
            ""
        };
        format!("0x{:03x}  [{marks}]  {} {note}", self.0, names.join("|"))
    }
}

/// 手工造一个 20 字节的首部，没有选项和数据
fn header(flags: u16) -> [u8; 20] {
    let mut bytes = [0; 20];
    bytes[12..14].copy_from_slice(&((5 << 12) | flags).to_be_bytes()); // 5 × 4 = 20
    bytes
}

fn main() {
    let samples = [
        0x002, 0x012, 0x010, 0x018, 0x011, 0x014, 0x0c2, 0x1c2, 0x003, 0x029,
    ];
    for sample in samples {
        let flags = Flags::parse(&header(sample)).expect("首部完整");
        println!("{}", flags.describe().trim_end());
    }
    let truncated = &header(0x002)[..19];
    println!("只有 19 字节，拒绝：{}", Flags::parse(truncated).is_none());
}
