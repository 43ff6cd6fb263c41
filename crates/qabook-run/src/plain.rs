//! Systems without the Linux layers: a process group or job object, the clock, and the limit of output.

use crate::{Cancel, End, Job, Layers, Limit, Outcome};
use process_wrap::std::{ChildWrapper, CommandWrap};
use std::ffi::OsString;
use std::io::{self, Read};
use std::path::PathBuf;
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// How often the clock and the cancellation are looked at.
const TICK: Duration = Duration::from_millis(10);

/// Runs programs; here without isolation.
#[derive(Clone, Debug)]
pub struct Sandbox(());

impl Sandbox {
    /// The parameters are those on Linux; no helper is run here.
    pub fn new(_helper: PathBuf, _arguments: Vec<OsString>) -> io::Result<Self> {
        Ok(Self(()))
    }

    /// None: only time and output are limited.
    #[must_use]
    pub fn layers(&self) -> Layers {
        Layers::default()
    }

    /// Runs `job` until it ends, goes over its time or output, or `cancel` is called; then its process group is killed.
    pub fn run(&self, job: &Job, cancel: &Cancel) -> io::Result<Outcome> {
        let start = Instant::now();
        if cancel.is_cancelled() {
            return Ok(Outcome {
                stdout: Vec::new(),
                stderr: Vec::new(),
                end: End::Cancelled,
                elapsed: start.elapsed(),
            });
        }
        let mut child = spawn(job)?;
        let stdout = collect(child.stdout().take(), job.limits.output);
        let stderr = collect(child.stderr().take(), job.limits.output);
        let mut output = [Stream::new(stdout), Stream::new(stderr)];
        let end = loop {
            if let Some(status) = child.try_wait()? {
                break end_of(status);
            }
            for stream in &mut output {
                stream.look();
            }
            if output.iter().any(|stream| stream.over) {
                break End::OverLimit(Limit::Output);
            }
            if cancel.is_cancelled() {
                break End::Cancelled;
            }
            if start.elapsed() > job.limits.wall {
                break End::OverLimit(Limit::Time);
            }
            thread::sleep(TICK);
        };
        let elapsed = start.elapsed();
        // The group: also what the program left behind. It may be gone.
        let _ = child.start_kill();
        let _ = child.try_wait();
        for stream in &mut output {
            stream.finish();
        }
        let end = if output.iter().any(|stream| stream.over) { End::OverLimit(Limit::Output) } else { end };
        let [stdout, stderr] = output.map(|stream| stream.bytes);
        Ok(Outcome { stdout, stderr, end, elapsed })
    }
}

/// Says that there is no helper on this system; nothing here runs it.
pub fn helper(_arguments: impl Iterator<Item = OsString>) -> ExitCode {
    eprintln!("programs run without a helper on this system");
    ExitCode::FAILURE
}

fn spawn(job: &Job) -> io::Result<Box<dyn ChildWrapper>> {
    let mut command = Command::new(&job.program);
    command.args(&job.arguments).current_dir(&job.folder).env_clear();
    // Without it a program of Windows finds no sockets and no random numbers.
    #[cfg(windows)]
    command.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
    command.envs(job.environment.iter().map(|(name, value)| (name, value)));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut command = CommandWrap::from(command);
    #[cfg(unix)]
    command.wrap(process_wrap::std::ProcessGroup::leader());
    #[cfg(windows)]
    command.wrap(process_wrap::std::JobObject);
    command.spawn()
}

#[cfg(unix)]
fn end_of(status: ExitStatus) -> End {
    use std::os::unix::process::ExitStatusExt;
    status.signal().map_or_else(|| End::Exited(status.code().unwrap_or(-1)), End::Signal)
}

#[cfg(not(unix))]
fn end_of(status: ExitStatus) -> End {
    End::Exited(status.code().unwrap_or(-1))
}

/// Sends what `stream` gives, one byte more than `most` at the end: enough to know that there was more.
fn collect(stream: Option<impl Read + Send + 'static>, most: usize) -> (Receiver<Vec<u8>>, usize) {
    let (sender, receiver) = mpsc::channel();
    if let Some(mut stream) = stream {
        thread::spawn(move || {
            let (mut buffer, mut room) = (vec![0; 16 << 10], most + 1);
            while room > 0 {
                let wanted = room.min(buffer.len());
                match stream.read(&mut buffer[..wanted]) {
                    Ok(0) => break,
                    Ok(count) => {
                        room -= count;
                        if sender.send(buffer[..count].to_vec()).is_err() {
                            break;
                        }
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(_) => break,
                }
            }
        });
    }
    (receiver, most)
}

/// What came from a thread of `collect` so far.
struct Stream {
    receiver: Receiver<Vec<u8>>,
    most: usize,
    bytes: Vec<u8>,
    over: bool,
}

impl Stream {
    fn new((receiver, most): (Receiver<Vec<u8>>, usize)) -> Self {
        Self { receiver, most, bytes: Vec::new(), over: false }
    }

    fn add(&mut self, piece: &[u8]) {
        self.bytes.extend_from_slice(piece);
        self.over |= self.bytes.len() > self.most;
        self.bytes.truncate(self.most);
    }

    fn look(&mut self) {
        while let Ok(piece) = self.receiver.try_recv() {
            self.add(&piece);
        }
    }

    /// Takes what is left. A process that left the group may hold the pipe for ever: it is given 200 ms.
    fn finish(&mut self) {
        let until = Instant::now() + Duration::from_millis(200);
        while let Ok(piece) = self.receiver.recv_timeout(until.saturating_duration_since(Instant::now())) {
            self.add(&piece);
        }
    }
}
