//! What a process leaves in a spool directory when it ends without a word.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use agentops_spool::arena::Arena;
use agentops_spool::clock::Anchor;
use agentops_spool::directory::Directory;
use agentops_spool::join::{Join, Measurement, Sink};
use agentops_spool::journal::Journal;
use agentops_spool::otlp::batch::Batch;
use agentops_spool::queue::Queue;
use agentops_spool::registry::{self, Sites};
use agentops_spool::segment::format::Signal;
use agentops_spool::shared::create_arena;
use agentops_spool::span::Span;
use agentops_spool::thread;

use crate::support::queues::notices;
use crate::support::records::{ANCHOR, end, session, start};

/// Destination of the spool directory.
pub(crate) const DESTINATION: u64 = 7;
/// Destination of all spans.
pub(crate) const ALL_DESTINATIONS: u64 = 99;

/// A process that records, for as long as this lives.
#[derive(Debug)]
pub(crate) struct Recording {
    pub(crate) directory: Arc<Directory>,
    pub(crate) arena: Arc<Arena>,
}

impl Recording {
    /// Records into an arena of this process, which has one only.
    pub(crate) fn begin(home: &Path) -> Self {
        let directory = Arc::new(Directory::create(home, DESTINATION).unwrap());
        let arena = create_arena(&directory, ALL_DESTINATIONS).unwrap();
        registry::install(Arc::clone(&arena), b"\x0a\x00");
        let clocks = Anchor {
            tick: 3_000,
            unix_nanos: ANCHOR.unix(3_000),
        };
        arena.set_anchor(clocks);
        Self { directory, arena }
    }

    /// Opens and closes spans in the journal.
    pub(crate) fn journal(&self, open: &[u8], closed: &[u8]) {
        append_journal(&self.directory, open, closed);
    }

    /// Appends a segment with the spans `ended`.
    pub(crate) fn segment(&self, ended: &[u8]) {
        append_segment(&self.directory, ended);
    }
}

/// Writes records into the arena of this process.
pub(crate) fn write(records: &[Vec<u8>]) {
    for record in records {
        assert!(thread::append(|out| out.bytes(record)));
    }
}

/// Opens and closes spans in a journal.
pub(crate) fn append_journal(directory: &Arc<Directory>, open: &[u8], closed: &[u8]) {
    let mut journal = Journal::new(Arc::clone(directory), ALL_DESTINATIONS, Vec::new());
    journal.open(1, 0, &mut batch_of_open(open)).unwrap();
    let ids: Vec<_> = closed.iter().map(|&n| ([n; 16], [n; 8])).collect();
    journal.closed(&ids).unwrap();
}

/// Appends a segment with the spans `ended`.
pub(crate) fn append_segment(directory: &Arc<Directory>, ended: &[u8]) {
    let (notices, _) = notices();
    let queue = Queue::new(Signal::Traces, Some(Arc::clone(directory)), notices);
    let records = ended.iter().flat_map(|&n| [start(n, 0), end(n)]);
    let mut batch = batch(&records.collect::<Vec<_>>(), false);
    let count = batch.count();
    queue.append(batch.body(&[]), count, 0, false);
}

fn batch_of_open(spans: &[u8]) -> Batch {
    let starts = spans.iter().map(|&n| start(n, 1));
    let session = session(1, 0, "chat");
    batch(
        &[session].into_iter().chain(starts).collect::<Vec<_>>(),
        true,
    )
}

fn batch(records: &[Vec<u8>], open: bool) -> Batch {
    let mut join = Join::new(Sites::default());
    let mut ended = Only(Batch::default());
    join.pass(&[&records.concat()], ANCHOR, &mut ended);
    if open {
        join.journal(ANCHOR, &mut ended);
    }
    ended.0
}

struct Only(Batch);

impl Sink for Only {
    fn span(&mut self, span: &Span<'_>) {
        self.0.push(span);
    }

    fn measure(&mut self, _: &Measurement<'_>) {}
}

/// Where the arena of a dead process is, which tests remove that leave it alone.
pub(crate) fn arena_of(home: &Path) -> Option<PathBuf> {
    let name = super::queues::files(home, ".instance")
        .into_iter()
        .find_map(|name| {
            std::fs::read_to_string(home.join(name))
                .ok()
                .filter(|p| !p.is_empty())
        })?;
    Some(name.into())
}
