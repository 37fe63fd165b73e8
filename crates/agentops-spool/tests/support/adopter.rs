//! A process that adopts what others left.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use agentops_spool::adopt::{Segments, adopt};
use agentops_spool::directory::Directory;
use agentops_spool::limits::Limits;
use agentops_spool::queue::Queue;
use agentops_spool::segment::format::Signal;
use opentelemetry_proto::tonic::trace::v1::Span;

use crate::support::decoded;
use crate::support::leftovers::DESTINATION;
use crate::support::queues::{Told, notices};

/// A process that adopts.
pub(crate) struct Adopter {
    pub(crate) directory: Arc<Directory>,
    pub(crate) queue: Arc<Queue>,
    pub(crate) told: Told,
}

impl Adopter {
    pub(crate) fn new(home: &Path) -> Self {
        let directory = Arc::new(Directory::create(home, DESTINATION).unwrap());
        let (notices, told) = notices();
        let queue = Queue::new(Signal::Traces, Some(Arc::clone(&directory)), notices);
        Self {
            directory,
            queue: Arc::new(queue),
            told,
        }
    }

    pub(crate) fn adopt(&self, destination: u64, segments: Segments) -> u64 {
        let queues = [Arc::clone(&self.queue)];
        let spans = adopt(
            &self.directory,
            destination,
            &queues,
            &queues,
            segments,
            Limits::default(),
            || self.queue.sync(),
        );
        let ledger = self.queue.ledger();
        assert!(ledger.balances() && ledger.ended == 0, "{ledger:?}");
        spans
    }

    /// Takes everything from the queue: spans by the number they were made from.
    pub(crate) fn delivered(&self) -> BTreeMap<u8, Span> {
        let mut spans = BTreeMap::new();
        while let Some(parcel) = self.queue.next(1 << 20) {
            for span in decoded::spans(parcel.request()) {
                let twice = spans.insert(span.span_id[0], span);
                assert_eq!(twice, None, "a span was delivered twice");
            }
            self.queue.delivered(&parcel, 0);
        }
        spans
    }
}

/// Changes one byte of a file.
pub(crate) fn set_byte(path: &Path, at: usize, byte: u8) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] = byte;
    fs::write(path, bytes).unwrap();
}
