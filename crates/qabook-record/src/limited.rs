//! Running a program that might not end.

use process_wrap::std::{ChildWrapper, CommandWrap};
use qabook_run::Cancel;
use std::io::Read;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::record;

/// How often a program is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// The most that a program may print: a page shows it.
const MOST: u64 = 1 << 20;

/// What a program did.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finished {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
}

impl Finished {
    /// The output of a program that ended with success.
    pub(crate) fn success(self) -> Result<Vec<u8>, String> {
        if self.status.success() {
            return Ok(self.stdout);
        }
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Err(format!("it ended with {}\nstdout:\n{}\nstderr:\n{}", self.status, text(&self.stdout), text(&self.stderr)))
    }
}

/// Runs `command` in a process group (on Windows: a job) of its own, so that at the limit, or when `cancel` is called, its
/// children end with it.
pub(crate) fn run(mut command: Command, limit: Duration, cancel: &Cancel) -> Result<Finished, String> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut wrapped = CommandWrap::from(command);
    #[cfg(unix)]
    wrapped.wrap(process_wrap::std::ProcessGroup::leader());
    #[cfg(windows)]
    wrapped.wrap(process_wrap::std::JobObject);
    let mut child = wrapped.spawn().map_err(|error| format!("it can't be started: {error}"))?;
    let finished = follow(child.as_mut(), limit, cancel);
    if finished.is_err()
        && let Err(error) = child.kill()
    {
        eprintln!("a program that should end can't be ended: {error}");
    }
    finished
}

/// What `once` prints, if it prints the same again.
pub(crate) fn twice(once: impl Fn() -> Result<Vec<u8>, String>) -> Result<Vec<u8>, String> {
    let (first, second) = (once()?, once()?);
    if first == second {
        return Ok(first);
    }
    let (line, lines) = record::difference(&first, &second, "first run", "second run");
    let rule = "nothing of ports, ids, time or order may show in it";
    Err(format!("two runs print different output, first at line {line}: {rule}\n{lines}"))
}

/// Waits until `child` has ended and nobody can print for it any more.
fn follow(child: &mut dyn ChildWrapper, limit: Duration, cancel: &Cancel) -> Result<Finished, String> {
    let end = Instant::now() + limit;
    let (stdout, stderr) = (child.stdout().take(), child.stderr().take());
    let (sender, printed) = mpsc::channel();
    thread::spawn(move || {
        let stderr = thread::spawn(move || read_all(stderr));
        let stdout = read_all(stdout);
        // The receiver is gone once the limit is over.
        let _ = sender.send((stdout, stderr.join().unwrap_or_default()));
    });
    let (mut output, mut status) = (None, None);
    loop {
        if status.is_none() {
            status = child.try_wait().map_err(|error| format!("it can't be waited for: {error}"))?;
        }
        match (status, output.take()) {
            (Some(status), Some((stdout, stderr))) => return Ok(Finished { status, stdout, stderr }),
            // It has closed its output, and goes on.
            (None, Some(all)) => {
                output = Some(all);
                thread::sleep(LOOK);
            }
            (_, None) => match printed.recv_timeout(LOOK) {
                Ok((stdout, stderr)) => output = Some((within_bounds(stdout)?, stderr)),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err("its output can't be read".into()),
            },
        }
        if cancel.is_cancelled() {
            return Err("cancelled".into());
        }
        if Instant::now() > end {
            return Err(format!("it did not end within {} s", limit.as_secs()));
        }
    }
}

fn within_bounds(printed: Vec<u8>) -> Result<Vec<u8>, String> {
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    if printed.len() > most { Err(format!("it prints more than {} MiB", MOST >> 20)) } else { Ok(printed) }
}

/// What comes through `pipe`, one byte more than the most at the end.
fn read_all(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(pipe) = pipe {
        // What was read before an error is still worth showing.
        let _ = pipe.take(MOST + 1).read_to_end(&mut bytes);
    }
    bytes
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// What is said of a shell script, whose children print to what it prints to.
    fn ended(script: &str, cancel: &Cancel) -> String {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        run(command, Duration::from_secs(1), cancel).unwrap_err()
    }

    #[test]
    fn a_program_that_goes_on_is_ended_whoever_still_prints() {
        for script in ["sleep 600 & wait", "sleep 600 &", "exec >&- 2>&-; sleep 600"] {
            assert_eq!(ended(script, &Cancel::default()), "it did not end within 1 s", "{script}");
        }
    }

    #[test]
    fn a_program_that_nobody_wants_any_more_is_ended() {
        let cancel = Cancel::default();
        cancel.cancel();
        assert_eq!(ended("sleep 600", &cancel), "cancelled");
    }
}
