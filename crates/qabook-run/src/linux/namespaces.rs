//! Namespaces: a network, processes and mounts of the program's own.

use super::root;
use crate::Job;
use nix::sched::{CloneFlags, unshare};
use nix::sys::socket::{AddressFamily, MsgFlags, NetlinkAddr, SockFlag, SockProtocol, SockType, recv, sendto, socket};
use nix::unistd::{getgid, getuid};
use std::fs;
use std::io;
use std::os::fd::AsRawFd;
use std::path::Path;

/// The user that the program sees itself as: nobody, who has no privileges after the program starts.
const NOBODY: u32 = 65534;

/// Moves this process, which must have one thread, into namespaces of its own; its children are in a PID namespace.
///
/// It is root there, which gives it power over what is made inside and over nothing outside.
pub(super) fn enter() -> io::Result<()> {
    let (user, group) = (getuid().as_raw(), getgid().as_raw());
    unshare(
        CloneFlags::CLONE_NEWUSER | CloneFlags::CLONE_NEWNET | CloneFlags::CLONE_NEWPID | CloneFlags::CLONE_NEWIPC,
    )?;
    map(0, user, 0, group)?;
    loopback_up()
}

/// What the first process of the PID namespace does before it starts the program: files of its own, and no privileges.
pub(super) fn settle(job: &Job) -> io::Result<()> {
    unshare(CloneFlags::CLONE_NEWNS)?;
    root::enter(job)?;
    // A bound that holds for root, too, where Linux has it for each namespace (6.14): it gives ids below 300 only once.
    let most = 300 + 2 * u64::from(job.limits.processes) + 16;
    let _ = fs::write("/proc/sys/kernel/pid_max", most.to_string());
    // One more user namespace, and the program can't make any: each is a way to the kernel's less tested parts.
    // Where /proc is a container's, this file may be read-only; no promise depends on it.
    let _ = fs::write("/proc/sys/user/max_user_namespaces", "1");
    // The kernel asks only who writes there, and nobody inside is root outside when root started this.
    for settings in ["/proc/sys", "/proc/sysrq-trigger"].map(Path::new) {
        // Where /proc is a container's, these are covered already.
        let _ = root::bind(settings).and_then(|()| root::read_only(settings));
    }
    root::read_only(Path::new("/"))?;
    unshare(CloneFlags::CLONE_NEWUSER)?;
    map(NOBODY, 0, NOBODY, 0)
}

/// Says who the users inside are outside: one of them.
fn map(user_inside: u32, user: u32, group_inside: u32, group: u32) -> io::Result<()> {
    // Without it nobody may map a group.
    fs::write("/proc/self/setgroups", "deny")?;
    fs::write("/proc/self/uid_map", format!("{user_inside} {user} 1"))?;
    fs::write("/proc/self/gid_map", format!("{group_inside} {group} 1"))
}

/// Brings `lo` up: the request that `ip link set lo up` sends, by rtnetlink(7).
fn loopback_up() -> io::Result<()> {
    const RTM_NEWLINK: u16 = 16;
    const NLM_F_REQUEST_ACK: u16 = 1 | 4;
    const NLMSG_ERROR: u16 = 2;
    const IFF_UP: u32 = 1;
    // In every network namespace `lo` is the first interface.
    const LO: i32 = 1;
    let socket = socket(AddressFamily::Netlink, SockType::Raw, SockFlag::SOCK_CLOEXEC, SockProtocol::NetlinkRoute)?;
    let mut request = Vec::with_capacity(32);
    // struct nlmsghdr: length, type, flags, sequence, port
    request.extend(32u32.to_ne_bytes());
    request.extend(RTM_NEWLINK.to_ne_bytes());
    request.extend(NLM_F_REQUEST_ACK.to_ne_bytes());
    request.extend([0; 8]);
    // struct ifinfomsg: family, padding and type; index, flags, which flags change
    request.extend([0; 4]);
    request.extend(LO.to_ne_bytes());
    request.extend(IFF_UP.to_ne_bytes());
    request.extend(IFF_UP.to_ne_bytes());
    sendto(socket.as_raw_fd(), &request, &NetlinkAddr::new(0, 0), MsgFlags::empty())?;
    // The answer: a header of 16 bytes, then an errno, negative, or 0.
    let mut answer = [0; 64];
    let length = recv(socket.as_raw_fd(), &mut answer, MsgFlags::empty())?;
    let kind = u16::from_ne_bytes([answer[4], answer[5]]);
    match i32::from_ne_bytes([answer[16], answer[17], answer[18], answer[19]]) {
        0 if length >= 20 && kind == NLMSG_ERROR => Ok(()),
        errno if length >= 20 && kind == NLMSG_ERROR => Err(io::Error::from_raw_os_error(-errno)),
        _ => Err(io::Error::other("rtnetlink gave no answer")),
    }
}
