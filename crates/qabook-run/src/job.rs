//! What to run, and what it may use.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

/// What a run may use; over one of them it is ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The time by the clock on the wall.
    pub wall: Duration,
    /// Bytes of memory, of all its processes together.
    pub memory: u64,
    /// Processes, of which every thread counts as one. A program that starts many at once may be refused one first, at twice
    /// as many or more, and then ends as it pleases.
    pub processes: u32,
    /// Bytes of standard output, and as many of standard error.
    pub output: usize,
    /// Bytes in [`Job::folder`], including what was there before; an entry counts as 4 KB at least.
    pub disk: u64,
}

impl Limits {
    /// For a program of a book: 10 s, 512 MB, 64 processes, 1 MB of output, 64 MB on disk.
    #[must_use]
    pub fn of_program() -> Self {
        Self { wall: Duration::from_secs(10), memory: 512 << 20, processes: 64, output: 1 << 20, disk: 64 << 20 }
    }

    /// For a compiler: 60 s, 4 GB, 256 processes, 1 MB of output, 1 GB on disk.
    #[must_use]
    pub fn of_compiler() -> Self {
        Self { wall: Duration::from_mins(1), memory: 4 << 30, processes: 256, output: 1 << 20, disk: 1 << 30 }
    }
}

/// One program to be run.
#[derive(Clone, Debug)]
pub struct Job {
    /// The program, as an absolute path; it may be read and run without being in `readable`.
    pub program: PathBuf,
    /// Its arguments, without its name.
    pub arguments: Vec<OsString>,
    /// All of its environment: nothing of the caller's is passed on. Programs that make temporary files need `TMPDIR` to be
    /// `folder` or below; `/tmp` isn't theirs.
    pub environment: Vec<(OsString, OsString)>,
    /// Its working folder, an absolute path: the only place where it may write.
    pub folder: PathBuf,
    /// Files and folders, absolute, that it may read and run besides the system's libraries. What doesn't exist is left out.
    pub readable: Vec<PathBuf>,
    /// What it may use.
    pub limits: Limits,
}
