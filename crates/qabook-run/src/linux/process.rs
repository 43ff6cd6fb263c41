//! Starting helpers, with nothing of the caller's.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Starts a helper that has `socket` as its standard input, and no environment that a program could read.
pub(super) fn spawn_helper(
    program: &Path,
    arguments: &[OsString],
    role: &str,
    socket: UnixStream,
    stdout: Stdio,
    stderr: Stdio,
) -> io::Result<Child> {
    let mut command = Command::new(program);
    command.args(arguments).arg(role).env_clear();
    command.stdin(OwnedFd::from(socket)).stdout(stdout).stderr(stderr).spawn()
}

/// Closes what the caller's parents left open to it: a program could read and write it, whatever the layers say.
pub(super) fn close_inherited() {
    let Ok(open) = fs::read_dir("/proc/self/fd") else { return };
    // All names first: among them is the one that reads them.
    let open: Vec<i32> = open.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    for descriptor in open.into_iter().filter(|descriptor| *descriptor > 2) {
        let _ = nix::unistd::close(descriptor);
    }
}
