//! The compiled crates of a package, which its runs share.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::Duration;

use crate::dependencies::Dependencies;
use crate::toolchain::Rust;
use crate::{Cancel, Error, Mode};

/// How often one that waits for another looks how far that is.
const LOOK: Duration = Duration::from_millis(50);

/// The crates, as far as they are compiled.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    ready: Mutex<BTreeMap<Mode, Arc<Dependencies>>>,
    /// Held by the run that compiles.
    compiling: Mutex<()>,
    /// How far that run is: crates that are done, and all.
    progress: Mutex<(usize, usize)>,
}

impl Compiled {
    /// Those for `mode`. The first who asks compiles them; who asks meanwhile waits, hears as much, and can give up.
    pub(crate) fn get(
        &self,
        package: &Path,
        rust: &Rust,
        mode: Mode,
        cancel: &Cancel,
        tell: &dyn Fn(usize, usize),
    ) -> Result<Arc<Dependencies>, Error> {
        if let Some(ready) = self.ready(mode) {
            return Ok(ready);
        }
        let _compiling = self.turn(cancel, tell)?;
        if let Some(ready) = self.ready(mode) {
            return Ok(ready);
        }
        let tell = |done, of| {
            *lock(&self.progress) = (done, of);
            tell(done, of);
        };
        tell(0, 0);
        let fresh = Arc::new(Dependencies::compile(package, rust, mode, cancel, &tell)?);
        lock(&self.ready).insert(mode, fresh.clone());
        Ok(fresh)
    }

    fn ready(&self, mode: Mode) -> Option<Arc<Dependencies>> {
        lock(&self.ready).get(&mode).filter(|dependencies| dependencies.are_current()).cloned()
    }

    /// Waits until nobody else compiles.
    fn turn(&self, cancel: &Cancel, tell: &dyn Fn(usize, usize)) -> Result<MutexGuard<'_, ()>, Error> {
        loop {
            match self.compiling.try_lock() {
                Ok(turn) => return Ok(turn),
                Err(TryLockError::Poisoned(turn)) => return Ok(turn.into_inner()),
                Err(TryLockError::WouldBlock) => {}
            }
            if cancel.is_cancelled() {
                return Err(Error::Cancelled);
            }
            let (done, of) = *lock(&self.progress);
            tell(done, of);
            thread::sleep(LOOK);
        }
    }
}

/// A panic of one run must not stop the others.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn one_that_waits_for_another_hears_how_far_that_is_and_can_give_up() {
        let compiled = Compiled::default();
        let _other = compiled.compiling.lock().unwrap();
        *compiled.progress.lock().unwrap() = (3, 7);
        let (cancel, told) = (Cancel::default(), Cell::new((0, 0)));
        let tell = |done, of| {
            told.set((done, of));
            cancel.cancel();
        };
        assert!(matches!(compiled.turn(&cancel, &tell), Err(Error::Cancelled)));
        assert_eq!(told.get(), (3, 7));
    }
}
