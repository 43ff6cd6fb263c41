//! Work that must end: drawings, formulas and colouring take what an author wrote, and some of it would take minutes.

use std::cell::RefCell;
use std::sync::Once;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// Why a piece of work has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// It took longer than it may. It is left to itself: a thread can't be ended from outside.
    TooLong,
    /// A library that it calls gave up on its input.
    Panicked,
}

type Job = Box<dyn FnOnce() + Send>;

/// The name of the threads that work.
const NAME: &str = "qabook-limited";
/// What is deeply nested is read by recursion.
const STACK: usize = 16 << 20;

thread_local! {
    /// The worker of this thread: what a library keeps by thread, such as a JavaScript engine, is made once.
    static WORKER: RefCell<Option<Sender<Job>>> = const { RefCell::new(None) };
}

/// Runs `job` for at most `limit`.
///
/// # Errors
/// It took longer, or a library panicked, which isn't printed.
pub fn within<T: Send + 'static>(limit: Duration, job: impl FnOnce() -> T + Send + 'static) -> Result<T, Stopped> {
    keep_quiet();
    let (sender, result) = channel();
    let job: Job = Box::new(move || drop(sender.send(job())));
    WORKER.with_borrow_mut(|worker| {
        let given = match worker.take() {
            Some(jobs) => jobs.send(job).map(|()| jobs).map_err(|unsent| unsent.0),
            None => Err(job),
        };
        let jobs = match given {
            Ok(jobs) => jobs,
            Err(job) => start(job).ok_or(Stopped::Panicked)?,
        };
        match result.recv_timeout(limit) {
            Ok(done) => {
                *worker = Some(jobs);
                Ok(done)
            }
            Err(RecvTimeoutError::Timeout) => Err(Stopped::TooLong),
            Err(RecvTimeoutError::Disconnected) => Err(Stopped::Panicked),
        }
    })
}

/// A thread that works, with its first job; `None` when the system has none left.
fn start(first: Job) -> Option<Sender<Job>> {
    let (jobs, queue): (Sender<Job>, Receiver<Job>) = channel();
    jobs.send(first).ok()?;
    let work = move || queue.into_iter().for_each(|job| job());
    thread::Builder::new().name(NAME.into()).stack_size(STACK).spawn(work).ok()?;
    Some(jobs)
}

/// What panics in a worker is an error with a line, and no message of its own.
fn keep_quiet() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if thread::current().name() != Some(NAME) {
                others(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_mins(1);

    #[test]
    fn work_that_ends_has_a_result() {
        let id = || within(LONG, || thread::current().id());
        assert_eq!(id(), id(), "the worker is kept");
        assert_ne!(id(), Ok(thread::current().id()));
    }

    #[test]
    fn work_that_does_not_end_is_given_up() {
        let (hold, waits) = channel::<()>();
        assert_eq!(within(Duration::from_millis(10), move || waits.recv()), Err(Stopped::TooLong));
        assert_eq!(within(LONG, || 1), Ok(1), "the next has a worker of its own");
        drop(hold);
    }

    #[test]
    fn a_panic_is_an_error() {
        assert_eq!(within(LONG, || "x".parse::<u8>().unwrap()), Err(Stopped::Panicked));
        assert_eq!(within(LONG, || 1), Ok(1));
    }
}
