//! What runs on this machine, as `/proc` tells.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

/// How soon what was ended must be gone: before its own limit of 10 s would have ended it.
pub(super) const SOON: Duration = Duration::from_secs(8);

/// The processes that run, each with its parent; what has ended and waits to be asked how doesn't.
fn running() -> BTreeMap<u32, u32> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    ids.filter_map(|id| {
        let status = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // After the name, which may hold anything: state and parent.
        let mut fields = status.rsplit_once(')')?.1.split_ascii_whitespace();
        let is_gone = matches!(fields.next()?, "Z" | "X");
        Some((id, fields.next()?.parse().ok()?)).filter(|_| !is_gone)
    })
    .collect()
}

/// Those that `ancestor` started, and those that they did.
pub(super) fn below(ancestor: u32) -> Vec<u32> {
    let running = running();
    let mut found = vec![ancestor];
    let mut next = 0;
    while let Some(&parent) = found.get(next) {
        found.extend(running.iter().filter(|(_, its)| **its == parent).map(|(id, _)| *id));
        next += 1;
    }
    found.split_off(1)
}

/// Whether one of them is the program that a run compiled.
pub(super) fn runs_program(ids: &[u32]) -> bool {
    ids.iter().any(|id| {
        let line = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        line.split(|byte| *byte == 0).next().is_some_and(|program| program.ends_with(b"/build/playground"))
    })
}

/// Waits until `ancestor` runs a program that it compiled; returns all that it started.
pub(super) fn wait_for_program(ancestor: u32) -> Vec<u32> {
    let deadline = Instant::now() + crate::server::PATIENCE;
    loop {
        let ids = below(ancestor);
        if runs_program(&ids) {
            return ids;
        }
        assert!(Instant::now() < deadline, "the program doesn't start");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Waits until none of them is left, which must be soon.
pub(super) fn assert_gone(ids: &[u32]) {
    let deadline = Instant::now() + SOON;
    loop {
        let running = running();
        let left: Vec<_> = ids.iter().filter(|id| running.contains_key(id)).collect();
        if left.is_empty() {
            return;
        }
        assert!(Instant::now() < deadline, "{left:?} of {ids:?} still run");
        std::thread::sleep(Duration::from_millis(20));
    }
}
