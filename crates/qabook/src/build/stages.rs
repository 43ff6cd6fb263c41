//! Where the time of a build goes: a line per stage.

use anyhow::Result;
use std::path::Path;
use std::time::{Duration, Instant};

use super::options::Verbosity;
use crate::site::Finished;

/// Prints stages with their times.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stages {
    verbosity: Verbosity,
    start: Instant,
}

impl Stages {
    pub(crate) fn new(verbosity: Verbosity) -> Self {
        Self { verbosity, start: Instant::now() }
    }

    /// Runs a stage; a failed one prints nothing, its error says what there is to say.
    pub(crate) fn time<T, E>(&mut self, name: &str, stage: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let start = Instant::now();
        let done = stage()?;
        self.line(name, start.elapsed());
        Ok(done)
    }

    pub(crate) fn finish(&self, destination: &Path, finished: &Finished, notes: &[String]) {
        if self.verbosity != Verbosity::Quiet {
            if let Some(weight) = &finished.heaviest {
                eprintln!("heaviest page: {weight}");
            }
            for note in notes {
                eprintln!("note: {note}");
            }
            let pages = finished.pages;
            let seconds = self.start.elapsed().as_secs_f64();
            eprintln!("built {pages} pages in {seconds:.2} s: {}", destination.join("index.html").display());
        }
    }

    /// Prints `text` with the time since the start.
    pub(crate) fn note(&self, text: &str) {
        if self.verbosity != Verbosity::Quiet {
            eprintln!("{text} in {:.2} s", self.start.elapsed().as_secs_f64());
        }
    }

    /// Prints a stage that took this long.
    pub(crate) fn line(&self, name: &str, time: Duration) {
        if self.verbosity != Verbosity::Quiet {
            eprintln!("{name:>14} {:>6.1} ms", time.as_secs_f64() * 1000.0);
        }
    }
}
