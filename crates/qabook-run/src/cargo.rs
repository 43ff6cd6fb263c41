//! cargo, run until it ends or is no longer wanted.

use process_wrap::std::{ChildWrapper, CommandWrap};
use std::io::{self, Read};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::{Cancel, Error};

/// How often a cancelled command is noticed.
const LOOK: Duration = Duration::from_millis(50);

/// A command that ended.
pub(crate) struct Ended<T> {
    pub(crate) success: bool,
    /// What was made of its standard output.
    pub(crate) read: T,
    pub(crate) stderr: String,
}

/// Runs a command of cargo's, whose standard output `read` takes. `cancel` ends it with everything that it started: it may
/// wait for another cargo, or for the network.
pub(crate) fn run<T>(
    mut command: Command,
    cancel: &Cancel,
    read: impl FnOnce(&mut dyn Read) -> T,
) -> Result<Ended<T>, Error> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut command = CommandWrap::from(command);
    #[cfg(unix)]
    command.wrap(process_wrap::std::ProcessGroup::leader());
    #[cfg(windows)]
    command.wrap(process_wrap::std::JobObject);
    let mut child = command.spawn().map_err(|error| Error::Dependencies(format!("cargo can't be started: {error}")))?;
    let mut stdout: Box<dyn Read> = match child.stdout().take() {
        Some(pipe) => Box::new(pipe),
        None => Box::new(io::empty()),
    };
    let mut stderr = child.stderr().take();
    let (status, read, stderr) = thread::scope(|scope| {
        let said = scope.spawn(move || {
            let mut text = String::new();
            // What came before an error is still worth showing.
            let _ = stderr.as_mut().map(|pipe| pipe.read_to_string(&mut text));
            text
        });
        let status = scope.spawn(|| wait(child.as_mut(), cancel));
        let read = read(&mut stdout);
        (status.join(), read, said.join().unwrap_or_default())
    });
    match status {
        Ok(Ok(success)) if success || !cancel.is_cancelled() => Ok(Ended { success, read, stderr }),
        _ if cancel.is_cancelled() => Err(Error::Cancelled),
        Ok(Err(error)) => Err(Error::Dependencies(format!("cargo can't be waited for: {error}"))),
        _ => Err(Error::Dependencies("cargo can't be waited for".into())),
    }
}

/// What a command of cargo's prints, if it ends with success.
pub(crate) fn said_by(command: Command, cancel: &Cancel) -> Result<String, Error> {
    let Ended { success, read, stderr } = run(command, cancel, |stdout| {
        let mut bytes = Vec::new();
        stdout.read_to_end(&mut bytes).map(|_| bytes)
    })?;
    if success { Ok(String::from_utf8_lossy(&read?).into_owned()) } else { Err(Error::Dependencies(stderr)) }
}

/// Whether `child` ended with success; a cancelled one is ended with everything that it started.
fn wait(child: &mut dyn ChildWrapper, cancel: &Cancel) -> io::Result<bool> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if cancel.is_cancelled() {
            child.kill()?;
        }
        thread::sleep(LOOK);
    }
}
