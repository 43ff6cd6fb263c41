//! The sandbox on Linux.

mod inner;
mod namespaces;
mod output;
mod paths;
mod process;
mod restrict;
mod root;
mod supervise;
mod watch;
mod wire;

use crate::{Cancel, End, Job, Layers, Limit, Limits, Outcome};
use output::Output;
use process::{close_inherited, spawn_helper};
use std::ffi::OsString;
use std::io::{self, Read};
use std::net::Shutdown;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, ExitCode, Stdio};
use std::time::{Duration, Instant};
use wire::{Order, Report};

/// How long a supervisor may take to end a run after it was told to.
const PATIENCE: Duration = Duration::from_secs(10);

/// Runs programs in the layers that hold on this machine.
#[derive(Clone, Debug)]
pub struct Sandbox {
    helper: PathBuf,
    arguments: Vec<OsString>,
    namespaces: bool,
    layers: Layers,
}

impl Sandbox {
    /// A sandbox whose processes are `helper` with `arguments`: a program that passes all further arguments to
    /// [`helper`](crate::helper()), at once and before it starts a thread.
    ///
    /// Runs the helper to see which layers hold: it fails when the helper can't be run or isn't one.
    /// `/proc/self/exe` is the calling program itself, even after its file was replaced.
    pub fn new(helper: PathBuf, arguments: Vec<OsString>) -> io::Result<Self> {
        let mut sandbox = Self { helper, arguments, namespaces: true, layers: Layers::default() };
        sandbox.layers = if let Ok(layers) = sandbox.probe() {
            layers
        } else {
            sandbox.namespaces = false;
            sandbox.probe()?
        };
        Ok(sandbox)
    }

    /// Which layers hold; a run in which one of them doesn't is an error.
    #[must_use]
    pub fn layers(&self) -> Layers {
        self.layers
    }

    /// Runs `job` until it ends, goes over a limit, or `cancel` is called. Nothing of it is left when this returns.
    ///
    /// It fails when the program can't be started, a folder is missing, or a layer no longer holds.
    pub fn run(&self, job: &Job, cancel: &Cancel) -> io::Result<Outcome> {
        self.carry_out(job, cancel, false).map(|(outcome, _)| outcome)
    }

    /// Which layers hold, as a helper finds that runs no program.
    ///
    /// In an empty folder of its own: in one that others fill, such as that of temporary files, the helper was ended for what
    /// they had written, and what it could no longer say was taken for a sandbox without layers.
    fn probe(&self) -> io::Result<Layers> {
        let folder = tempfile::tempdir()?;
        let job = Job {
            program: PathBuf::new(),
            arguments: Vec::new(),
            environment: Vec::new(),
            folder: folder.path().to_path_buf(),
            readable: Vec::new(),
            limits: Limits::of_program(),
        };
        let (outcome, layers) = self.carry_out(&job, &Cancel::default(), true)?;
        match outcome.end {
            End::Exited(0) => Ok(layers),
            end => Err(io::Error::other(format!("the sandbox's helper was ended: {end:?}"))),
        }
    }

    fn carry_out(&self, job: &Job, cancel: &Cancel, probe: bool) -> io::Result<(Outcome, Layers)> {
        let start = Instant::now();
        if cancel.is_cancelled() {
            let outcome = Outcome { stdout: vec![], stderr: vec![], end: End::Cancelled, elapsed: start.elapsed() };
            return Ok((outcome, self.layers));
        }
        let (mine, theirs) = UnixStream::pair()?;
        let mut supervisor =
            spawn_helper(&self.helper, &self.arguments, "supervise", theirs, Stdio::piped(), Stdio::piped())?;
        let order = Order {
            helper: self.arguments.clone(),
            namespaces: self.namespaces,
            required: self.layers,
            probe,
            job: job.clone(),
        };
        let result = converse(&order, &mine, &mut supervisor, cancel);
        let elapsed = start.elapsed();
        // Without a report, or after it: it has ended, or ends when it sees that nobody listens.
        drop(mine);
        wait_for(&mut supervisor)?;
        let (output, report) = result?;
        let layers = report.layers;
        let end = report.end.map_err(io::Error::other)?;
        let ([stdout, stderr], over) = output.finish()?;
        let end = if over { End::OverLimit(Limit::Output) } else { end };
        Ok((Outcome { stdout, stderr, end, elapsed }, layers))
    }
}

/// Gives the order, collects the output until the supervisor reports, and tells it to end the run if it must.
fn converse(
    order: &Order,
    mut socket: &UnixStream,
    supervisor: &mut Child,
    cancel: &Cancel,
) -> io::Result<(Output, Report)> {
    let streams = (supervisor.stdout.take(), supervisor.stderr.take());
    let (Some(stdout), Some(stderr)) = streams else { return Err(io::ErrorKind::BrokenPipe.into()) };
    let mut output = Output::new(stdout, stderr, order.job.limits.output)?;
    order.send(socket)?;
    let mut told = None;
    loop {
        if output.collect(socket.as_fd())? {
            let mut bytes = Vec::new();
            socket.read_to_end(&mut bytes)?;
            let report =
                Report::of_bytes(&bytes).ok_or_else(|| io::Error::other("the sandbox's helper ended early"))?;
            return Ok((output, report));
        }
        if told.is_none() && (cancel.is_cancelled() || output.is_over()) {
            socket.shutdown(Shutdown::Write)?;
            told = Some(Instant::now());
        }
        if told.is_some_and(|told| told.elapsed() > PATIENCE) {
            return Err(io::Error::new(io::ErrorKind::TimedOut, "the sandbox's helper doesn't end the run"));
        }
    }
}

/// Waits for the supervisor, which has nothing left to do, and kills it if it doesn't end; its death ends the inner process.
fn wait_for(supervisor: &mut Child) -> io::Result<()> {
    let start = Instant::now();
    while supervisor.try_wait()?.is_none() {
        if start.elapsed() > PATIENCE {
            supervisor.kill()?;
            supervisor.wait()?;
            return Err(io::Error::new(io::ErrorKind::TimedOut, "the sandbox's helper doesn't end"));
        }
        std::thread::sleep(Duration::from_micros(200));
    }
    Ok(())
}

/// The helper's side: what `HELPER ARGUMENTS… <rest>` does with `<rest>`, which is for this crate alone to say.
///
/// Returns the code to exit with; anybody else who calls the helper gets a failure and one line on standard error.
pub fn helper(mut arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let role = arguments.next().unwrap_or_default();
    close_inherited();
    let socket = io::stdin().as_fd().try_clone_to_owned().map(UnixStream::from);
    let result = match (role.to_str(), socket) {
        (Some("supervise"), Ok(socket)) => supervise::run(socket),
        (Some("inner"), Ok(socket)) => inner::run(socket),
        _ => Err("this command is for the sandbox of qabook-run alone".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
