//! The supervisor: makes the namespaces, starts the inner process, watches the run, and ends it.

use super::namespaces;
use super::process::spawn_helper;
use super::watch::{TICK, Watch, ids_below};
use super::wire::{Order, Report};
use crate::{End, Layers, Limit};
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{Signal, kill, killpg};
use nix::sys::wait::{WaitPidFlag, waitpid};
use nix::unistd::{Pid, getpid, setsid};
use std::error::Error;
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How long processes that were killed may take to go, when there is no namespace that ends with them.
const PATIENCE: Duration = Duration::from_secs(5);

/// Carries out the order that comes from `caller`, and reports to it.
pub(super) fn run(mut caller: UnixStream) -> Result<(), Box<dyn Error>> {
    // Away from the terminal: neither its Ctrl-C nor its input concern a run.
    let _ = setsid();
    let order = Order::receive(&caller)?;
    let report = carry_out(&order, &caller)
        .unwrap_or_else(|error| Report { layers: Layers::default(), end: Err(error.to_string()) });
    caller.write_all(&report.to_bytes())?;
    Ok(())
}

fn carry_out(order: &Order, caller: &UnixStream) -> Result<Report, Box<dyn Error>> {
    if order.namespaces {
        namespaces::enter().map_err(|error| format!("namespaces: {error}"))?;
    }
    // Orphans come here when there is no namespace whose first process they would come to.
    nix::sys::prctl::set_child_subreaper(true)?;
    let (mine, theirs) = UnixStream::pair()?;
    let mut inner =
        spawn_helper("/proc/self/exe".as_ref(), &order.helper, "inner", theirs, Stdio::inherit(), Stdio::inherit())?;
    let id = i32::try_from(inner.id())?;
    let mut watch = Watch::new(&order.job.limits, &order.job.folder, id)
        .map_err(|error| format!("{}: {error}", order.job.folder.display()));
    let report = match &mut watch {
        Ok(watch) => order.send(&mine).and_then(|()| until_end(order, caller, &mine, watch)),
        Err(error) => Err(io::Error::other(error.clone())),
    };
    let status = end_all(&mut inner, order.namespaces)?;
    let mut report = match report? {
        Some(report) => report,
        // By the program, where it can reach it, or for lack of memory.
        None if status.signal().is_some() => {
            Report { layers: order.required, end: Ok(End::Signal(Signal::SIGKILL as i32)) }
        }
        None => return Err("the sandbox's inner process failed".into()),
    };
    if let (Ok(End::Exited(_) | End::Signal(_)), Ok(watch), false) = (&report.end, &watch, order.probe)
        && watch.disk_exceeded(0)
    {
        report.end = Ok(End::OverLimit(Limit::Disk));
    }
    Ok(report)
}

/// Waits until the program ends, goes over a limit, or the caller hangs up, which it also does when it dies.
/// `None`: the process that `started` the program ended without a word.
fn until_end(
    order: &Order,
    caller: &UnixStream,
    mut started: &UnixStream,
    watch: &mut Watch<'_>,
) -> io::Result<Option<Report>> {
    let deadline = Instant::now() + order.job.limits.wall;
    let mut next_look = Instant::now() + TICK;
    let over = |end| Ok(Some(Report { layers: order.required, end: Ok(end) }));
    loop {
        let now = Instant::now();
        if now >= deadline {
            return over(End::OverLimit(Limit::Time));
        }
        if now >= next_look {
            if let Some(limit) = watch.exceeded() {
                return over(End::OverLimit(limit));
            }
            next_look = Instant::now() + TICK;
        }
        let [hung_up, reported] = readable([caller, started], deadline.min(next_look).saturating_duration_since(now))?;
        if reported {
            let mut bytes = Vec::new();
            started.read_to_end(&mut bytes)?;
            return Ok(Report::of_bytes(&bytes));
        }
        if hung_up {
            return over(End::Cancelled);
        }
    }
}

/// Which of the sockets have something to read, or were closed at the other end; none after `timeout`.
fn readable(sockets: [&UnixStream; 2], timeout: Duration) -> io::Result<[bool; 2]> {
    let mut waiting = sockets.map(|socket| PollFd::new(socket.as_fd(), PollFlags::POLLIN));
    // Rounded up: a poll of 0 ms would turn in circles until the time has come.
    let timeout = u16::try_from(timeout.as_millis() + 1).unwrap_or(u16::MAX);
    match poll(&mut waiting, PollTimeout::from(timeout)) {
        Ok(_) | Err(Errno::EINTR) => Ok(waiting.map(|socket| socket.any().unwrap_or(false))),
        Err(error) => Err(error.into()),
    }
}

/// Kills the inner process and whatever is left below; returns when nothing is, with how the inner process ended.
fn end_all(inner: &mut Child, namespaces: bool) -> io::Result<ExitStatus> {
    // In a namespace all end with its first process, and `wait` returns after the last of them.
    inner.kill()?;
    let status = inner.wait()?;
    if namespaces {
        return Ok(status);
    }
    let start = Instant::now();
    // A whole group dies at once, however fast it forks; only those who left it are looked for.
    let _ = killpg(Pid::from_raw(i32::try_from(inner.id()).map_err(io::Error::other)?), Signal::SIGKILL);
    loop {
        let left = ids_below(getpid().as_raw());
        for id in left.iter().map(|id| Pid::from_raw(*id)) {
            // The group that it leads, if it does.
            let _ = killpg(id, Signal::SIGKILL);
            let _ = kill(id, Signal::SIGKILL);
        }
        while waitpid(None, Some(WaitPidFlag::WNOHANG)).is_ok_and(|status| status.pid().is_some()) {}
        if left.is_empty() {
            return Ok(status);
        }
        if start.elapsed() > PATIENCE {
            return Err(io::Error::new(io::ErrorKind::TimedOut, format!("{} processes don't end", left.len())));
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}
