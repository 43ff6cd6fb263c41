//! 封装与拆封：18 字节数据依次套上 TCP、IPv4、以太网首部，再逐层拆开

const SRC_IP: [u8; 4] = [192, 0, 2, 1];
const DST_IP: [u8; 4] = [198, 51, 100, 7];
/// 目的 MAC、源 MAC、EtherType 0x0800（里面是 IPv4）
const ETHERNET_HEADER: [u8; 14] = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x08, 0x00];

/// 互联网校验和：按 16 位求反码和再取反；连同校验和字段一起再算，应得 0
fn checksum(bytes: &[u8]) -> u16 {
    let mut sum = 0_u16;
    for pair in bytes.chunks(2) {
        let low = *pair.get(1).unwrap_or(&0); // 只剩一个字节时补 0
        let word = u16::from_be_bytes([pair[0], low]);
        let (partial, carry) = sum.overflowing_add(word);
        sum = partial + u16::from(carry); // 最高位的进位加回最低位
    }
    !sum
}

/// 16 位长度字段，网络字节序（大端）
fn length_field(length: usize) -> [u8; 2] {
    u16::try_from(length).expect("不超过 65535").to_be_bytes()
}

/// TCP 的校验和还覆盖伪首部：两个 IP 地址、协议号 6、TCP 长度
fn tcp_checksum(segment: &[u8]) -> u16 {
    let length = length_field(segment.len());
    let pseudo_header = [&SRC_IP[..], &DST_IP, &[0, 6], &length].concat();
    checksum(&[&pseudo_header, segment].concat())
}

fn tcp_segment(data: &[u8]) -> Vec<u8> {
    let mut segment = vec![
        0xc3, 0x50, 0, 80, // 源端口 50000、目的端口 80
        0, 0, 0, 101, // 序号
        0, 0, 1, 45, // 确认号 301
        0x50, 0x18, 0xff, 0xff, // 首部长 5×4 字节、标志 PSH 和 ACK、窗口 65535
        0, 0, 0, 0, // 校验和（先填 0）、紧急指针
    ];
    segment.extend(data);
    let sum = tcp_checksum(&segment);
    segment[16..18].copy_from_slice(&sum.to_be_bytes());
    segment
}

fn ipv4_packet(segment: &[u8]) -> Vec<u8> {
    let [high, low] = length_field(20 + segment.len());
    let mut packet = vec![
        0x45, 0, high, low, // 版本 4、首部长 5×4 字节、DSCP 与 ECN、总长
        0, 1, 0x40, 0, // 标识、标志 DF
        64, 6, 0, 0, // TTL、协议号 6（TCP）、校验和（先填 0）
    ];
    packet.extend(SRC_IP);
    packet.extend(DST_IP);
    let sum = checksum(&packet); // IPv4 的校验和只管首部
    packet[10..12].copy_from_slice(&sum.to_be_bytes());
    packet.extend(segment);
    packet
}

/// 打印一个数据单元：总长 = 首部 + 载荷，以及首部的每个字节
fn show(name: &str, header: usize, unit: &[u8]) {
    let (total, rest) = (unit.len(), unit.len() - header);
    print!("{name} {total} B = {header} + {rest} |");
    for byte in &unit[..header] {
        print!(" {byte:02x}");
    }
    println!();
}

fn main() {
    let data = b"GET / HTTP/1.0\r\n\r\n";
    let segment = tcp_segment(data);
    let packet = ipv4_packet(&segment);
    let frame = [&ETHERNET_HEADER[..], &packet].concat();
    show("段", 20, &segment);
    show("包", 20, &packet);
    show("帧", 14, &frame);
    println!("载荷效率 {}%", data.len() * 100 / frame.len());

    // 接收方：逐层拆掉首部，首部里的字段说明该交给上层的谁
    let (ethernet, packet) = frame.split_at(14);
    let (ip, segment) = packet.split_at(usize::from(packet[0] & 0x0f) * 4);
    let (tcp, data) = segment.split_at(usize::from(segment[12] >> 4) * 4);
    let ether_type = u16::from_be_bytes([ethernet[12], ethernet[13]]);
    let port = u16::from_be_bytes([tcp[2], tcp[3]]);
    println!("EtherType {ether_type:#06x}：IPv4，校验得 {}", checksum(ip));
    println!("协议号 {}：TCP，校验得 {}", ip[9], tcp_checksum(segment));
    println!("端口 {port}：{:?}", String::from_utf8_lossy(data));
}
