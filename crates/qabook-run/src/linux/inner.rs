//! The inner process: makes the layers that need no namespace's owner, starts the program, waits, and says how it ended.

use super::wire::{Order, Report};
use super::{namespaces, restrict};
use crate::{End, Layers, Limit};
use nix::errno::Errno;
use nix::sys::signal::Signal;
use nix::sys::wait::{Id, WaitPidFlag, waitid, waitpid};
use nix::unistd::Pid;
use std::error::Error;
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

/// Carries out the order that comes from the supervisor, and reports to it.
pub(super) fn run(mut supervisor: UnixStream) -> Result<(), Box<dyn Error>> {
    let order = Order::receive(&supervisor)?;
    let mut layers = Layers::default();
    let end = carry_out(&order, &mut layers).map_err(|error| error.to_string());
    supervisor.write_all(&Report { layers, end }.to_bytes())?;
    Ok(())
}

fn carry_out(order: &Order, layers: &mut Layers) -> Result<End, Box<dyn Error>> {
    let job = &order.job;
    if order.namespaces {
        namespaces::settle(job).map_err(|error| format!("namespaces: {error}"))?;
        (layers.network, layers.processes) = (true, true);
    }
    // Orphans come here, where the supervisor looks for them, and are waited for. The session is the program's own: the
    // kernel shares the processors between sessions first, so that the supervisor gets its turn.
    nix::sys::prctl::set_child_subreaper(true)?;
    nix::unistd::setsid()?;
    restrict::limit(job, order.namespaces).map_err(|error| format!("limits: {error}"))?;
    // In namespaces the program has none, and this process's keep the program from tracing it.
    if !order.namespaces {
        restrict::privileges().map_err(|error| format!("capabilities: {error}"))?;
    }
    // After the namespaces and the capabilities: changed credentials would undo it. An end of the supervisor before is seen by its socket.
    nix::sys::prctl::set_pdeathsig(Signal::SIGKILL)?;
    layers.limits = Path::new("/proc/thread-self/children").exists();
    // A file tree of its own holds without landlock, too.
    let landlock = restrict::files(job, order.namespaces).map_err(|error| format!("landlock: {error}"))?;
    layers.files = landlock || order.namespaces;
    if let Some(missing) = missing(order.required, *layers) {
        return Err(format!("the sandbox has lost a layer that held before: {missing}").into());
    }
    if order.probe { Ok(End::Exited(0)) } else { start(order) }
}

/// A layer of `required` that isn't in `made`.
fn missing(required: Layers, made: Layers) -> Option<&'static str> {
    [
        (required.files && !made.files, "files"),
        (required.network && !made.network, "network"),
        (required.processes && !made.processes, "processes"),
        (required.limits && !made.limits, "limits"),
    ]
    .into_iter()
    .find_map(|(missing, name)| missing.then_some(name))
}

fn start(order: &Order) -> Result<End, Box<dyn Error>> {
    let job = &order.job;
    let mut command = Command::new(&job.program);
    command.args(&job.arguments).current_dir(&job.folder).stdin(Stdio::null());
    command.env_clear().envs(job.environment.iter().map(|(name, value)| (name, value)));
    let child = command.spawn().map_err(|error| format!("{}: {error}", job.program.display()))?;
    wait(child)
}

/// Waits for `program`, and meanwhile for whatever else ends: orphans come to the first process of their namespace.
fn wait(mut program: Child) -> Result<End, Box<dyn Error>> {
    let pid = Pid::from_raw(i32::try_from(program.id())?);
    loop {
        // Only looks, for the standard library tells more about the program's end.
        let ended = match waitid(Id::All, WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT) {
            Ok(status) => status.pid(),
            Err(Errno::EINTR) => continue,
            // A signal that nix has no name for.
            Err(Errno::EINVAL) => None,
            Err(error) => return Err(error.into()),
        };
        match ended {
            Some(ended) if ended != pid => {
                let _ = waitpid(ended, None);
            }
            _ => match program.try_wait()? {
                Some(status) => return Ok(end_of(status)),
                None => {
                    let _ = waitpid(None, Some(WaitPidFlag::WNOHANG));
                }
            },
        }
    }
}

fn end_of(status: ExitStatus) -> End {
    match status.signal() {
        // What the kernel says to a file above RLIMIT_FSIZE.
        Some(signal) if signal == Signal::SIGXFSZ as i32 => End::OverLimit(Limit::Disk),
        Some(signal) => End::Signal(signal),
        None => End::Exited(status.code().unwrap_or(-1)),
    }
}
