//! One signal's bodies on their way to one destination.
//!
//! Bodies are appended to segments of a directory and given out again in
//! order. A segment is deleted once all of it was acknowledged; what a crash
//! makes appear twice is one segment at most. When the disk fails, bodies wait
//! in a memory ring of [`RING_BYTES`]; beyond that the oldest are lost, counted.

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::directory::{Directory, QUARANTINE};
use crate::ledger::Ledger;
use crate::notice::{Notices, Trouble};
use crate::segment::format::{HEADER_LEN, Signal, State};
use crate::segment::reader::SegmentReader;
use crate::segment::writer::{Body, SegmentWriter};

/// Bytes of bodies that are kept in memory while the disk cannot be written.
pub const RING_BYTES: usize = 32 << 20;

/// Bytes of all segments in a directory; the oldest go when it is exceeded.
pub const DIRECTORY_BYTES: u64 = 512 << 20;

/// Age at which a segment goes.
pub const MAX_AGE: Duration = Duration::from_hours(7 * 24);

/// A queue of bodies.
#[derive(Debug)]
pub struct Queue {
    signal: Signal,
    /// `None` when no directory can be written.
    directory: Option<Arc<Directory>>,
    notices: Arc<Notices>,
    inner: Mutex<Inner>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Inner {
    /// Oldest first; the last one may be the writer's.
    segments: VecDeque<Segment>,
    writer: Option<SegmentWriter>,
    ring: VecDeque<(Vec<u8>, u32)>,
    ring_bytes: usize,
    ledger: Ledger,
    /// Counts failed attempts to send, for who waits for one.
    attempts_failed: u64,
    /// The server asked not to be bothered before this moment.
    held_until: Option<Instant>,
    /// Somebody waits for the next attempt.
    hurry: bool,
    closing: bool,
}

#[derive(Debug)]
struct Segment {
    path: PathBuf,
    /// Offset up to which it was acknowledged.
    acked: usize,
    /// Where it ends, once it is complete.
    sealed: bool,
    /// Items not acknowledged.
    items: u64,
}

/// Bodies to send as one request.
#[derive(Debug)]
pub struct Parcel {
    /// The bodies and the items in each. One after the other they are one valid body.
    pub bodies: Vec<(Vec<u8>, u32)>,
    source: Source,
}

#[derive(Clone, Debug)]
enum Source {
    Segment { path: PathBuf, end: usize },
    Ring,
}

impl Parcel {
    /// Items in all bodies.
    #[must_use]
    pub fn items(&self) -> u64 {
        self.bodies.iter().map(|(_, items)| u64::from(*items)).sum()
    }
}

impl Queue {
    /// A queue that appends to `directory`, or to memory without one.
    #[must_use]
    pub fn new(signal: Signal, directory: Option<Arc<Directory>>, notices: Arc<Notices>) -> Self {
        Self {
            signal,
            directory,
            notices,
            inner: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// What it carries.
    #[must_use]
    pub fn signal(&self) -> Signal {
        self.signal
    }

    /// Where its segments are.
    #[must_use]
    pub fn directory(&self) -> Option<&Arc<Directory>> {
        self.directory.as_ref()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Appends a body that is ready to be sent; `adopted` items come from a process that is gone.
    pub fn append(&self, bytes: &[u8], items: u32, session_hash: u64, adopted: bool) {
        let mut inner = self.inner();
        match adopted {
            true => inner.ledger.adopted += u64::from(items),
            false => inner.ledger.ended += u64::from(items),
        }
        let body = Body {
            bytes,
            count: items,
            session_hash,
            session_index: 0,
            state: State::Ready,
        };
        match self.write(&mut inner, body) {
            Ok(()) => {
                self.notices.over(&Trouble::Disk);
                inner.ledger.spooled += u64::from(items);
            }
            Err(error) => {
                self.tell_disk(&error);
                inner.buffer(bytes, items, &self.notices);
            }
        }
        drop(inner);
        self.changed.notify_all();
    }

    fn tell_disk(&self, error: &io::Error) {
        self.notices.once(Trouble::Disk, || {
            let place = self.directory.as_ref().map_or_else(
                || "no spool directory".to_owned(),
                |directory| directory.path().display().to_string(),
            );
            format!("the spool cannot be written ({error}); data waits in memory and is lost with the process: {place}")
        });
    }

    fn write(&self, inner: &mut Inner, body: Body<'_>) -> io::Result<()> {
        let Some(directory) = &self.directory else {
            return Err(io::Error::other("no directory can be written"));
        };
        if let Some(full) = inner.writer.take_if(|w| !w.has_room(body.bytes.len())) {
            let _ = full.seal();
            if let Some(last) = inner.segments.back_mut() {
                last.sealed = true;
            }
        }
        if inner.writer.is_none() {
            let (path, header) = directory.next_file(self.signal, self.signal.as_str());
            self.make_room(inner, directory);
            inner.writer = Some(SegmentWriter::create(&path, header, body.bytes.len())?);
            inner.segments.push_back(Segment {
                path,
                acked: HEADER_LEN,
                sealed: false,
                items: 0,
            });
        }
        if let Some(writer) = &mut inner.writer {
            writer.append(body)?;
        }
        if let Some(last) = inner.segments.back_mut() {
            last.items += u64::from(body.count);
        }
        Ok(())
    }

    /// Removes the oldest segments of the directory while it is over its size or they over their age.
    fn make_room(&self, inner: &mut Inner, directory: &Directory) {
        let segments = directory.segments();
        let mut total: u64 = segments.iter().map(|(_, bytes, _)| bytes).sum();
        for (modified, bytes, path) in segments {
            let is_old = modified.elapsed().is_ok_and(|age| age > MAX_AGE);
            if total <= DIRECTORY_BYTES && !is_old {
                break;
            }
            total -= bytes;
            let ours = inner.segments.iter().position(|s| s.path == path);
            if let Some(segment) = ours.and_then(|index| inner.segments.remove(index)) {
                inner.ledger.spooled -= segment.items;
                inner.ledger.expired += segment.items;
            }
            let _ = fs::remove_file(&path);
            self.notices.once(Trouble::Loss, || {
                format!(
                    "the spool is full or has data older than 7 days; the oldest is removed: {}",
                    directory.path().display()
                )
            });
        }
    }

    /// Adds a segment that another process left, in front of what this one appends.
    pub fn adopt(&self, path: PathBuf) {
        let items = fs::read(&path).map_or(0, |bytes| match SegmentReader::new(&bytes) {
            Ok(reader) => reader.map(|record| u64::from(record.header.count)).sum(),
            Err(_) => 0,
        });
        let mut inner = self.inner();
        inner.ledger.adopted += items;
        inner.ledger.spooled += items;
        inner.segments.push_front(Segment {
            path,
            acked: HEADER_LEN,
            sealed: true,
            items,
        });
        drop(inner);
        self.changed.notify_all();
    }

    /// The next bodies to send, at most about `max_bytes`; `None` if there are none.
    pub fn next(&self, max_bytes: usize) -> Option<Parcel> {
        loop {
            let (path, acked, end) = {
                let inner = self.inner();
                let Some(front) = inner.segments.front() else {
                    return inner.ring_parcel(max_bytes);
                };
                let end = match (&inner.writer, front.sealed) {
                    (Some(writer), false) => Some(writer.len()),
                    _ => None,
                };
                (front.path.clone(), front.acked, end)
            };
            let parcel = read_parcel(&path, acked, end, max_bytes);
            if parcel.is_some() {
                return parcel;
            }
            // Nothing left in it: it is finished, empty, or cannot be read.
            if !self.drop_front(&path, end) {
                return None;
            }
        }
    }

    /// Removes the front segment if nothing was added to it since it was read up to `end`.
    fn drop_front(&self, path: &std::path::Path, end: Option<usize>) -> bool {
        let mut inner = self.inner();
        let is_front = inner.segments.front().is_some_and(|s| s.path == path);
        if !is_front {
            return true;
        }
        if end.is_some() && inner.writer.as_ref().map(SegmentWriter::len) != end {
            return true;
        }
        if end.is_some() {
            inner.writer = None;
        }
        if let Some(segment) = inner.segments.pop_front() {
            // Items that are still on its account lay in damaged records.
            inner.ledger.spooled -= segment.items;
            inner.ledger.lost += segment.items;
            let _ = fs::remove_file(&segment.path);
        }
        !inner.segments.is_empty()
    }

    /// Notes that the destination took `parcel`, of which it refused `rejected` items.
    pub fn delivered(&self, parcel: &Parcel, rejected: u64) {
        let items = parcel.items();
        let rejected = rejected.min(items);
        self.settle(parcel, |ledger| {
            ledger.delivered += items - rejected;
            ledger.lost += rejected;
        });
    }

    /// Puts `parcel` aside, because the destination refuses it for good.
    pub fn quarantine(&self, parcel: &Parcel) {
        let kept = self.directory.as_ref().is_some_and(|directory| {
            let (path, header) = directory.next_file(self.signal, QUARANTINE);
            let keep = || {
                let bytes = parcel.bodies.iter().map(|(body, _)| body.len() + 64).sum();
                let mut writer = SegmentWriter::create(&path, header, bytes)?;
                for (bytes, count) in &parcel.bodies {
                    writer.append(Body {
                        bytes,
                        count: *count,
                        session_hash: 0,
                        session_index: 0,
                        state: State::Ready,
                    })?;
                }
                let _ = writer.seal();
                Ok::<_, io::Error>(())
            };
            keep().is_ok()
        });
        let items = parcel.items();
        self.settle(parcel, |ledger| match kept {
            true => ledger.quarantined += items,
            false => ledger.lost += items,
        });
    }

    fn settle(&self, parcel: &Parcel, count: impl FnOnce(&mut Ledger)) {
        let mut inner = self.inner();
        let items = parcel.items();
        match &parcel.source {
            Source::Ring => {
                for (body, _) in &parcel.bodies {
                    inner.ring.pop_front();
                    inner.ring_bytes -= body.len();
                }
                inner.ledger.buffered -= items;
                count(&mut inner.ledger);
            }
            Source::Segment { path, end } => {
                // An expired segment was counted as such already.
                if let Some(segment) = inner.segments.iter_mut().find(|s| s.path == *path) {
                    segment.acked = *end;
                    segment.items = segment.items.saturating_sub(items);
                    inner.ledger.spooled -= items;
                    count(&mut inner.ledger);
                }
            }
        }
        drop(inner);
        self.changed.notify_all();
    }

    /// Counts items that never reached the queue.
    pub fn count_lost(&self, items: u64) {
        let mut inner = self.inner();
        inner.ledger.ended += items;
        inner.ledger.lost += items;
    }

    /// Notes that an attempt to send failed and waits before the next one: for `pause`, or until
    /// the queue is closed, or until somebody waits, unless the server `asked` for the pause.
    pub fn attempt_failed(&self, pause: Duration, asked: bool) {
        let mut inner = self.inner();
        inner.attempts_failed += 1;
        inner.hurry = false;
        inner.held_until = asked.then(|| Instant::now() + pause);
        self.changed.notify_all();
        let resting = |inner: &mut Inner| !inner.closing && (asked || !inner.hurry);
        let (mut inner, _) = self
            .changed
            .wait_timeout_while(inner, pause, resting)
            .unwrap_or_else(PoisonError::into_inner);
        inner.held_until = None;
    }

    /// Waits until there may be something to send, the queue is closed, or `timeout` is over.
    pub fn wait_for_work(&self, timeout: Duration) {
        let inner = self.inner();
        let idle = |inner: &mut Inner| inner.is_empty() && !inner.closing;
        let _ = self.changed.wait_timeout_while(inner, timeout, idle);
    }

    /// Waits until everything was sent, the next attempt failed, the server asked to wait, or the deadline passes.
    pub fn wait_until_settled(&self, deadline: Instant) {
        let left = deadline.saturating_duration_since(Instant::now());
        let mut inner = self.inner();
        inner.hurry = true;
        self.changed.notify_all();
        let failed = inner.attempts_failed;
        let busy = |inner: &mut Inner| {
            !inner.is_empty() && inner.attempts_failed == failed && inner.held_until.is_none()
        };
        let _ = self.changed.wait_timeout_while(inner, left, busy);
    }

    /// Tells the sender to stop.
    pub fn close(&self) {
        self.inner().closing = true;
        self.changed.notify_all();
    }

    /// Whether the sender was told to stop.
    #[must_use]
    pub fn is_closing(&self) -> bool {
        self.inner().closing
    }

    /// Completes the segment in use, so that others may read and remove it.
    pub fn seal(&self) {
        let mut inner = self.inner();
        if let Some(writer) = inner.writer.take() {
            let empty = writer.is_empty();
            let path = writer.seal();
            if let Some(last) = inner.segments.back_mut() {
                last.sealed = true;
            }
            if empty {
                inner.segments.pop_back();
                let _ = fs::remove_file(path);
            }
        }
    }

    /// Makes what was appended survive a power cut.
    pub fn sync(&self) {
        let mut inner = self.inner();
        let result = inner.writer.as_mut().map_or(Ok(()), SegmentWriter::sync);
        if let Err(error) = result {
            // A failed sync must not be repeated on the same file: go on in a new one.
            self.tell_disk(&error);
            inner.writer = None;
            if let Some(last) = inner.segments.back_mut() {
                last.sealed = true;
            }
        }
    }

    /// What became of the items so far.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        self.inner().ledger
    }

    /// Whether no segment is left.
    #[must_use]
    pub fn has_no_segments(&self) -> bool {
        self.inner().segments.is_empty()
    }
}

impl Inner {
    fn is_empty(&self) -> bool {
        let spooled = self.segments.iter().any(|segment| segment.items > 0);
        !spooled && self.ring.is_empty()
    }

    fn buffer(&mut self, bytes: &[u8], items: u32, notices: &Notices) {
        self.ring.push_back((bytes.to_vec(), items));
        self.ring_bytes += bytes.len();
        self.ledger.buffered += u64::from(items);
        while self.ring_bytes > RING_BYTES {
            let Some((body, items)) = self.ring.pop_front() else {
                break;
            };
            self.ring_bytes -= body.len();
            self.ledger.buffered -= u64::from(items);
            self.ledger.lost += u64::from(items);
            notices.once(Trouble::Loss, || {
                "memory for data that cannot be written or sent is full; the oldest is lost".into()
            });
        }
    }

    fn ring_parcel(&self, max_bytes: usize) -> Option<Parcel> {
        let mut bodies: Vec<(Vec<u8>, u32)> = Vec::new();
        let mut bytes = 0;
        for (body, items) in &self.ring {
            if !bodies.is_empty() && bytes + body.len() > max_bytes {
                break;
            }
            bytes += body.len();
            bodies.push((body.clone(), *items));
        }
        (!bodies.is_empty()).then_some(Parcel {
            bodies,
            source: Source::Ring,
        })
    }
}

/// Reads bodies from `acked` on; `end` is where a segment ends that is being written.
fn read_parcel(
    path: &std::path::Path,
    acked: usize,
    end: Option<usize>,
    max_bytes: usize,
) -> Option<Parcel> {
    let mut bytes = fs::read(path).ok()?;
    if let Some(end) = end {
        bytes.truncate(end);
    }
    let header = *SegmentReader::new(&bytes).ok()?.header();
    let mut bodies: Vec<(Vec<u8>, u32)> = Vec::new();
    let (mut size, mut last) = (0, acked);
    for record in SegmentReader::resume(header, &bytes, 0, acked) {
        if !bodies.is_empty() && size + record.body.len() > max_bytes {
            break;
        }
        last = record.end;
        if record.header.state == State::Ready {
            size += record.body.len();
            bodies.push((record.body.to_vec(), record.header.count));
        }
    }
    let source = Source::Segment {
        path: path.to_owned(),
        end: last,
    };
    (!bodies.is_empty()).then_some(Parcel { bodies, source })
}
