//! What the processes below one of them use, read from `/proc`.

use crate::{Limit, Limits};
use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How often memory and processes are looked at.
pub(super) const TICK: Duration = Duration::from_millis(25);

/// The least that an entry of a folder counts, however small: a disk can be filled with names alone.
const ENTRY: u64 = 4096;

/// A process and its threads, by its id.
struct Process {
    id: i32,
    threads: u32,
    children: Vec<i32>,
}

impl Process {
    /// `None` when there is no such process, or none any more.
    fn read(id: i32) -> Option<Self> {
        let (mut threads, mut children) = (0, Vec::new());
        for thread in fs::read_dir(format!("/proc/{id}/task")).ok()?.flatten() {
            threads += 1;
            let list = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
            children.extend(list.split_ascii_whitespace().filter_map(|child| child.parse::<i32>().ok()));
        }
        Some(Self { id, threads, children })
    }

    /// Bytes of memory that aren't a file's: what the kernel can't drop and read again.
    fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id)).unwrap_or_default();
        let of = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_ascii_whitespace().next()?.parse::<u64>().ok()
        };
        ["RssAnon:", "RssShmem:"].iter().filter_map(|name| of(name)).sum::<u64>() * 1024
    }

    /// Deleted files that it holds open, as `((device, inode), bytes)`.
    fn deleted(&self) -> Vec<((u64, u64), u64)> {
        let Ok(open) = fs::read_dir(format!("/proc/{}/fd", self.id)) else { return Vec::new() };
        let files = open.flatten().filter_map(|entry| fs::metadata(entry.path()).ok());
        files
            .filter(|file| file.is_file() && file.nlink() == 0)
            .map(|file| ((file.dev(), file.ino()), file.blocks() * 512))
            .collect()
    }
}

/// The processes below `root`; `at_most` bounds their number, give or take one process's threads.
fn below(root: i32, at_most: u32) -> Vec<Process> {
    let (mut seen, mut found, mut threads) = (HashSet::new(), Vec::new(), 0);
    // One that ended meanwhile has left its children to `root`, so that another look there finds them.
    for _ in 0..3 {
        let mut next = Process::read(root).map_or_else(Vec::new, |process| process.children);
        let before = found.len();
        while let Some(id) = next.pop() {
            if !seen.insert(id) {
                continue;
            }
            let Some(process) = Process::read(id) else { continue };
            next.extend(&process.children);
            threads += process.threads;
            found.push(process);
            if threads > at_most {
                return found;
            }
        }
        if found.len() == before {
            break;
        }
    }
    found
}

/// How many processes `inner` sees in its `/proc`, itself included, if that is one of its own. No process that starts and
/// ends fast enough can hide from it, as it can from `below`.
fn in_namespace(inner: i32) -> Option<usize> {
    let proc = Path::new("/proc").join(inner.to_string()).join("root").join("proc");
    if fs::metadata(&proc).ok()?.dev() == fs::metadata("/proc").ok()?.dev() {
        return None;
    }
    let names = fs::read_dir(&proc).ok()?.flatten();
    Some(names.filter(|entry| entry.file_name().as_encoded_bytes()[0].is_ascii_digit()).count())
}

/// The ids of all processes below `root`.
pub(super) fn ids_below(root: i32) -> Vec<i32> {
    below(root, u32::MAX).into_iter().map(|process| process.id).collect()
}

/// Compares what a run uses with its limits.
pub(super) struct Watch<'l> {
    limits: &'l Limits,
    folder: PathBuf,
    /// The device of the folder: a deleted file there is disk, elsewhere it is memory.
    device: u64,
    inner: i32,
    /// The disk is looked at less often when looking takes long, so that it takes a tenth of the time at most.
    next_disk: Instant,
}

impl<'l> Watch<'l> {
    /// Watches the processes below `inner`, and `folder`, which must exist.
    pub(super) fn new(limits: &'l Limits, folder: &Path, inner: i32) -> io::Result<Self> {
        let device = fs::metadata(folder)?.dev();
        Ok(Self { limits, folder: folder.to_owned(), device, inner, next_disk: Instant::now() })
    }

    /// A limit that is exceeded now.
    pub(super) fn exceeded(&mut self) -> Option<Limit> {
        let most = self.limits.processes as usize;
        if in_namespace(self.inner).is_some_and(|count| count > most + 1) {
            return Some(Limit::Processes);
        }
        let processes = below(self.inner, self.limits.processes);
        if processes.iter().map(|process| process.threads).sum::<u32>() > self.limits.processes {
            return Some(Limit::Processes);
        }
        let memory: u64 = processes.iter().map(Process::memory).sum();
        if memory > self.limits.memory {
            return Some(Limit::Memory);
        }
        let begin = Instant::now();
        if begin < self.next_disk {
            return None;
        }
        // Children inherit what is open: each file counts once.
        let deleted: HashMap<_, _> = processes.iter().flat_map(Process::deleted).collect();
        let (on_disk, in_memory): (Vec<_>, Vec<_>) =
            deleted.iter().partition(|((device, _), _)| *device == self.device);
        let sum = |files: Vec<(_, &u64)>| files.into_iter().map(|(_, bytes)| bytes).sum::<u64>();
        let exceeded = if memory + sum(in_memory) > self.limits.memory {
            Some(Limit::Memory)
        } else {
            self.disk_exceeded(sum(on_disk)).then_some(Limit::Disk)
        };
        self.next_disk = Instant::now() + begin.elapsed() * 10;
        exceeded
    }

    /// Whether the folder and `more` bytes exceed the limit.
    pub(super) fn disk_exceeded(&self, more: u64) -> bool {
        let mut room = self.limits.disk.checked_sub(more);
        // What can't be looked at may hold anything: a path that is too long, a folder that was closed from inside.
        room.as_mut().is_none_or(|room| take(&self.folder, room).is_err())
    }
}

/// Takes what `folder` holds from `room`; an error when it holds more or can't be read.
fn take(folder: &Path, room: &mut u64) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let status = match entry.metadata() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            status => status?,
        };
        let bytes = (status.blocks() * 512).max(ENTRY);
        *room = room.checked_sub(bytes).ok_or(io::ErrorKind::FileTooLarge)?;
        if status.is_dir() {
            take(&entry.path(), room)?;
        }
    }
    Ok(())
}
