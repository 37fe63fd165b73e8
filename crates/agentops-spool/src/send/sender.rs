//! The sending thread's work: take from a queue, post, acknowledge or wait.

use std::sync::Arc;
use std::time::Duration;

use crate::notice::{Notices, Trouble};
use crate::queue::{Parcel, Queue};
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
                Some(parcel) => self.send(&parcel),
                None => self.queue.wait_for_work(IDLE),
            }
        }
    }

    fn send(&mut self, parcel: &Parcel) {
        let body: Vec<u8> = match &parcel.bodies[..] {
            [(one, _)] => one.clone(),
            // Bodies have repeated fields only: one behind the other they are one body.
            many => many.iter().flat_map(|(body, _)| body.clone()).collect(),
        };
        match self.client.post(&body) {
            Answer::Taken(partial) => self.taken(parcel, partial.rejected, &partial.message),
            Answer::Later { after, reason } => self.wait(after, &reason),
            Answer::Refused(_) if parcel.bodies.len() > 1 => self.send_single(parcel),
            Answer::Refused(status) => self.refused(parcel, status),
        }
    }

    fn taken(&mut self, parcel: &Parcel, rejected: u64, message: &str) {
        let Endpoint { base, shown, .. } = self.client.endpoint();
        self.backoff.reset();
        self.notices.over(&Trouble::Endpoint(base.clone()));
        if rejected > 0 {
            self.notices.once(Trouble::Loss, || {
                format!("{rejected} items were rejected ({message}) by {shown}")
            });
        }
        self.queue.delivered(parcel, rejected);
    }

    /// One body in a request of many is refused: find out which, by sending each alone.
    fn send_single(&mut self, parcel: &Parcel) {
        let first = self.queue.next(0);
        if let Some(first) = first.filter(|first| first.bodies.len() < parcel.bodies.len()) {
            self.send(&first);
        }
    }

    fn refused(&mut self, parcel: &Parcel, status: u16) {
        let Endpoint { base, shown, .. } = self.client.endpoint();
        self.notices.once(Trouble::Refused(base.clone()), || {
            let items = parcel.items();
            format!(
                "{items} items were refused for good (status {status}) and put aside in the spool \
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
