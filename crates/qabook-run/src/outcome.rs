//! How a run ended.

use serde::Serialize;
use std::fmt;
use std::time::Duration;

/// One of the [`Limits`](crate::Limits).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Limit {
    /// `wall`
    Time,
    /// `memory`
    Memory,
    /// `processes`
    Processes,
    /// `output`
    Output,
    /// `disk`
    Disk,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The program exited with this code.
    Exited(i32),
    /// A signal that the limits didn't send ended the program, such as 6 for an abort.
    Signal(i32),
    /// The program went over a limit.
    OverLimit(Limit),
    /// [`Cancel::cancel`](crate::Cancel::cancel) was called.
    Cancelled,
}

/// What a program printed, and how it ended.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The beginning of its standard output, no more than [`Limits::output`](crate::Limits::output).
    pub stdout: Vec<u8>,
    /// The beginning of its standard error, as much.
    pub stderr: Vec<u8>,
    /// How it ended.
    pub end: End,
    /// How long it ran, with the few milliseconds that the sandbox takes.
    pub elapsed: Duration,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Time => "time",
            Self::Memory => "memory",
            Self::Processes => "processes",
            Self::Output => "output",
            Self::Disk => "disk",
        })
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exited(code) => write!(f, "exit code {code}"),
            Self::Signal(signal) => write!(f, "signal {signal}"),
            Self::OverLimit(limit) => write!(f, "over the limit: {limit}"),
            Self::Cancelled => f.write_str("cancelled"),
        }
    }
}
