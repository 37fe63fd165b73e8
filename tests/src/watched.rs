//! A value that one thread changes and another waits for.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A value behind a mutex, whose every change wakes those who wait.
#[derive(Debug, Default)]
pub(crate) struct Watched<T> {
    value: Mutex<T>,
    changed: Condvar,
}

impl<T> Watched<T> {
    /// Looks at the value. A panic elsewhere has been reported there; it is no reason for another.
    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        self.value.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the value and wakes those who wait.
    pub(crate) fn update<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let result = change(&mut self.lock());
        self.changed.notify_all();
        result
    }

    /// Waits until the value is as wanted, or returns it as it was when time ran out.
    pub(crate) fn wait_for(
        &self,
        timeout: Duration,
        mut wanted: impl FnMut(&T) -> bool,
    ) -> Result<MutexGuard<'_, T>, MutexGuard<'_, T>> {
        let deadline = Instant::now() + timeout;
        let mut value = self.lock();
        while !wanted(&value) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(value);
            }
            (value, _) = self
                .changed
                .wait_timeout(value, left)
                .unwrap_or_else(PoisonError::into_inner);
        }
        Ok(value)
    }
}
