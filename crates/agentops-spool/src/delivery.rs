//! Bring spans into the queues, batched by session and encoded once.

use std::sync::Arc;

use crate::number::NumberMap;
use crate::otlp::batch::Batch;
use crate::queue::Queue;
use crate::segment::format::hash;
use crate::span::{Parts, Session, Span};

/// A batch is appended once its spans take this many bytes: with the last of them and all
/// around them they are one request of a megabyte, which a sender reads in one piece.
const BATCH_BYTES: usize = (1 << 20) - (64 << 10);

/// Empty batches that are kept for the next spans.
const SPARE: usize = 4;

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
        let Self { batches, spare, .. } = self;
        let index = session.map_or(0, |session| session.index);
        let entry = batches.entry(index).or_insert_with(|| SessionBatch {
            session_hash: session.map_or(0, |session| hash(&session.id)),
            batch: spare.pop().unwrap_or_default(),
        });
        let pushed = push(&mut entry.batch);
        self.spans += u64::from(pushed);
        if entry.batch.len() >= BATCH_BYTES {
            Self::append(entry, &self.queues, &self.resource, self.adopted);
        }
        pushed
    }

    /// Appends every batch to every queue.
    pub fn flush(&mut self) {
        for (_, mut entry) in self.batches.drain() {
            Self::append(&mut entry, &self.queues, &self.resource, self.adopted);
            if self.spare.len() < SPARE {
                self.spare.push(entry.batch);
            }
        }
    }

    fn append(entry: &mut SessionBatch, queues: &[Arc<Queue>], resource: &[u8], adopted: bool) {
        let count = entry.batch.count();
        if count > 0 {
            let body = entry.batch.body(resource);
            for queue in queues {
                queue.append(body, count, entry.session_hash, adopted);
            }
        }
        entry.batch.clear();
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
