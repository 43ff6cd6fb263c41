//! Running a program that might not end.

use process_wrap::std::{ChildWrapper, CommandWrap};
use std::io::Read;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

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
        Err(format!(
            "it ended with {}\nstdout:\n{}\nstderr:\n{}",
            self.status,
            text(&self.stdout),
            text(&self.stderr)
        ))
    }
}

/// Runs `command` in a process group (on Windows: a job) of its own, so that at the limit its children end with it.
pub(crate) fn run(mut command: Command, limit: Duration) -> Result<Finished, String> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut wrapped = CommandWrap::from(command);
    #[cfg(unix)]
    wrapped.wrap(process_wrap::std::ProcessGroup::leader());
    #[cfg(windows)]
    wrapped.wrap(process_wrap::std::JobObject);
    let mut child = wrapped
        .spawn()
        .map_err(|error| format!("it can't be started: {error}"))?;

    let stdout = child.stdout().take();
    let stderr = child.stderr().take();
    let (sender, finished) = mpsc::channel();
    thread::spawn(move || {
        let stderr = thread::spawn(move || read_all(stderr));
        let stdout = read_all(stdout);
        // The receiver is gone once the limit is over.
        let _ = sender.send((stdout, stderr.join().unwrap_or_default()));
    });
    let Ok((stdout, stderr)) = finished.recv_timeout(limit) else {
        end(child.as_mut());
        return Err(format!("it did not end within {} s", limit.as_secs()));
    };
    let status = child
        .wait()
        .map_err(|error| format!("it can't be waited for: {error}"))?;
    Ok(Finished {
        status,
        stdout,
        stderr,
    })
}

fn read_all(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        // What was read before an error is still worth showing.
        let _ = pipe.read_to_end(&mut bytes);
    }
    bytes
}

fn end(child: &mut dyn ChildWrapper) {
    if let Err(error) = child.kill() {
        eprintln!("a program over its limit can't be ended: {error}");
    }
}
