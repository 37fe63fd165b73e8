//! Bring spans into the queues, batched by session and encoded once.

use std::collections::HashMap;
use std::sync::Arc;

use crate::otlp::batch::Batch;
use crate::queue::Queue;
use crate::segment::format::hash;
use crate::span::Span;

/// A batch is appended once its spans take this many bytes.
const BATCH_BYTES: usize = 1 << 20;

/// Spans on their way into queues.
#[derive(Debug)]
pub struct Delivery {
    queues: Vec<Arc<Queue>>,
    /// Encoded `Resource` of every body.
    resource: Vec<u8>,
    adopted: bool,
    /// By session index.
    batches: HashMap<u32, SessionBatch>,
    spans: u64,
}

#[derive(Debug, Default)]
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
            batches: HashMap::new(),
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
        let index = span.session.map_or(0, |session| session.index);
        let entry = self.batches.entry(index).or_default();
        if entry.batch.is_empty() {
            entry.session_hash = span.session.map_or(0, |session| hash(&session.id));
        }
        entry.batch.push(span);
        self.spans += 1;
        if entry.batch.len() >= BATCH_BYTES
            && let Some(full) = self.batches.remove(&index)
        {
            self.append(&full);
        }
    }

    /// Appends every batch to every queue.
    pub fn flush(&mut self) {
        for batch in std::mem::take(&mut self.batches).into_values() {
            self.append(&batch);
        }
    }

    fn append(&self, entry: &SessionBatch) {
        let body = entry.batch.body(&self.resource);
        let count = entry.batch.count();
        for queue in &self.queues {
            queue.append(&body, count, entry.session_hash, self.adopted);
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
