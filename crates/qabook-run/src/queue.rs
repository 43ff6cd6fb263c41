//! Who may run, and who waits.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::Cancel;

/// How many programs run at the same time.
const AT_ONCE: usize = 2;
/// How many more may wait.
const WAITING: usize = 16;
/// How often one that waits looks whether it was cancelled.
const LOOK: Duration = Duration::from_millis(50);

/// The runs under way and those that wait: two at a time, one for each page, first come first served.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    next: u64,
    /// The pages of the runs under way.
    running: Vec<String>,
    waiting: VecDeque<(u64, String)>,
}

/// Why nobody's turn came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    Full,
    Cancelled,
}

/// The right to run, until it is dropped.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    queue: &'a Queue,
    page: String,
}

impl Queue {
    /// Waits for the turn of a run that `page` asked for; `tell` gets its place, from 1, whenever that changes.
    pub(crate) fn enter(&self, page: &str, cancel: &Cancel, tell: &dyn Fn(usize)) -> Result<Turn<'_>, Refused> {
        let mut state = self.lock();
        let number = state.next;
        state.next += 1;
        state.waiting.push_back((number, page.to_string()));
        // A page that has many waiting takes nobody else's turn.
        if state.waiting.len() > WAITING && !state.may_run(number) {
            state.waiting.pop_back();
            return Err(Refused::Full);
        }
        let mut told = 0;
        loop {
            if cancel.is_cancelled() {
                state.waiting.retain(|(waiting, _)| *waiting != number);
                self.changed.notify_all();
                return Err(Refused::Cancelled);
            }
            if state.may_run(number) {
                state.waiting.retain(|(waiting, _)| *waiting != number);
                state.running.push(page.to_string());
                return Ok(Turn { queue: self, page: page.to_string() });
            }
            let place = 1 + state.waiting.iter().take_while(|(waiting, _)| *waiting != number).count();
            if place != told {
                told = place;
                tell(place);
            }
            state = self.changed.wait_timeout(state, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// A panic of one run must not stop the others.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Whether `number` is the first of those that wait whose page has nothing running.
    fn may_run(&self, number: u64) -> bool {
        let mut free = self.waiting.iter().filter(|(_, page)| !self.running.contains(page));
        self.running.len() < AT_ONCE && free.next().is_some_and(|(first, _)| *first == number)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut state = self.queue.lock();
        if let Some(index) = state.running.iter().position(|page| *page == self.page) {
            state.running.swap_remove(index);
        }
        self.queue.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::thread;

    const LONG: Duration = Duration::from_mins(1);

    fn enter<'a>(queue: &'a Queue, page: &str) -> Turn<'a> {
        queue.enter(page, &Cancel::default(), &|_| ()).unwrap()
    }

    #[test]
    fn a_page_runs_one_at_a_time_and_all_pages_two() {
        let queue = Queue::default();
        let (first, second) = (enter(&queue, "a"), enter(&queue, "b"));
        thread::scope(|scope| {
            let (places, told) = mpsc::channel();
            let queue = &queue;
            let wait = |page: &'static str| {
                let places = places.clone();
                scope.spawn(move || {
                    let tell = |place| places.send((page, place)).unwrap();
                    drop(queue.enter(page, &Cancel::default(), &tell).unwrap());
                    places.send((page, 0)).unwrap();
                });
            };
            wait("a");
            assert_eq!(told.recv_timeout(LONG), Ok(("a", 1)));
            wait("c");
            assert_eq!(told.recv_timeout(LONG), Ok(("c", 2)));
            // `a` still runs something: `c` passes the one that waits for it.
            drop(second);
            assert_eq!(told.recv_timeout(LONG), Ok(("c", 0)));
            drop(first);
            assert_eq!(told.recv_timeout(LONG), Ok(("a", 0)));
        });
    }

    #[test]
    fn one_that_is_cancelled_leaves_the_queue() {
        let queue = Queue::default();
        let turn = enter(&queue, "a");
        let cancel = Cancel::default();
        let told = |_| cancel.cancel();
        assert_eq!(queue.enter("a", &cancel, &told).unwrap_err(), Refused::Cancelled);
        drop(turn);
        drop(enter(&queue, "a"));
    }

    #[test]
    fn a_full_queue_refuses() {
        let queue = Queue::default();
        let turn = enter(&queue, "a");
        thread::scope(|scope| {
            let (sender, waiting) = mpsc::channel();
            for _ in 0..WAITING {
                let (queue, sender) = (&queue, sender.clone());
                // Nobody listens any more when places move up at the end.
                let tell = move |_| sender.send(()).unwrap_or_default();
                scope.spawn(move || drop(queue.enter("a", &Cancel::default(), &tell).unwrap()));
            }
            for _ in 0..WAITING {
                waiting.recv_timeout(LONG).unwrap();
            }
            let full = |page: &str| queue.enter(page, &Cancel::default(), &|_| ()).unwrap_err() == Refused::Full;
            assert!(full("a"));
            // All that wait are of one page, which runs something: another page needn't wait, but two run at most.
            let other = enter(&queue, "b");
            assert!(full("c"));
            drop((other, turn));
        });
    }
}
