//! The segments of a queue: the one being written and those before it.

use std::collections::VecDeque;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::directory::{Directory, QUARANTINE};
use crate::file::is_guarded;
use crate::ledger::LossReason;
use crate::segment::format::{HEADER_LEN, Header, MAX_BODY, Signal, State};
use crate::segment::reader::SegmentReader;
use crate::segment::unsynced::Unsynced;
use crate::segment::writer::{Body, CAPACITY, Emptied, SegmentWriter};

/// Bytes of all segments in a directory; the oldest go when it is exceeded.
pub const DIRECTORY_BYTES: u64 = 512 << 20;

/// Age at which a segment goes.
pub const MAX_AGE: Duration = Duration::from_hours(7 * 24);

/// No segment was written before this, in time since the Unix epoch: 2024.
const FIRST_DAY: Duration = Duration::from_hours(24 * 365 * 54);

/// A segment is read to this length: one body may be so long.
pub(crate) const LONGEST: u64 = (MAX_BODY + CAPACITY) as u64;

/// A file is kept for the next segment if so many bytes were written to it: there will be one soon.
const KEPT_FROM: usize = 64 << 10;

/// Files that are kept at a time.
const SPARE: usize = 4;

/// Segments, oldest first; the last one is the writer's, if there is a writer.
#[derive(Debug, Default)]
pub(crate) struct Disk {
    segments: VecDeque<Segment>,
    writer: Option<SegmentWriter>,
    /// Complete segments that were not synced since.
    unsynced: Vec<Unsynced>,
    /// Complete segments whose sync failed: they are written again.
    failed: Vec<PathBuf>,
    /// Files for the next segments.
    spare: Vec<Emptied>,
    /// The fewest of them since the last sync: so many nobody needs.
    unneeded: usize,
    /// The oldest one cannot be read at the moment.
    pub(super) unreadable: bool,
}

#[derive(Debug)]
struct Segment {
    path: PathBuf,
    /// Offset up to which it was acknowledged.
    acked: usize,
    /// Where it ends, once it is complete.
    end: Option<usize>,
    /// Items not acknowledged.
    items: u64,
}

/// Where to read next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) path: PathBuf,
    pub(super) acked: usize,
    /// Where the segment ends, if it is the one being written.
    pub(super) end: Option<usize>,
}

impl Disk {
    /// Whether no item is left; a finished segment may be.
    pub(super) fn is_empty(&self) -> bool {
        self.segments.iter().all(|segment| segment.items == 0)
    }

    pub(super) fn has_no_segments(&self) -> bool {
        self.segments.is_empty()
    }

    /// Bytes of records that were not acknowledged.
    pub(super) fn bytes(&self) -> usize {
        let written = self.writer.as_ref().map_or(0, SegmentWriter::len);
        self.segments
            .iter()
            .map(|segment| segment.end.unwrap_or(written).saturating_sub(segment.acked))
            .sum()
    }

    /// Whether a body of `len` bytes needs a new segment.
    pub(super) fn is_full(&self, len: usize) -> bool {
        let has_room = |writer: &SegmentWriter| writer.has_room(len) && !writer.has_failed();
        !self.writer.as_ref().is_some_and(has_room)
    }

    /// Appends a body, to a new segment if need be.
    pub(super) fn write(
        &mut self,
        directory: &Directory,
        signal: Signal,
        body: Body<'_>,
    ) -> io::Result<()> {
        if self.is_full(body.bytes.len()) {
            self.seal();
            let (path, header) = directory.next_file(signal, signal.as_str());
            self.writer = Some(self.create(&path, header, body.bytes.len())?);
            self.segments.push_back(Segment {
                path,
                acked: HEADER_LEN,
                end: None,
                items: 0,
            });
        }
        if let Some(writer) = &mut self.writer {
            writer.append(body)?;
        }
        if let Some(last) = self.segments.back_mut() {
            last.items += u64::from(body.count);
        }
        Ok(())
    }

    fn create(&mut self, path: &Path, header: Header, len: usize) -> io::Result<SegmentWriter> {
        let used = self.spare.pop();
        self.unneeded = self.unneeded.min(self.spare.len());
        if let Some(used) = used
            && let Ok(writer) = SegmentWriter::create_over(used, path, header, len)
        {
            return Ok(writer);
        }
        SegmentWriter::create(path, header, len)
    }

    /// What was written last, to be synced.
    pub(super) fn last_unsynced(&self) -> Option<Unsynced> {
        self.writer.as_ref().and_then(SegmentWriter::unsynced)
    }

    /// Where the record stands that was written last: the segment, and the offsets of its begin and end.
    pub(super) fn last(&self) -> Option<(&Path, usize, usize)> {
        let writer = self.writer.as_ref()?;
        Some((writer.path(), writer.last(), writer.len()))
    }

    /// Adds a complete segment in front, of which all up to `end` is to be sent.
    pub(super) fn adopt(&mut self, path: PathBuf, end: usize, items: u64) {
        self.unsynced.push(Unsynced::adopted(&path, end));
        self.segments.push_front(Segment {
            path,
            acked: HEADER_LEN,
            end: Some(end),
            items,
        });
    }

    /// Where the oldest segment is to be read.
    pub(super) fn front(&self) -> Option<Position> {
        let front = self.segments.front()?;
        let writer = self.writer.as_ref().filter(|_| front.end.is_none());
        Some(Position {
            path: front.path.clone(),
            acked: front.acked,
            end: writer.map(SegmentWriter::len),
        })
    }

    /// Removes the oldest segment if it still is as `read` says; returns the items left in it.
    pub(super) fn drop_front(&mut self, read: &Position) -> Option<u64> {
        if self.front().as_ref() != Some(read) {
            return None;
        }
        if read.end.is_some() {
            self.writer = None;
        }
        let segment = self.segments.pop_front()?;
        let _ = fs::remove_file(&segment.path);
        Some(segment.items)
    }

    /// Whether what ends at `end` of `path` is still to be sent.
    pub(super) fn holds(&self, path: &Path, end: u64) -> bool {
        let segment = self.segments.iter().find(|segment| segment.path == path);
        segment.is_some_and(|segment| (segment.acked as u64) < end)
    }

    /// Notes that `path` is done with up to `end`; returns how many of `items` were still in it,
    /// and what is to be done with its file if nothing is left in it.
    ///
    /// Trap, late acknowledgements: a segment that is done with goes at once. One that is left is
    /// sent again by the next process, so whoever receives spans knows them by their ids.
    pub(super) fn acknowledge(&mut self, path: &Path, end: u64, items: u64) -> (u64, Option<Done>) {
        let end = usize::try_from(end).unwrap_or(usize::MAX);
        let mut segments = self.segments.iter_mut().enumerate();
        let found = segments.find(|(_, segment)| segment.path == path);
        let Some((index, segment)) = found.filter(|(_, segment)| segment.acked < end) else {
            return (0, None);
        };
        let items = items.min(segment.items);
        segment.acked = end;
        segment.items -= items;
        let written = self.writer.as_ref().map(SegmentWriter::len);
        let is_done = segment.items == 0 && segment.end.or(written).is_some_and(|len| end >= len);
        if !is_done {
            return (items, None);
        }
        if segment.end.is_none() {
            self.writer = None;
        }
        self.segments.remove(index);
        let path = path.to_owned();
        (items, Some(Done { path, len: end }))
    }

    /// Removes the file of a segment that is done with, or keeps it for the next one.
    pub(super) fn discard(&mut self, done: &Done) {
        if done.len >= KEPT_FROM
            && self.spare.len() < SPARE
            && let Ok(used) = Emptied::new(&done.path)
        {
            self.spare.push(used);
        } else {
            let _ = fs::remove_file(&done.path);
        }
    }

    /// Removes so many files that were kept for the next segments.
    fn remove_spare(&mut self, count: usize) {
        for used in self.spare.drain(..count) {
            used.remove();
        }
        self.unneeded = self.spare.len();
    }

    /// Completes the segment being written, after which no other is expected.
    pub(super) fn close(&mut self) {
        self.seal();
        self.remove_spare(self.spare.len());
    }

    /// Completes the segment being written.
    pub(super) fn seal(&mut self) {
        let Some(writer) = self.writer.take() else {
            return;
        };
        let (is_empty, len) = (writer.is_empty(), writer.len());
        let (path, unsynced) = writer.seal_unsynced();
        if is_empty {
            self.segments.pop_back();
            let _ = fs::remove_file(path);
            return;
        }
        self.unsynced.extend(unsynced);
        if let Some(last) = self.segments.back_mut() {
            last.end = Some(len);
        }
    }

    /// Begins to make what was appended survive a power cut: what is to be synced for that, which
    /// may take long, before [`Disk::note_syncs`].
    pub(super) fn begin_sync(&mut self) -> Vec<Unsynced> {
        self.remove_spare(self.unneeded);
        let segments = &self.segments;
        // One that was delivered meanwhile is nobody's concern.
        let is_known = |of: &Unsynced| segments.iter().any(|known| known.path == of.path());
        self.unsynced.retain(is_known);
        let complete = self.unsynced.iter().cloned();
        complete.chain(self.last_unsynced()).collect()
    }

    /// Notes what became of syncs, whoever did them, and whatever was done to the segments meanwhile.
    pub(super) fn note_syncs(&mut self) {
        // Trap, failed syncs: what is appended later must not be in the same file, of which the
        // system would say one day that all is well.
        if self.writer.as_ref().is_some_and(SegmentWriter::has_failed) {
            self.seal();
        }
        // Each is asked once, since a sync may fail at any moment.
        let (failed, others): (Vec<_>, Vec<_>) = std::mem::take(&mut self.unsynced)
            .into_iter()
            .partition(Unsynced::has_failed);
        self.unsynced = others;
        self.unsynced.retain(|segment| !segment.is_synced());
        let paths = failed.iter().map(|segment| segment.path().to_owned());
        self.failed.extend(paths);
        let segments = &self.segments;
        // Others were delivered, or removed, meanwhile.
        let is_known = |path: &PathBuf| segments.iter().any(|known| known.path == *path);
        self.failed.retain(is_known);
    }

    /// Whether a power cut would cost nothing of it.
    pub(super) fn is_synced(&self) -> bool {
        let is_synced = self.writer.as_ref().is_none_or(SegmentWriter::is_synced);
        is_synced && self.unsynced.iter().all(Unsynced::is_synced) && self.failed.is_empty()
    }

    /// The segments there are: where each stands, was acknowledged to, and ends.
    #[cfg(test)]
    pub(super) fn waiting(&self) -> Vec<(PathBuf, usize, usize)> {
        let written = self.writer.as_ref().map_or(0, SegmentWriter::len);
        let segments = self.segments.iter();
        segments
            .map(|of| (of.path.clone(), of.acked, of.end.unwrap_or(written)))
            .collect()
    }

    /// Segments whose sync failed, and how long they are.
    pub(super) fn failed(&self) -> Vec<(PathBuf, usize)> {
        let segments = self.segments.iter();
        let failed = segments.filter(|of| self.failed.contains(&of.path));
        // All of them are complete.
        failed
            .filter_map(|of| Some((of.path.clone(), of.end?)))
            .collect()
    }

    /// Puts a copy of a segment whose sync failed, which is on the disk as `from`, in its place;
    /// what is to be synced then is its name.
    ///
    /// # Errors
    /// When the disk fails, and where the segment is not to be mended any more.
    pub(super) fn put_copy(&mut self, copy: Unsynced, from: &Path) -> io::Result<Unsynced> {
        let path = copy.path();
        let is_known = self.segments.iter().any(|known| known.path == path);
        let index = self.failed.iter().position(|failed| failed == path);
        let Some(index) = index.filter(|_| is_known) else {
            return Err(io::ErrorKind::NotFound.into());
        };
        fs::rename(from, path)?;
        self.failed.remove(index);
        self.unsynced.push(copy.clone());
        Ok(copy)
    }

    /// Removes the oldest segments of `directory` while it is over its size or they over their age.
    ///
    /// What another queue or process is writing stays: it would go on writing to
    /// a file that nobody finds. So does what is being `sent`: it is about to be delivered, and
    /// would be counted as both.
    /// Files of what was refused are counted and removed like the others.
    pub(crate) fn make_room(
        &mut self,
        directory: &Directory,
        signal: Signal,
        sent: Option<&Path>,
    ) -> Vec<Evicted> {
        let found = directory.segments();
        let mut total: u64 = found.iter().map(|(_, bytes, _)| bytes).sum();
        let mut evicted = Vec::new();
        for (modified, bytes, path) in found {
            let is_old = is_old(modified);
            if total <= DIRECTORY_BYTES && !is_old {
                break;
            }
            if Some(&*path) == sent || is_guarded(&path) {
                continue;
            }
            let Some(items) = self.take_out(&path, directory, signal) else {
                continue;
            };
            if fs::remove_file(&path).is_ok() {
                total -= bytes;
            }
            evicted.push(Evicted { is_old, items });
        }
        evicted
    }

    /// Whose items are in a file that is to be removed; `None` if it is not ours to remove.
    fn take_out(&mut self, path: &Path, directory: &Directory, signal: Signal) -> Option<Items> {
        if let Some(index) = self.segments.iter().position(|s| s.path == path) {
            let items = self.segments.remove(index)?.items;
            return Some(Items::Waiting(items));
        }
        let is_refused = path.extension().is_some_and(|ending| ending == QUARANTINE);
        let is_of_the_dead = directory.is_of_the_dead(path);
        if !is_refused && !is_of_the_dead {
            // Whoever wrote it lives, misses it, and counts it.
            return Some(Items::OfTheLiving);
        }
        match items_of(path) {
            // What the dead had refused was on their own account.
            _ if is_refused && is_of_the_dead => Some(Items::OfTheLiving),
            Some((of, items)) if is_refused => {
                let is_ours = of == signal && directory.is_own(path);
                is_ours.then_some(Items::Refused(items))
            }
            Some((of, items)) => Some(Items::OfTheDead(of, items)),
            None => Some(Items::OfTheDead(signal, 0)),
        }
    }

    /// Forgets complete segments whose file another queue or process removed; the items in them.
    pub(super) fn forget_removed(&mut self) -> u64 {
        let mut items = 0;
        self.segments.retain(|segment| {
            let is_there = segment.end.is_none() || segment.path.exists();
            items += if is_there { 0 } else { segment.items };
            is_there
        });
        items
    }
}

/// A segment that is done with, whose file is still there.
#[derive(Debug)]
pub(super) struct Done {
    path: PathBuf,
    len: usize,
}

/// A segment that was removed to make room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Evicted {
    /// For its age, not for the size of all.
    pub(crate) is_old: bool,
    /// What was in it.
    pub(crate) items: Items,
}

impl Evicted {
    /// Why it was removed, also in words.
    pub(crate) fn why(self) -> (LossReason, &'static str) {
        match self.is_old {
            true => (
                LossReason::TooOld,
                "the spool has data older than 7 days, which is removed",
            ),
            false => (
                LossReason::SpoolFull,
                "the spool has more than 512 MiB; the oldest data is removed",
            ),
        }
    }
}

/// On whose account the items are of a file that was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Items {
    /// They waited in this queue.
    Waiting(u64),
    /// They were refused for good when this queue's sender sent them.
    Refused(u64),
    /// Nobody's: their process is gone.
    OfTheDead(Signal, u64),
    /// Another queue's, which will miss them, or one's that has settled its account.
    OfTheLiving,
}

/// Whether a file was written too long ago. One from before this library existed tells of a clock
/// that was wrong, and has no age.
fn is_old(modified: SystemTime) -> bool {
    let is_plausible = modified > SystemTime::UNIX_EPOCH + FIRST_DAY;
    is_plausible && modified.elapsed().is_ok_and(|age| age > MAX_AGE)
}

/// The items in a segment, as far as it can be read.
fn items_of(path: &Path) -> Option<(Signal, u64)> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).ok()?;
    file.take(LONGEST).read_to_end(&mut bytes).ok()?;
    let reader = SegmentReader::new(&bytes).ok()?;
    let signal = reader.header().signal;
    let ready = reader.filter(|record| record.header.state == State::Ready);
    let items = ready.map(|record| u64::from(record.header.count)).sum();
    Some((signal, items))
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;
    fn body(bytes: &[u8]) -> Body<'_> {
        Body {
            bytes,
            count: 1,
            session_hash: 0,
            session_index: 0,
            state: State::Ready,
        }
    }

    #[test]
    fn a_segment_that_grew_since_it_was_read_stays() {
        let home = tempfile::tempdir().unwrap();
        let directory = Directory::create(home.path(), 0).unwrap();
        let mut disk = Disk::default();
        disk.write(&directory, Signal::Traces, body(b"one"))
            .unwrap();
        let read = disk.front().unwrap();
        disk.write(&directory, Signal::Traces, body(b"two"))
            .unwrap();
        assert_eq!(disk.drop_front(&read), None);
        assert_eq!(disk.drop_front(&disk.front().unwrap()), Some(2));
        assert!(disk.has_no_segments());
    }

    #[test]
    fn a_segment_of_the_same_length_in_its_place_stays() {
        let home = tempfile::tempdir().unwrap();
        let directory = Directory::create(home.path(), 0).unwrap();
        let mut disk = Disk::default();
        disk.write(&directory, Signal::Traces, body(b"one"))
            .unwrap();
        let read = disk.front().unwrap();
        // Meanwhile the segment is completed, and the next one is as long as it was.
        disk.seal();
        disk.write(&directory, Signal::Traces, body(b"two"))
            .unwrap();
        assert_eq!(disk.drop_front(&read), None);
        assert!(!disk.is_empty());
    }

    #[test]
    fn room_is_made_of_old_segments_but_not_of_those_being_written() {
        let home = tempfile::tempdir().unwrap();
        let directory = Directory::create(home.path(), 0).unwrap();
        let (mut ours, mut other) = (Disk::default(), Disk::default());
        ours.write(&directory, Signal::Traces, body(b"complete"))
            .unwrap();
        ours.seal();
        other
            .write(&directory, Signal::Logs, body(b"written"))
            .unwrap();
        let long_ago = SystemTime::now() - MAX_AGE - Duration::from_mins(1);
        for (_, _, path) in directory.segments() {
            File::open(path).unwrap().set_modified(long_ago).unwrap();
        }
        let evicted = Evicted {
            is_old: true,
            items: Items::Waiting(1),
        };
        assert_eq!(ours.make_room(&directory, Signal::Traces, None), [evicted]);
        assert!(ours.has_no_segments());
        assert_eq!(directory.segments().len(), 1);
    }
}
