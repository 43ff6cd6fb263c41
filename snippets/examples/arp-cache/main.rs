//! 按 RFC 826 收发 ARP：先查缓存，未命中才广播；目标不在本子网就问网关；伪造的应答也照收

use std::collections::HashMap;
use std::net::Ipv4Addr;

type Mac = [u8; 6];
const ETHERTYPE_ARP: [u8; 2] = [0x08, 0x06];
/// 硬件类型 1（以太网）、协议类型 0x0800（IPv4）、两种地址的长度 6 和 4
const ETHERNET_IPV4: [u8; 6] = [0, 1, 8, 0, 6, 4];
const REQUEST: u8 = 1;
const REPLY: u8 = 2;

struct Host {
    ip: Ipv4Addr,
    mac: Mac,
    cache: HashMap<Ipv4Addr, Mac>,
}

impl Host {
    fn new(number: u8) -> Host {
        let ip = Ipv4Addr::new(192, 168, 1, number);
        let mac = [2, 0, 0, 0, 0, number];
        let cache = HashMap::new();
        Host { ip, mac, cache }
    }

    /// 以太网首部 14 B + ARP 28 B，发送方是自己。
    fn arp_frame(&self, op: u8, to: Mac, target_ip: Ipv4Addr) -> Vec<u8> {
        let target_mac = if op == REQUEST { [0; 6] } else { to };
        let ethernet = [&to[..], &self.mac, &ETHERTYPE_ARP].concat();
        let sender = [&self.mac[..], &self.ip.octets()].concat();
        let target = [&target_mac[..], &target_ip.octets()].concat();
        [&ethernet[..], &ETHERNET_IPV4, &[0, op], &sender, &target].concat()
    }

    /// 收到一帧；问的是自己才返回应答。
    fn on_frame(&mut self, frame: &[u8]) -> Option<Vec<u8>> {
        // 先验长度和类型：别的协议、别的硬件，这里不认识
        if frame.len() < 42 || frame[12..14] != ETHERTYPE_ARP || frame[14..20] != ETHERNET_IPV4 {
            return None;
        }
        let sender_mac: Mac = frame[22..28].try_into().ok()?;
        let sender_ip = Ipv4Addr::new(frame[28], frame[29], frame[30], frame[31]);
        let for_me = frame[38..42] == self.ip.octets();
        // 已有的表项一律更新；问的是自己，才新建一条
        if for_me || self.cache.contains_key(&sender_ip) {
            self.cache.insert(sender_ip, sender_mac);
        }
        (for_me && frame[20..22] == [0, REQUEST])
            .then(|| self.arp_frame(REPLY, sender_mac, sender_ip))
    }
}

fn main() {
    let mut me = Host::new(2);
    let mut others = [Host::new(1), Host::new(3)];
    let (gateway, neighbour) = (others[0].ip, others[1].ip);

    for destination in [neighbour, neighbour, Ipv4Addr::new(203, 0, 113, 9)] {
        // 掩码是 /24：前三个字节相同就在本子网
        let on_link = destination.octets()[..3] == me.ip.octets()[..3];
        let next_hop = if on_link { destination } else { gateway };
        if let Some(mac) = me.cache.get(&next_hop) {
            println!("发往 {destination}：缓存命中 {mac:02x?}");
            continue;
        }
        let request = me.arp_frame(REQUEST, [0xff; 6], next_hop);
        let length = request.len();
        println!("发往 {destination}：广播 {length} B，问 {next_hop}");
        // 交换机把广播帧送到同一广播域的每台主机
        for host in &mut others {
            if let Some(reply) = host.on_frame(&request) {
                println!("  {} 单播应答给 {:02x?}", host.ip, &reply[..6]);
                me.on_frame(&reply);
            }
            println!("  {} 的缓存有 {} 条", host.ip, host.cache.len());
        }
    }

    println!("缓存里网关的 MAC：{:02x?}", me.cache[&gateway]);
    let mut impostor = Host::new(3);
    impostor.ip = gateway;
    me.on_frame(&impostor.arp_frame(REPLY, me.mac, me.ip));
    println!("收到伪造的应答后：{:02x?}", me.cache[&gateway]);
}
