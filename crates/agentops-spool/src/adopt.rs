//! Take over what processes that are gone left in a spool directory.
//!
//! Of each such instance: the journal gives the spans that were open, the arena
//! the records that were written and not yet in a segment. Joined, they make
//! the spans that ended; what did not end is delivered as incomplete. Segments
//! are renamed to this instance and sent.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::clock::Anchor;
use crate::delivery::Delivery;
use crate::directory::{Directory, Leftovers};
use crate::join::{Join, Measurement, Sink};
use crate::orphan::{Orphan, OrphanError};
use crate::otlp::journaled;
use crate::queue::Queue;
use crate::registry::Sites;
use crate::segment::format::{FormatError, State};
use crate::segment::reader::SegmentReader;
use crate::span::{Session, Span};

/// An arena is never read beyond this.
const MAX_ARENA: u64 = 1 << 30;

/// What a directory's queues do with the segments of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segments {
    /// They are sent: take them over.
    Send,
    /// They are read from this directory: leave them.
    Keep,
}

/// Takes over what is left in `directory`; spans go to `traces`, segments to the queue of their signal.
///
/// `arena_destination` is what an arena must be meant for to be taken over.
/// Returns how many spans the journals and arenas gave.
pub fn adopt(
    directory: &Directory,
    arena_destination: u64,
    traces: &[Arc<Queue>],
    queues: &[Arc<Queue>],
    segments: Segments,
) -> u64 {
    let mut spans = 0;
    for leftovers in directory.leftovers() {
        let Some(adopted) = adopt_spans(arena_destination, &leftovers, traces) else {
            // Newer than this library, or of another destination: not ours to touch.
            continue;
        };
        spans += adopted;
        if segments == Segments::Send {
            adopt_segments(directory, &leftovers, queues);
        }
        leftovers.settle();
    }
    spans
}

fn adopt_segments(directory: &Directory, leftovers: &Leftovers, queues: &[Arc<Queue>]) {
    // Each goes to the front of its queue, so the newest is taken first.
    for (signal, path) in leftovers.segments.iter().rev() {
        let Some(queue) = queues.iter().find(|queue| queue.signal() == *signal) else {
            continue;
        };
        let (own, _) = directory.next_file(*signal, signal.as_str());
        if fs::rename(path, &own).is_ok() {
            queue.adopt(own);
        }
    }
}

/// `None` when the instance is to be left alone.
fn adopt_spans(destination: u64, leftovers: &Leftovers, traces: &[Arc<Queue>]) -> Option<u64> {
    let arena = leftovers.arena.as_deref().and_then(read_arena);
    let orphan = match arena.as_deref().map(Orphan::read) {
        Some(Ok(orphan)) if orphan.header.destination != destination => return None,
        Some(Ok(orphan)) => Some(orphan),
        Some(Err(OrphanError::Newer(_))) => return None,
        Some(Err(OrphanError::NotAnArena)) | None => None,
    };
    let (sites, anchor, mut resource, unread) = match orphan {
        Some(orphan) => (
            orphan.sites,
            Some(orphan.anchor),
            orphan.resource,
            orphan.unread,
        ),
        None => (Sites::default(), None, Vec::new(), Vec::new()),
    };
    let mut join = Join::new(sites);
    let journaled = read_journals(leftovers, &mut join)?;
    if resource.is_empty() {
        resource = journaled.resource;
    }
    for range in unread {
        join.feed(arena.as_deref()?.get(range)?);
    }
    let anchor = anchor.unwrap_or(Anchor {
        tick: 1,
        unix_nanos: journaled.last_unix_nanos,
    });
    let mut sink = Adopted(Delivery::of_adopted(traces.to_vec(), resource));
    for span_id in journaled.closed {
        join.forget(span_id);
    }
    join.resolve(anchor, &mut sink);
    while join.is_waiting() {
        join.resolve(anchor, &mut sink);
    }
    let last = anchor.tick.max(1);
    join.give_up(None, last, anchor, &mut sink);
    sink.0.flush();
    Some(sink.0.spans())
}

fn read_arena(path: &Path) -> Option<Vec<u8>> {
    let metadata = fs::symlink_metadata(path).ok()?;
    if !metadata.is_file() || metadata.len() > MAX_ARENA {
        return None;
    }
    fs::read(path).ok()
}

#[derive(Default)]
struct Journaled {
    closed: HashSet<[u8; 8]>,
    resource: Vec<u8>,
    last_unix_nanos: u64,
}

/// `None` when a journal is newer than this library.
fn read_journals(leftovers: &Leftovers, join: &mut Join) -> Option<Journaled> {
    let mut found = Journaled::default();
    for path in &leftovers.journals {
        let bytes = fs::read(path).unwrap_or_default();
        let reader = match SegmentReader::new(&bytes) {
            Ok(reader) => reader,
            Err(FormatError::Newer(_)) => return None,
            Err(_) => continue,
        };
        for record in reader {
            let (spans, resource) = journaled::read(record.body);
            found.last_unix_nanos = record.header.unix_millis * 1_000_000;
            match record.header.state {
                State::Open => {
                    found.resource = resource.to_vec();
                    for span in spans {
                        let session = Session {
                            index: record.header.session_index,
                            id: span.session_id.to_owned(),
                            ..Session::default()
                        };
                        join.adopt_open(span.start, session, span.fields.to_vec());
                    }
                }
                State::Closed => {
                    let ids = spans.iter().map(|span| span.start.identity.span_id);
                    found.closed.extend(ids);
                }
                _ => {}
            }
        }
    }
    Some(found)
}

struct Adopted(Delivery);

impl Sink for Adopted {
    fn span(&mut self, span: &Span<'_>) {
        self.0.push(span);
    }

    fn measure(&mut self, _: &Measurement<'_>) {}
}
