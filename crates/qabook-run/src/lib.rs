//! Runs programs that nobody has read, such as the edited examples of a book.
//!
//! A [`Job`] says what to run and where; its [`Limits`] say what it may use. [`Sandbox::run`] runs it and returns an
//! [`Outcome`]: what it printed and how it ended. A [`Cancel`] ends it from another thread.
//!
//! # What holds a program
//!
//! On Linux the calling binary runs itself twice more, as the *supervisor* and as the *inner* process; both are
//! [`helper`], which the binary calls when its arguments say so:
//!
//! ```text
//! Sandbox::run ── supervisor ── inner ── program ── …
//!    output,       clock,        landlock,
//!    cancel        /proc,        rlimits,
//!                  namespaces    waits
//! ```
//!
//! - **Files**: landlock allows to read system libraries, [`Job::readable`] and `/proc`, and to write [`Job::folder`].
//!   In namespaces of its own the program's tree holds nothing else, so that it can't connect to sockets that are files
//!   either; all but the folder is read-only, `/proc` shows its own processes, and `/dev/shm` is its own and empty.
//! - **Network**: a namespace of its own, in which `127.0.0.1` is the program's alone.
//! - **Processes**: a namespace of its own, so that all of them die together; signals and `ptrace` reach none outside.
//! - **Limits**: the supervisor looks at memory, threads and disk every 25 ms; rlimits bound what can happen in between.
//!
//! When the calling process dies, even by `SIGKILL`, the supervisor ends the run. [`Sandbox::layers`] says which of these
//! hold on this machine: a container may refuse namespaces, an old kernel has no landlock. Elsewhere than on Linux only
//! the clock and the limit of output hold.
//!
//! # What isn't promised
//!
//! The program runs on the kernel of the machine, which sees all its system calls: this is no virtual machine. It may
//! keep the processors busy until its time is over, and it can read `/usr` and `/proc/sys`. Memory in the kernel's
//! buffers (pipes, sockets) and deleted files that are mapped but no longer open are bounded by rlimits only.
//!
//! Without [`Layers::processes`] a program may outlive a supervisor that was killed together with its caller, it can connect
//! to sockets that are files and change modes, reads the command lines of other processes in `/proc`, and as root it may
//! fork for seconds before all is ended.
//!
//! # Errors
//!
//! [`Sandbox::new`] and [`Sandbox::run`] return [`std::io::Error`]: when the helper or the program can't be started, and
//! when a layer that held at first no longer does. How a program ends is never an error, but an [`End`].

mod cancel;
mod cargo;
mod compiled;
mod crates;
mod dependencies;
mod error;
mod job;
mod layers;
#[cfg(target_os = "linux")]
mod linux;
mod outcome;
#[cfg(not(target_os = "linux"))]
mod plain;
mod program;
mod protocol;
mod queue;
mod runner;
mod toolchain;

pub use cancel::Cancel;
pub use error::Error;
pub use job::{Job, Limits};
pub use layers::Layers;
#[cfg(target_os = "linux")]
pub use linux::{Sandbox, helper};
pub use outcome::{End, Limit, Outcome};
#[cfg(not(target_os = "linux"))]
pub use plain::{Sandbox, helper};
pub use protocol::{Answer, CrateType, Language, Mode, Request, State};
pub use runner::Runner;
pub use toolchain::{Python, Rust};

/// The example of README.md is compiled as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
