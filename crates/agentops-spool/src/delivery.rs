//! Bring spans into the queues, batched by session and encoded once.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use crate::number::NumberMap;
use crate::otlp::batch::Batch;
use crate::queue::Queue;
use crate::queue::recent::SharedBody;
use crate::segment::format::hash;
use crate::span::{Parts, Session, Span};

/// A batch is appended once its spans take this many bytes: with the last of them and all
/// around them they are one request of a megabyte, which a sender reads in one piece.
const BATCH_BYTES: usize = (1 << 20) - (64 << 10);

/// Room for what is in front of the first span and what the last one is longer by.
const SLACK: usize = 32 << 10;

/// Batches of so many bytes are kept in memory until they are sent, if that is soon.
const SHARED_BYTES: usize = 128 << 10;

/// Empty batches that are kept for the next spans.
const SPARE: usize = 4;

/// Bodies whose memory is used again: more than a queue and its sender hold at a time.
const LENT: usize = 8;

/// Spans on their way into queues.
#[derive(Debug)]
pub struct Delivery {
    queues: Vec<Arc<Queue>>,
    /// Encoded `Resource` of every body.
    resource: Vec<u8>,
    adopted: bool,
    /// By session index.
    batches: NumberMap<u32, SessionBatch>,
    /// Empty ones, with memory.
    spare: Vec<Batch>,
    /// Bodies whose memory comes back once nobody holds them.
    lent: Vec<SharedBody>,
    spans: u64,
}

#[derive(Debug)]
struct SessionBatch {
    session_hash: u64,
    batch: Batch,
}

impl Delivery {
    /// Delivers this process's spans into all of `queues`.
    #[must_use]
    pub fn new(queues: Vec<Arc<Queue>>, resource: Vec<u8>) -> Self {
        Self {
            queues,
            resource,
            adopted: false,
            batches: NumberMap::default(),
            spare: Vec::new(),
            lent: Vec::new(),
            spans: 0,
        }
    }

    /// Delivers spans of a process that is gone.
    #[must_use]
    pub fn of_adopted(queues: Vec<Arc<Queue>>, resource: Vec<u8>) -> Self {
        Self {
            adopted: true,
            ..Self::new(queues, resource)
        }
    }

    /// Adds a span to the batch of its session.
    pub fn push(&mut self, span: &Span<'_>) {
        self.push_by(span.session, |batch| {
            batch.push(span);
            true
        });
    }

    /// Adds a span if it can be encoded as its records are; `false` if it must be put together first.
    pub fn push_plain(&mut self, parts: &Parts<'_>) -> bool {
        self.push_by(parts.session, |batch| batch.push_plain(parts))
    }

    fn push_by(
        &mut self,
        session: Option<&Session>,
        push: impl FnOnce(&mut Batch) -> bool,
    ) -> bool {
        let index = session.map_or(0, |session| session.index);
        let entry = match self.batches.entry(index) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(SessionBatch {
                session_hash: session.map_or(0, |session| hash(&session.id)),
                batch: empty(&mut self.spare, &mut self.lent),
            }),
        };
        let pushed = push(&mut entry.batch);
        self.spans += u64::from(pushed);
        if entry.batch.len() >= BATCH_BYTES
            && let Some(full) = self.batches.remove(&index)
        {
            self.append(full);
        }
        pushed
    }

    /// Appends every batch to every queue.
    pub fn flush(&mut self) {
        if self.batches.is_empty() {
            // Nothing happens: the memory of busier times goes, a little each pass.
            self.spare.pop();
            self.lent.pop();
        }
        let mut batches = std::mem::take(&mut self.batches);
        for (_, batch) in batches.drain() {
            self.append(batch);
        }
        self.batches = batches;
    }

    fn append(&mut self, entry: SessionBatch) {
        let SessionBatch {
            session_hash,
            mut batch,
        } = entry;
        let count = batch.count();
        if batch.len() >= SHARED_BYTES {
            let body = batch.share(&self.resource);
            for queue in &self.queues {
                queue.append_shared(&body, count, session_hash, self.adopted);
            }
            self.lent.push(body);
            if self.lent.len() > LENT {
                self.lent.remove(0);
            }
            return;
        }
        if count > 0 {
            let body = batch.body(&self.resource);
            for queue in &self.queues {
                queue.append(body, count, session_hash, self.adopted);
            }
        }
        batch.clear();
        if self.spare.len() < SPARE {
            self.spare.push(batch);
        }
    }

    /// The queues.
    #[must_use]
    pub fn queues(&self) -> &[Arc<Queue>] {
        &self.queues
    }

    /// Spans delivered so far.
    #[must_use]
    pub fn spans(&self) -> u64 {
        self.spans
    }

    /// The encoded `Resource`.
    #[must_use]
    pub fn resource(&self) -> &[u8] {
        &self.resource
    }
}

/// An empty batch, with memory that was used before if there is some.
fn empty(spare: &mut Vec<Batch>, lent: &mut Vec<SharedBody>) -> Batch {
    for _ in 0..lent.len() {
        match lent.remove(0).into_memory() {
            Ok(memory) => {
                let mut batch = Batch::default();
                batch.reuse(memory);
                return batch;
            }
            Err(body) => lent.push(body),
        }
    }
    let mut batch = spare.pop().unwrap_or_default();
    if !lent.is_empty() {
        // The one before was as long as one can be, and so will this be: it need not grow.
        batch.reuse(Vec::with_capacity(BATCH_BYTES + SLACK));
    }
    batch
}
