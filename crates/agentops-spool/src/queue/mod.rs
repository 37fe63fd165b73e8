//! One signal's bodies on their way to one destination.
//!
//! Bodies are appended to segments of a directory and given out again in
//! order. A segment is deleted once all of it was acknowledged; what a crash
//! makes appear twice is one segment at most. When the disk fails, bodies wait
//! in a memory ring; beyond its size the oldest are lost, counted. Once the disk
//! can be written again, the ring goes there.

pub mod disk;
mod flight;
mod mend;
#[cfg(all(test, not(miri)))]
mod model;
pub mod parcel;
pub mod parts;
pub mod recent;
pub mod ring;
#[cfg(all(test, not(miri)))]
mod slow;
mod waiting;

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::directory::{Directory, QUARANTINE};
use crate::file::is_passing;
use crate::ledger::{Ledger, LossReason};
use crate::notice::{Notices, Trouble};
use crate::queue::disk::{Disk, Items, Position};
use crate::queue::flight::{Flight, Observer};
use crate::queue::parcel::{Parcel, Source};
use crate::queue::recent::{Recent, SharedBody};
use crate::queue::ring::Ring;
use crate::segment::format::{MAX_BODY, Signal, State};
use crate::segment::reader::SegmentReader;
use crate::segment::unsynced::Unsynced;
use crate::segment::writer::{Body, SegmentWriter};

/// Pause between two looks for segments that are too old.
const LOOK_EVERY: Duration = Duration::from_mins(1);

/// A queue of bodies.
#[derive(Debug)]
pub struct Queue {
    signal: Signal,
    /// `None` when no directory can be written.
    directory: Option<Arc<Directory>>,
    notices: Arc<Notices>,
    inner: Mutex<Inner>,
    changed: Condvar,
    /// Who is told how long it took to send a parcel.
    observer: Observer,
}

#[derive(Debug, Default)]
struct Inner {
    disk: Disk,
    ring: Ring,
    recent: Recent,
    ledger: Ledger,
    /// When it was last looked for what is too much or too old.
    looked: Option<Instant>,
    /// What is being sent.
    flight: Flight,
    /// Counts failed attempts to send, for who waits for one.
    attempts_failed: u64,
    /// The server asked not to be bothered for a while.
    held: bool,
    /// Somebody waits for the next attempt.
    hurry: bool,
    closing: bool,
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
            observer: Observer::default(),
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
        self.append_kept(bytes, None, items, session_hash, adopted);
    }

    /// The same with a body that may be kept in memory for whoever sends it.
    pub fn append_shared(&self, body: &SharedBody, items: u32, session_hash: u64, adopted: bool) {
        let bytes = body.as_bytes();
        self.append_kept(bytes, Some(body), items, session_hash, adopted);
    }

    fn append_kept(
        &self,
        bytes: &[u8],
        shared: Option<&SharedBody>,
        items: u32,
        session_hash: u64,
        adopted: bool,
    ) {
        let mut inner = self.inner();
        match adopted {
            true => inner.ledger.adopted += u64::from(items),
            false => inner.ledger.ended += u64::from(items),
        }
        if bytes.len() > MAX_BODY {
            inner.ledger.lose(LossReason::TooBig, items.into());
            self.tell_loss(LossReason::TooBig, "a body was too big to be kept");
            return;
        }
        let body = ready(bytes, items, session_hash);
        let written = self.unload(&mut inner);
        match written.and_then(|()| self.write(&mut inner, body)) {
            Ok(()) => {
                self.notices.over(&self.disk_trouble());
                inner.ledger.spooled += u64::from(items);
                if let Some(shared) = shared {
                    inner.keep(shared, items);
                }
            }
            Err(error) => {
                self.tell_disk(&error);
                self.buffer(&mut inner, bytes, items);
            }
        }
        drop(inner);
        self.changed.notify_all();
    }

    fn write(&self, inner: &mut Inner, body: Body<'_>) -> io::Result<()> {
        let Some(directory) = &self.directory else {
            return Err(io::Error::other("no directory can be written"));
        };
        self.make_room_for(inner, directory, body.bytes.len());
        inner.disk.write(directory, self.signal, body)
    }

    /// Removes the oldest segments where a body of `len` bytes begins one more than there may be.
    fn make_room_for(&self, inner: &mut Inner, directory: &Directory, len: usize) {
        if inner.disk.is_full(len) {
            inner.disk.seal();
            self.make_room(inner, directory);
        }
    }

    /// Removes what is too much or too old; that of processes that are gone is the directory's
    /// to count, since it may be of any signal.
    fn make_room(&self, inner: &mut Inner, directory: &Directory) {
        inner.looked = Some(Instant::now());
        let removed = inner.disk.forget_removed();
        if removed > 0 {
            inner.ledger.spooled -= removed;
            inner.ledger.lose(LossReason::Removed, removed);
            let what = "a file of the spool was removed; what it held is lost";
            self.tell_loss(LossReason::Removed, what);
        }
        let sent = inner.flight.segment();
        for evicted in inner.disk.make_room(directory, self.signal, sent) {
            let (reason, what) = evicted.why();
            match evicted.items {
                Items::Waiting(items) => {
                    inner.ledger.spooled -= items;
                    inner.ledger.lose(reason, items);
                }
                Items::Refused(items) => {
                    // A file of what is being put aside just now is not counted yet.
                    let items = items.min(inner.ledger.quarantined);
                    inner.ledger.quarantined -= items;
                    inner.ledger.lose(reason, items);
                }
                Items::OfTheDead(signal, items) => directory.count_evicted(signal, reason, items),
                Items::OfTheLiving => {}
            }
            self.tell_loss(reason, what);
        }
    }

    /// Brings to the disk what waits in memory, unless it is being sent.
    fn unload(&self, inner: &mut Inner) -> io::Result<()> {
        while self.directory.is_some()
            && let Some(oldest) = inner.ring.oldest()
        {
            let (bytes, items) = (oldest.bytes.clone(), oldest.items);
            self.write(inner, ready(&bytes, items, 0))?;
            inner.ring.pop();
            inner.ledger.buffered -= u64::from(items);
            inner.ledger.spooled += u64::from(items);
        }
        Ok(())
    }

    fn buffer(&self, inner: &mut Inner, bytes: &[u8], items: u32) {
        let lost = inner.ring.push(bytes, items);
        inner.ledger.buffered += u64::from(items);
        inner.ledger.buffered -= lost;
        inner.ledger.lose(LossReason::BufferFull, lost);
        if lost > 0 {
            self.tell_loss(
                LossReason::BufferFull,
                "memory for data that cannot be written or sent is full; the oldest is lost",
            );
        }
    }

    fn tell_disk(&self, error: &io::Error) {
        let place = self.place();
        self.notices.once(self.disk_trouble(), || {
            format!("the spool cannot be written ({error}); data waits in memory and is lost with the process: {place}")
        });
    }

    fn disk_trouble(&self) -> Trouble {
        let directory = self.directory.as_ref();
        Trouble::Disk(directory.map_or(String::new(), |directory| {
            directory.path().display().to_string()
        }))
    }

    fn tell_loss(&self, reason: LossReason, what: &str) {
        let text = || format!("{what}: {}", self.place());
        self.notices.once(Trouble::Lost(reason), text);
    }

    fn place(&self) -> String {
        self.directory.as_ref().map_or_else(
            || "no spool directory".to_owned(),
            |directory| directory.path().display().to_string(),
        )
    }

    /// Adds a segment that another process left, in front of what this one appends.
    pub fn adopt(&self, path: PathBuf) {
        let bytes = fs::read(&path).unwrap_or_default();
        let (mut end, mut items) = (0, 0);
        for record in SegmentReader::new(&bytes).into_iter().flatten() {
            if record.header.state == State::Ready {
                end = record.end;
                items += u64::from(record.header.count);
            }
        }
        let mut inner = self.inner();
        inner.ledger.adopted += items;
        inner.ledger.spooled += items;
        inner.disk.adopt(path, end, items);
        drop(inner);
        self.changed.notify_all();
    }

    /// Tells that a file which another process left cannot be read.
    pub fn tell_damage(&self) {
        let what = "a file of the spool was damaged; it is put aside";
        self.tell_loss(LossReason::Damaged, what);
    }

    /// Tells that a file which another process left is left to a newer version of this library.
    pub fn tell_newer(&self) {
        self.notices.once(Trouble::Newer(self.place()), || {
            let place = self.place();
            format!(
                "files of the spool were written by a newer version and are left to it: {place}"
            )
        });
    }

    /// The next bodies to send, at most about `max_bytes`; `None` if there are none.
    pub fn next(&self, max_bytes: usize) -> Option<Parcel> {
        let parcel = self.take_next(max_bytes);
        let mut inner = self.inner();
        match &parcel {
            Some(parcel) => inner.flight.begin(parcel.items()),
            None => drop(inner.flight.end()),
        }
        drop(inner);
        parcel
    }

    fn take_next(&self, max_bytes: usize) -> Option<Parcel> {
        loop {
            let at = {
                let mut inner = self.inner();
                inner.recent.is_wanted = true;
                let Some(at) = inner.disk.front() else {
                    return inner.ring.parcel(max_bytes);
                };
                inner.flight.aim(&at.path);
                if let Some(parcel) = inner.recent.take(&at) {
                    return Some(parcel);
                }
                at
            };
            match parcel::read(&at, max_bytes) {
                Ok(Some(parcel)) => return Some(parcel),
                Err(error) if is_passing(&error) => {
                    self.rest();
                    return None;
                }
                // Another process removed it for its age.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    self.drop_front(&at, LossReason::Removed);
                }
                // Nothing is left in it: it is finished, empty, or damaged.
                Ok(None) | Err(_) => self.drop_front(&at, LossReason::Damaged),
            }
        }
    }

    /// Removes the oldest segment if nothing was added to it since it was read.
    fn drop_front(&self, read: &Position, reason: LossReason) {
        let mut inner = self.inner();
        // Whatever happened to it meanwhile, the next look at it tells.
        let Some(items) = inner.disk.drop_front(read) else {
            return;
        };
        inner.ledger.spooled -= items;
        inner.ledger.lose(reason, items);
        if items > 0 {
            let what = match reason {
                LossReason::Removed => "a file of the spool was removed; what it held is lost",
                _ => "a file of the spool was damaged; what of it cannot be read is lost",
            };
            self.tell_loss(reason, what);
        }
        drop(inner);
        self.changed.notify_all();
    }

    /// Notes that the oldest segment cannot be read now, which is like an attempt that failed.
    fn rest(&self) {
        let mut inner = self.inner();
        inner.disk.unreadable = true;
        inner.attempts_failed += 1;
        drop(inner);
        self.changed.notify_all();
    }

    /// Notes that the destination took `parcel`, of which it refused `rejected` items.
    pub fn delivered(&self, parcel: &Parcel, rejected: u64) {
        self.settle(parcel, None, |ledger, items| {
            let rejected = rejected.min(items);
            ledger.delivered += items - rejected;
            ledger.lose(LossReason::Rejected, rejected);
        });
    }

    /// Puts `parcel` aside, because the destination refuses it for good.
    pub fn quarantine(&self, parcel: &Parcel) {
        let kept = self
            .directory
            .as_ref()
            .is_some_and(|directory| put_aside(directory, self.signal, parcel.iter()).is_ok());
        let error = Some(LossReason::Rejected.as_str());
        self.settle(parcel, error, |ledger, items| match kept {
            true => ledger.quarantined += items,
            false => ledger.lose(LossReason::Rejected, items),
        });
    }

    /// Takes `parcel` out of the queue; `count` is given how many of its items were still in it.
    fn settle(
        &self,
        parcel: &Parcel,
        error: Option<&'static str>,
        count: impl FnOnce(&mut Ledger, u64),
    ) {
        // Before anybody can learn that it is settled, who may collect the metrics then.
        let taken = self.inner().flight.settle(parcel.items());
        self.observer.tell(taken, error);
        let mut inner = self.inner();
        let items = match parcel.source() {
            Source::Ring => {
                let items = inner.ring.remove_through(parcel.end());
                inner.ledger.buffered -= items;
                items
            }
            // One that expired meanwhile was counted as such already.
            Source::Segment(path) => {
                let (end, items) = (parcel.end(), parcel.items());
                inner.recent.forget(path, end);
                let (items, done) = inner.disk.acknowledge(path, end, items);
                if let Some(done) = done {
                    inner.disk.discard(&done);
                }
                inner.ledger.spooled -= items;
                items
            }
        };
        count(&mut inner.ledger, items);
        drop(inner);
        self.changed.notify_all();
    }

    /// Counts items that were lost in the memory of a process that was killed.
    pub fn count_gone(&self, reason: LossReason, items: u64) {
        if items == 0 {
            return;
        }
        let mut inner = self.inner();
        inner.ledger.adopted += items;
        inner.ledger.lose(reason, items);
        drop(inner);
        let fate = match reason {
            LossReason::NoRoom => "found no room and are lost",
            _ => "are lost",
        };
        let what = format!(
            "a process was killed that had made spans faster than they could be read; \
             {items} of them {fate}"
        );
        self.tell_loss(reason, &what);
    }

    /// Completes the segment in use, so that others may read and remove it.
    pub fn seal(&self) {
        let mut inner = self.inner();
        // What cannot be written stays in memory and on its account.
        let _ = self.unload(&mut inner);
        inner.disk.close();
    }

    /// Makes what was appended before the call survive a power cut. That may take long, but nobody
    /// else is kept waiting for it.
    pub fn sync(&self) {
        let unsynced = self.begin_sync();
        self.end_sync(unsynced);
    }

    /// What is to be synced, as it is now.
    fn begin_sync(&self) -> Vec<Unsynced> {
        let mut inner = self.inner();
        // What is too old goes also where nothing new comes.
        if let Some(directory) = &self.directory
            && inner.looked.is_none_or(|at| at.elapsed() >= LOOK_EVERY)
        {
            self.make_room(&mut inner, directory);
        }
        if let Err(error) = self.unload(&mut inner) {
            self.tell_disk(&error);
        }
        inner.disk.begin_sync()
    }

    /// Syncs it, without the lock.
    fn end_sync(&self, unsynced: Vec<Unsynced>) {
        for segment in unsynced {
            // Whether that failed is noted with the segment.
            let _ = segment.sync();
        }
        self.inner().disk.note_syncs();
        if let Err(error) = self.mend() {
            self.tell_disk(&error);
        }
    }

    /// Whether a power cut would cost nothing of what is in it.
    #[must_use]
    pub fn is_synced(&self) -> bool {
        let inner = self.inner();
        inner.disk.is_synced() && inner.ring.is_empty()
    }

    /// What became of the items so far.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        let mut ledger = self.inner().ledger;
        if let Some(directory) = &self.directory {
            ledger += directory.evicted(self.signal);
        }
        ledger
    }

    /// Whether what is in it outlives the process: there is a directory, and nothing waits to be
    /// written to it.
    #[must_use]
    pub fn is_durable(&self) -> bool {
        self.directory.is_some() && self.inner().ring.is_empty()
    }

    /// Bytes that wait in it, on the disk and in memory.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let inner = self.inner();
        (inner.disk.bytes() + inner.ring.bytes()) as u64
    }

    /// Whether no segment is left.
    #[must_use]
    pub fn has_no_segments(&self) -> bool {
        self.inner().disk.has_no_segments()
    }
}

impl Inner {
    /// Keeps the body that was written last.
    fn keep(&mut self, body: &SharedBody, items: u32) {
        if let Some((path, begin, end)) = self.disk.last() {
            self.recent.push(path, (begin, end), items, body);
        }
    }

    fn is_empty(&self) -> bool {
        self.disk.is_empty() && self.ring.is_empty()
    }
}

fn ready(bytes: &[u8], items: u32, session_hash: u64) -> Body<'_> {
    Body {
        bytes,
        count: items,
        session_hash,
        session_index: 0,
        state: State::Ready,
    }
}

fn put_aside<'a>(
    directory: &Directory,
    signal: Signal,
    bodies: impl Iterator<Item = (&'a [u8], u32)> + Clone,
) -> io::Result<()> {
    let (path, header) = directory.next_file(signal, QUARANTINE);
    let bytes = bodies.clone().map(|(body, _)| body.len() + 64).sum();
    let mut writer = SegmentWriter::create(&path, header, bytes)?;
    for (bytes, items) in bodies {
        writer.append(ready(bytes, items, 0))?;
    }
    // What it was taken from goes.
    writer.sync()?;
    let _ = writer.seal();
    Ok(())
}
