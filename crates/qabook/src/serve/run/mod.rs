//! Programs that run where the book is served: `POST /execute`, as the Playground has it.
//!
//! A page that this server sent may ask for a run, and nobody else: see [`guard`]. What then runs is held by the sandbox
//! of `qabook-run`.

mod guard;
mod handlers;
mod programs;
mod words;

pub(super) use guard::Hosts;
pub(super) use handlers::{execute, progress, wrong_method};
pub(super) use programs::{Programs, SCRIPT, log};

/// Where a run is posted to.
pub(super) const EXECUTE: &str = "/execute";
/// Where a page asks how far a run is.
pub(super) const RUNS: &str = "/-/qabook/runs/{name}";
