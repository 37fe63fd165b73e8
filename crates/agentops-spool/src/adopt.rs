//! Take over what processes that are gone left in a spool directory.
//!
//! Of each such instance: the journal gives the spans that were open, the arena
//! the records that were written and not yet in a segment. Joined, they make
//! the spans that ended; what did not end is delivered as incomplete. Segments
//! are renamed to this instance and sent.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use crate::clock::Anchor;
use crate::delivery::Delivery;
use crate::directory::{Directory, Leftovers, QUARANTINE};
use crate::join::{Join, Measurement, Sink};
use crate::ledger::LossReason;
use crate::limits::Limits;
use crate::orphan::{Orphan, OrphanError};
use crate::otlp::journaled;
use crate::queue::Queue;
use crate::queue::disk::LONGEST;
use crate::registry::Sites;
use crate::segment::format::{FormatError, HEADER_LEN, Header, RecordHeader, Signal, State};
use crate::segment::reader::{SegmentReader, SegmentRecord};
use crate::segment::writer::CAPACITY;
use crate::span::Span;

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
/// `arena_destination` is what an arena and a journal must be meant for to be taken over.
/// `limits` are those of this process. `sync` has to make what was appended to the queues survive a
/// power cut; it runs once for each instance and may do other work meanwhile, since there may be
/// many. Returns how many spans the journals and arenas gave.
pub fn adopt(
    directory: &Directory,
    arena_destination: u64,
    traces: &[Arc<Queue>],
    queues: &[Arc<Queue>],
    segments: Segments,
    limits: Limits,
    mut sync: impl FnMut(),
) -> u64 {
    let mut spans = 0;
    for leftovers in directory.leftovers(segments == Segments::Send) {
        let in_memory = || -> u64 { traces.iter().map(|queue| queue.ledger().buffered).sum() };
        let before = in_memory();
        let adopted = adopt_spans(arena_destination, &leftovers, traces, limits);
        for (_, path) in &leftovers.segments {
            // It is only longer than need be if this fails.
            let _ = give_back(path);
        }
        let salvaged = match segments {
            Segments::Send => adopt_segments(directory, &leftovers, queues),
            Segments::Keep => Vec::new(),
        };
        // Asked before the sync, which may take long, and in which older bodies may be delivered.
        let is_on_disk = in_memory() <= before;
        // The journal, the arena and what is damaged go next: by then what was in them must be on
        // the disk.
        sync();
        for (path, queue) in salvaged {
            let (aside, _) = directory.next_file(queue.signal(), QUARANTINE);
            let _ = fs::rename(path, aside);
            queue.tell_damage();
        }
        // Else they are newer than this library, of another destination, or cannot be read now.
        let adopted = adopted.filter(|_| is_on_disk);
        if let Some(adopted) = adopted {
            adopted.count_gone(traces);
            spans += adopted.spans;
            leftovers.settle();
        }
    }
    spans
}

/// Cuts a segment to what is in it: its process ended before it did so, and what was allocated
/// ahead would count as data until newer data had to go for it.
pub(crate) fn give_back(path: &Path) -> io::Result<()> {
    if fs::metadata(path)?.len() < CAPACITY as u64 {
        return Ok(());
    }
    let bytes = fs::read(path)?;
    let records = SegmentReader::new(&bytes).into_iter().flatten();
    match records.last() {
        Some(last) if last.end < bytes.len() => {
            let file = File::options().write(true).open(path)?;
            let written = file.metadata()?.modified()?;
            file.set_len(last.end as u64)?;
            // It is as old as before.
            file.set_modified(written)
        }
        _ => Ok(()),
    }
}

/// Returns those that are to be put aside, because they are damaged.
fn adopt_segments<'a>(
    directory: &Directory,
    leftovers: &'a Leftovers,
    queues: &'a [Arc<Queue>],
) -> Vec<(&'a Path, &'a Queue)> {
    let mut salvaged = Vec::new();
    // Each goes to the front of its queue, so the newest is taken first.
    for (signal, path) in leftovers.segments.iter().rev() {
        let Some(queue) = queues.iter().find(|queue| queue.signal() == *signal) else {
            continue;
        };
        // Trap, other versions: what is newer stays as it is, what is damaged is put aside, and
        // nothing fails for either.
        match read_header(path) {
            // It was moved here from elsewhere: nobody knows whose it is.
            Ok(Ok(header)) if header.destination != directory.destination() => {}
            Ok(Ok(_)) => {
                let (own, _) = directory.next_file(*signal, signal.as_str());
                if fs::rename(path, &own).is_ok() {
                    queue.adopt(own);
                }
            }
            // Its process ended before it wrote anything.
            Ok(Err(FormatError::NotASegment)) => {
                let _ = fs::remove_file(path);
            }
            Ok(Err(FormatError::Damaged)) => {
                salvage(path, queue);
                salvaged.push((path.as_path(), &**queue));
            }
            Ok(Err(FormatError::Newer(_))) => queue.tell_newer(),
            Err(_) => {}
        }
    }
    salvaged
}

/// Takes over the bodies of a segment whose header is damaged: their sums say whether they are
/// the segment's, if its id was not what was damaged.
fn salvage(path: &Path, queue: &Queue) {
    let bytes = read_segment(path).unwrap_or_default();
    let Some(header) = Header::guess(&bytes, queue.signal()) else {
        return;
    };
    let rest = &bytes[HEADER_LEN..];
    for record in SegmentReader::resume(header, rest, HEADER_LEN, HEADER_LEN) {
        let RecordHeader {
            count,
            session_hash,
            state,
            ..
        } = record.header;
        if state == State::Ready {
            queue.append(record.body, count, session_hash, true);
        }
    }
}

fn read_header(path: &Path) -> io::Result<Result<Header, FormatError>> {
    let mut head = Vec::with_capacity(HEADER_LEN);
    File::open(path)?
        .take(HEADER_LEN as u64)
        .read_to_end(&mut head)?;
    Ok(Header::decode(&head))
}

/// `None` when the instance is to be left alone.
fn adopt_spans(
    destination: u64,
    leftovers: &Leftovers,
    traces: &[Arc<Queue>],
    limits: Limits,
) -> Option<AdoptedSpans> {
    if traces.is_empty() {
        // Spans go nowhere in this process; another one may take them.
        return None;
    }
    let arena = match leftovers.arena.as_deref().map(read_arena) {
        Some(Ok(bytes)) => Some(bytes),
        Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => return None,
        Some(Err(_)) | None => None,
    };
    let orphan = match arena.as_deref().map(Orphan::read) {
        Some(Ok(orphan)) if orphan.header.destination != destination => return None,
        Some(Ok(orphan)) => Some(orphan),
        Some(Err(OrphanError::Newer(_))) => return None,
        Some(Err(OrphanError::NotAnArena)) | None => None,
    };
    let killed = orphan.as_ref().map_or(0, |orphan| orphan.outside);
    let without_room = orphan.as_ref().map_or(0, |orphan| orphan.lost);
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
    join.set_limits(limits);
    let journaled = read_journals(destination, leftovers, &mut join)?;
    if resource.is_empty() {
        resource = journaled.resource;
    }
    let mut chunks = Vec::new();
    for range in unread {
        chunks.push(arena.as_deref()?.get(range)?);
    }
    let anchor = anchor.unwrap_or(Anchor {
        tick: 1,
        unix_nanos: journaled.last_unix_nanos,
    });
    let mut sink = Adopted(Delivery::of_adopted(traces.to_vec(), resource));
    for span_id in journaled.closed {
        join.forget(span_id);
    }
    forget_ended(leftovers, &mut join);
    join.pass(&chunks, anchor, &mut sink);
    while join.is_waiting() {
        join.pass(&[], anchor, &mut sink);
    }
    let last = anchor.tick.max(1);
    join.give_up(None, last, anchor, &mut sink);
    sink.0.flush();
    Some(AdoptedSpans {
        spans: sink.0.spans(),
        killed,
        without_room,
    })
}

/// What the journal and the arena of an instance gave.
#[derive(Debug)]
struct AdoptedSpans {
    /// Spans that were appended to the queues.
    spans: u64,
    /// Spans that its end cost.
    killed: u64,
    /// Spans that it had no room for before.
    without_room: u64,
}

impl AdoptedSpans {
    /// Counts what was lost with it.
    fn count_gone(&self, traces: &[Arc<Queue>]) {
        for queue in traces {
            queue.count_gone(LossReason::Killed, self.killed);
            queue.count_gone(LossReason::NoRoom, self.without_room);
        }
    }
}

/// Forgets what is in a segment of its process: it ended, whether or not the journal got to say so.
fn forget_ended(leftovers: &Leftovers, join: &mut Join) {
    for (signal, path) in &leftovers.segments {
        if *signal != Signal::Traces || join.open_len() == 0 {
            continue;
        }
        let bytes = read_segment(path).unwrap_or_default();
        let records = SegmentReader::new(&bytes).into_iter().flatten();
        for record in records.filter(|record| record.header.state == State::Ready) {
            for span_id in journaled::span_ids(record.body) {
                join.forget(span_id);
            }
        }
    }
}

fn read_segment(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn read_arena(path: &Path) -> io::Result<Vec<u8>> {
    let metadata = fs::symlink_metadata(path)?;
    if !metadata.is_file() || metadata.len() > MAX_ARENA {
        return Err(io::ErrorKind::InvalidData.into());
    }
    fs::read(path)
}

/// What journals say beside the spans that are open.
#[derive(Default)]
struct Remarks {
    closed: HashSet<[u8; 8]>,
    resource: Vec<u8>,
    last_unix_nanos: u64,
}

/// `None` when a journal is newer than this library, of another destination, or cannot be read now.
fn read_journals(destination: u64, leftovers: &Leftovers, join: &mut Join) -> Option<Remarks> {
    let mut found = Remarks::default();
    for path in &leftovers.journals {
        let bytes = fs::read(path).ok()?;
        let reader = match SegmentReader::new(&bytes) {
            Ok(reader) => reader,
            Err(FormatError::Newer(_)) => return None,
            Err(_) => continue,
        };
        if reader.header().destination != destination {
            return None;
        }
        for record in reader {
            found.last_unix_nanos = record.header.unix_millis.saturating_mul(1_000_000);
            found.add(&record, join);
        }
    }
    Some(found)
}

impl Remarks {
    fn add(&mut self, record: &SegmentRecord<'_>, join: &mut Join) {
        let (spans, resource) = journaled::read(record.body);
        match record.header.state {
            State::Open => {
                self.resource = resource.to_vec();
                for span in spans {
                    let index = record.header.session_index;
                    join.adopt_open(span.to_open(index), span.session(index));
                }
            }
            State::Closed => {
                let ids = spans.iter().map(|span| span.start.identity.span_id);
                self.closed.extend(ids);
            }
            _ => {}
        }
    }
}

struct Adopted(Delivery);

impl Sink for Adopted {
    fn span(&mut self, span: &Span<'_>) {
        // What a test captured is nobody else's.
        if span.session.is_none_or(|session| session.realm == 0) {
            self.0.push(span);
        }
    }

    fn measure(&mut self, _: &Measurement<'_>) {}
}
