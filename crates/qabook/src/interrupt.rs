//! Ctrl-C ends a command with everything that it started.

use qabook_run::Cancel;
use std::io;
use tokio::runtime::Runtime;

/// A [`Cancel`] that Ctrl-C calls, as long as this lives.
pub(crate) struct Interrupt {
    runtime: Option<Runtime>,
    /// What Ctrl-C calls.
    pub(crate) cancel: Cancel,
}

impl Interrupt {
    /// From now on Ctrl-C doesn't end this program by itself.
    pub(crate) fn new() -> io::Result<Self> {
        let (cancel, runtime) = (Cancel::default(), Runtime::new()?);
        let on_interrupt = cancel.clone();
        runtime.spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                on_interrupt.cancel();
            }
        });
        Ok(Self { runtime: Some(runtime), cancel })
    }
}

impl Drop for Interrupt {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
