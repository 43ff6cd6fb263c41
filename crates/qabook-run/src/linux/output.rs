//! The two streams of a program, read without threads: no process that keeps them open can hold a thread of ours.

use nix::errno::Errno;
use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::process::{ChildStderr, ChildStdout};

/// How often a caller of `collect` may look at something else, in milliseconds.
const TICK: u16 = 20;

/// What was printed so far.
pub(super) struct Output {
    streams: [Stream; 2],
    most: usize,
}

struct Stream {
    /// `None` after its end.
    pipe: Option<File>,
    bytes: Vec<u8>,
    over: bool,
}

impl Output {
    /// Keeps `most` bytes of each stream.
    pub(super) fn new(stdout: ChildStdout, stderr: ChildStderr, most: usize) -> io::Result<Self> {
        Ok(Self { streams: [Stream::new(stdout.into())?, Stream::new(stderr.into())?], most })
    }

    /// Whether there was more than is kept.
    pub(super) fn is_over(&self) -> bool {
        self.streams.iter().any(|stream| stream.over)
    }

    /// Waits a moment for output, and takes what there is. Returns whether `other` has something to read.
    pub(super) fn collect(&mut self, other: BorrowedFd<'_>) -> io::Result<bool> {
        let mut waiting = vec![PollFd::new(other, PollFlags::POLLIN)];
        let pipes = self.streams.iter().filter_map(|stream| stream.pipe.as_ref());
        waiting.extend(pipes.map(|pipe| PollFd::new(pipe.as_fd(), PollFlags::POLLIN)));
        match poll(&mut waiting, PollTimeout::from(TICK)) {
            Ok(_) | Err(Errno::EINTR) => {}
            Err(error) => return Err(error.into()),
        }
        let other = waiting[0].any().unwrap_or(false);
        for stream in &mut self.streams {
            stream.take(self.most)?;
        }
        Ok(other)
    }

    /// Takes what is left, without waiting for anybody who still holds a pipe. Returns both streams, and whether one of
    /// them had more.
    pub(super) fn finish(mut self) -> io::Result<([Vec<u8>; 2], bool)> {
        for stream in &mut self.streams {
            while stream.take(self.most)? {}
        }
        let over = self.is_over();
        Ok((self.streams.map(|stream| stream.bytes), over))
    }
}

impl Stream {
    fn new(pipe: OwnedFd) -> io::Result<Self> {
        fcntl(&pipe, FcntlArg::F_SETFL(OFlag::O_NONBLOCK))?;
        Ok(Self { pipe: Some(File::from(pipe)), bytes: Vec::new(), over: false })
    }

    /// Takes a piece if there is one now; what is above `most` is thrown away. Returns whether there may be another.
    fn take(&mut self, most: usize) -> io::Result<bool> {
        let Some(pipe) = &mut self.pipe else { return Ok(false) };
        let mut buffer = [0; 16 << 10];
        match pipe.read(&mut buffer) {
            Ok(0) => self.pipe = None,
            Ok(count) => {
                let kept = count.min(most - self.bytes.len());
                self.bytes.extend_from_slice(&buffer[..kept]);
                self.over |= kept < count;
                // An escaped process may print for ever; there is nothing more to know.
                return Ok(!self.over);
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(false),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        Ok(self.pipe.is_some())
    }
}
