//! The sending thread's work: take from a queue, post, acknowledge or wait.

use std::sync::Arc;
use std::time::Duration;

use crate::notice::{Notices, Trouble};
use crate::otlp::split::Part;
use crate::queue::Queue;
use crate::queue::parcel::Parcel;
use crate::send::answer::{Answer, Cause, Later};
use crate::send::backoff::Backoff;
use crate::send::client::Client;
use crate::send::search::{Found, search};
use crate::send::size::RequestSize;

/// How long an idle sender sleeps when nobody wakes it.
const IDLE: Duration = Duration::from_mins(1);

/// The status of a request that is too big.
const TOO_BIG: u16 = 413;

/// Sends what is in a queue until it is closed.
#[derive(Debug)]
pub struct Sender {
    queue: Arc<Queue>,
    client: Client,
    notices: Arc<Notices>,
    backoff: Backoff,
    size: RequestSize,
    /// Whether any request was taken yet.
    has_taken: bool,
    /// Troubles that it is in; others may be in the same.
    troubles: Vec<Trouble>,
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
            size: RequestSize::default(),
            has_taken: false,
            troubles: Vec::new(),
        }
    }

    /// Runs until the queue is closed.
    pub fn run(mut self) {
        while !self.queue.is_closing() {
            match self.queue.next(self.size.bytes()) {
                Some(parcel) => {
                    self.send(parcel);
                }
                None => self.queue.wait_for_work(IDLE),
            }
        }
        self.queue.give_back();
    }

    /// Sends a parcel; `false` if not all of it could be.
    fn send(&mut self, parcel: Parcel) -> bool {
        match self.client.post(parcel.request()) {
            Answer::Taken(partial) => {
                self.took();
                self.tell_rejected(partial.rejected, &partial.message);
                self.queue.delivered(&parcel, partial.rejected);
                true
            }
            Answer::Later(later) => self.wait(&later),
            Answer::Refused(status) => self.refused(parcel, status),
        }
    }

    /// Finds out which bodies are refused, half by half.
    fn refused(&mut self, parcel: Parcel, status: u16) -> bool {
        if parcel.bodies() == 1 {
            return self.refused_body(&parcel, status);
        }
        if status == TOO_BIG && self.size.shrink(parcel.request().len()) {
            // The next parcel is a smaller one; what is behind this one must not go first.
            return false;
        }
        let (first, rest) = parcel.split();
        self.send(first) && rest.is_none_or(|rest| !self.queue.is_closing() && self.send(rest))
    }

    /// Finds out which records of a body are refused, and puts them aside.
    fn refused_body(&mut self, parcel: &Parcel, status: u16) -> bool {
        let whole = Part::whole(self.queue.signal(), parcel.request());
        let found = whole.and_then(|whole| self.search(&whole, status));
        let Some(found) = found else {
            return self.refused_record(parcel, status);
        };
        let parts = &found.parts;
        if let Some(later) = found.later.as_ref().filter(|_| parts.taken == 0) {
            // Nothing that has to be noted: what was refused may be taken later as well.
            return self.wait(later);
        }
        self.tell_rejected(parts.rejected, &found.message);
        if !parts.refused.is_empty() {
            self.tell_refused(parts.refused.len() as u64, found.status);
        }
        self.queue.settle_parts(parcel, parts);
        match &found.later {
            Some(later) => self.wait(later),
            None => parts.left == 0,
        }
    }

    /// Puts a body of one record aside, unless it seems that none is taken.
    fn refused_record(&mut self, parcel: &Parcel, status: u16) -> bool {
        if let Answer::Later(later) = self.judge(status) {
            return self.wait(&later);
        }
        self.tell_refused(parcel.items(), status);
        self.queue.quarantine(parcel);
        true
    }

    /// What it means that a record was refused: where nothing was taken yet, and an empty request
    /// is refused as well, it is not for the record.
    ///
    /// Motivation: a gateway that lacks a header answers everything with 400. What is wrong then is
    /// a setting, and no record is to be put aside for that.
    fn judge(&mut self, status: u16) -> Answer {
        if status == TOO_BIG || self.has_taken {
            return Answer::Refused(status);
        }
        match self.client.post(&[]) {
            Answer::Taken(_) => {
                self.took();
                Answer::Refused(status)
            }
            Answer::Refused(_) => {
                let reason = format!(
                    "status {status}, for an empty request as well, as where a header is missing"
                );
                Answer::Later(Later::new(Cause::Address, reason))
            }
            later @ Answer::Later(_) => later,
        }
    }

    fn search(&mut self, whole: &Part<'_>, status: u16) -> Option<Found> {
        let mut too_big = match status {
            TOO_BIG => whole.as_bytes().len(),
            _ => usize::MAX,
        };
        search(whole, status, |part| {
            let len = part.as_bytes().len();
            if self.queue.is_closing() {
                return None;
            }
            // Nobody need be asked about what is as big as what was too big.
            if len >= too_big && part.records() > 1 {
                return Some(Answer::Refused(TOO_BIG));
            }
            let answer = self.client.post(part.as_bytes());
            match answer {
                Answer::Taken(_) => self.took(),
                Answer::Refused(TOO_BIG) => too_big = too_big.min(len),
                Answer::Refused(status) if part.records() == 1 => return Some(self.judge(status)),
                _ => {}
            }
            Some(answer)
        })
    }

    /// Notes that a request was taken: troubles are over.
    fn took(&mut self) {
        self.backoff.reset();
        self.size.took();
        self.has_taken = true;
        for trouble in self.troubles.drain(..) {
            self.notices.leave(&trouble);
        }
    }

    /// Waits before the next attempt; `false`, as nothing was sent.
    fn wait(&mut self, later: &Later) -> bool {
        self.tell_later(later);
        let pause = self.backoff.next(later.after);
        self.queue.attempt_failed(pause, later.after.is_some());
        false
    }

    fn tell_later(&mut self, later: &Later) {
        let endpoint = self.client.endpoint();
        let (base, shown, reason) = (&endpoint.base, &endpoint.shown, &later.reason);
        let kept = match self.queue.directory() {
            Some(_) => "kept in the spool and sent later, by this run or the next",
            None => "kept in memory and sent later, by this run",
        };
        // The spool of a destination and an account is sent there only.
        let kept_apart = match self.queue.directory() {
            Some(_) => {
                "kept in the spool and sent by runs with this URL and these headers, once it is taken"
            }
            None => kept,
        };
        let (trouble, text) = match later.cause {
            Cause::Endpoint => (
                Trouble::Endpoint(base.clone()),
                format!("the endpoint does not take data ({reason}); it is {kept}: {shown}"),
            ),
            Cause::Account => (
                Trouble::Account(base.clone()),
                format!(
                    "the endpoint refuses the credentials ({reason}); check the headers; data is \
                     {kept_apart}: {shown}"
                ),
            ),
            Cause::Address => (
                Trouble::Address(endpoint.url.clone()),
                format!(
                    "no data is taken at this URL ({reason}); check the endpoint; data is \
                     {kept_apart}: {}",
                    endpoint.shown_url()
                ),
            ),
            Cause::Trust => (
                Trouble::Trust(base.clone()),
                format!(
                    "no trusted connection comes about ({reason}); check the certificates; data \
                     is {kept}: {shown}"
                ),
            ),
        };
        if !self.troubles.contains(&trouble) {
            self.notices.enter(trouble.clone(), || text);
            self.troubles.push(trouble);
        }
    }

    fn tell_rejected(&self, rejected: u64, message: &str) {
        let shown = &self.client.endpoint().shown;
        if rejected > 0 {
            self.notices.once(Trouble::Loss, || {
                format!("items were rejected and are lost: {rejected} ({message}) by {shown}")
            });
        }
    }

    fn tell_refused(&self, items: u64, status: u16) {
        let endpoint = self.client.endpoint();
        let (base, shown) = (&endpoint.base, &endpoint.shown);
        self.notices.once(Trouble::Refused(base.clone()), || {
            format!(
                "items were refused for good and put aside in the spool: {items} (status {status}) \
                 by {shown}"
            )
        });
    }
}
