//! Senders wait for work or for their next attempt, others for what comes of it.

use std::sync::PoisonError;
use std::time::{Duration, Instant};

use crate::queue::{Inner, Queue};

/// What failed where no word of its own is known, as OpenTelemetry's conventions have it.
const OTHER: &str = "_OTHER";

/// Pause before a segment is read again that could not be for want of memory or descriptors.
const READ_AGAIN: Duration = Duration::from_secs(1);

impl Queue {
    /// Notes that an attempt to send failed and waits before the next one: for `pause`, or until
    /// the queue is closed, or until somebody waits, unless the server `asked` for the pause.
    pub fn attempt_failed(&self, pause: Duration, asked: bool) {
        let taken = self.inner().flight.end();
        self.observer.tell(taken, Some(OTHER));
        let mut inner = self.inner();
        inner.attempts_failed += 1;
        inner.hurry = false;
        inner.held = asked;
        inner.ring.put_back();
        self.changed.notify_all();
        let resting = |inner: &mut Inner| !inner.closing && (asked || !inner.hurry);
        let (mut inner, _) = self
            .changed
            .wait_timeout_while(inner, pause, resting)
            .unwrap_or_else(PoisonError::into_inner);
        inner.held = false;
    }

    /// Notes that nothing that was given out is being sent any more.
    pub fn give_back(&self) {
        let mut inner = self.inner();
        inner.ring.put_back();
        inner.flight.end();
    }

    /// Waits until there may be something to send, the queue is closed, or `timeout` is over.
    pub fn wait_for_work(&self, timeout: Duration) {
        let inner = self.inner();
        let timeout = match inner.disk.unreadable {
            true => timeout.min(READ_AGAIN),
            false => timeout,
        };
        let idle =
            |inner: &mut Inner| (inner.is_empty() || inner.disk.unreadable) && !inner.closing;
        let (mut inner, _) = self
            .changed
            .wait_timeout_while(inner, timeout, idle)
            .unwrap_or_else(PoisonError::into_inner);
        inner.disk.unreadable = false;
    }

    /// Waits until everything was sent, the next attempt failed, or the server asked to wait;
    /// `false` if the deadline passes first.
    pub fn wait_until_settled(&self, deadline: Instant) -> bool {
        let left = deadline.saturating_duration_since(Instant::now());
        let mut inner = self.inner();
        inner.hurry = true;
        self.changed.notify_all();
        let failed = inner.attempts_failed;
        let busy =
            |inner: &mut Inner| !inner.is_empty() && inner.attempts_failed == failed && !inner.held;
        let waited = self.changed.wait_timeout_while(inner, left, busy);
        let waited = waited.unwrap_or_else(PoisonError::into_inner);
        !waited.1.timed_out()
    }

    /// Tells the sender to stop.
    pub fn close(&self) {
        self.inner().closing = true;
        self.changed.notify_all();
    }

    /// Whether the sender was told to stop.
    #[must_use]
    pub fn is_closing(&self) -> bool {
        self.inner().closing
    }

    /// Has `tell` know how long each request takes, and what it failed of; the first one stays.
    pub fn observe(&self, tell: impl Fn(Duration, Option<&'static str>) + Send + Sync + 'static) {
        self.observer.set(tell);
    }

    /// Items that are being sent.
    #[must_use]
    pub fn in_flight(&self) -> u64 {
        self.inner().flight.items()
    }
}
