//! The sending thread's work: take from a queue, post, acknowledge or wait.

use std::sync::Arc;
use std::time::Duration;

use crate::notice::{Notices, Trouble};
use crate::queue::Queue;
use crate::queue::parcel::Parcel;
use crate::send::backoff::Backoff;
use crate::send::endpoint::{Answer, Client, Endpoint};

/// Bodies are put together to requests of about this many bytes.
const REQUEST_BYTES: usize = 1 << 20;

/// How long an idle sender sleeps when nobody wakes it.
const IDLE: Duration = Duration::from_mins(1);

/// Sends what is in a queue until it is closed.
#[derive(Debug)]
pub struct Sender {
    queue: Arc<Queue>,
    client: Client,
    notices: Arc<Notices>,
    backoff: Backoff,
}

impl Sender {
    /// A sender of `queue`.
    #[must_use]
    pub fn new(queue: Arc<Queue>, client: Client, notices: Arc<Notices>) -> Self {
        Self {
            queue,
            client,
            notices,
            backoff: Backoff::default(),
        }
    }

    /// Runs until the queue is closed.
    pub fn run(mut self) {
        while !self.queue.is_closing() {
            match self.queue.next(REQUEST_BYTES) {
                Some(parcel) => {
                    self.send(parcel);
                }
                None => self.queue.wait_for_work(IDLE),
            }
        }
    }

    /// Sends a parcel; `false` if it is to be sent again later.
    fn send(&mut self, parcel: Parcel) -> bool {
        match self.client.post(parcel.request()) {
            Answer::Taken(partial) => self.taken(&parcel, partial.rejected, &partial.message),
            Answer::Later { after, reason } => {
                self.wait(after, &reason);
                return false;
            }
            Answer::Refused(status) => return self.refused(parcel, status),
        }
        true
    }

    /// Finds out which bodies are refused, half by half, and puts them aside.
    fn refused(&mut self, parcel: Parcel, status: u16) -> bool {
        match parcel.split() {
            (one, None) => {
                self.put_aside(&one, status);
                true
            }
            (first, Some(rest)) => self.send(first) && !self.queue.is_closing() && self.send(rest),
        }
    }

    fn taken(&mut self, parcel: &Parcel, rejected: u64, message: &str) {
        let Endpoint { base, shown, .. } = self.client.endpoint();
        self.backoff.reset();
        self.notices.over(&Trouble::Endpoint(base.clone()));
        if rejected > 0 {
            self.notices.once(Trouble::Loss, || {
                format!("items were rejected and are lost: {rejected} ({message}) by {shown}")
            });
        }
        self.queue.delivered(parcel, rejected);
    }

    fn put_aside(&mut self, parcel: &Parcel, status: u16) {
        let Endpoint { base, shown, .. } = self.client.endpoint();
        self.notices.once(Trouble::Refused(base.clone()), || {
            let items = parcel.items();
            format!(
                "items were refused for good and put aside in the spool: {items} (status {status}) \
                 by {shown}"
            )
        });
        self.queue.quarantine(parcel);
    }

    fn wait(&mut self, after: Option<Duration>, reason: &str) {
        let Endpoint { base, shown, .. } = self.client.endpoint();
        self.notices.once(Trouble::Endpoint(base.clone()), || {
            let kept = match self.queue.directory() {
                Some(_) => "kept in the spool and sent later, by this run or the next",
                None => "kept in memory and sent later, by this run",
            };
            format!("the endpoint does not take data ({reason}); it is {kept}: {shown}")
        });
        let pause = self.backoff.next(after);
        self.queue.attempt_failed(pause, after.is_some());
    }
}
