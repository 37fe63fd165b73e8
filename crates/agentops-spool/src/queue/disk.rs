//! The segments of a queue: the one being written and those before it.

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::directory::Directory;
use crate::file::is_guarded;
use crate::segment::format::{HEADER_LEN, Header, Signal};
use crate::segment::writer::{Body, Emptied, SegmentWriter};

/// Bytes of all segments in a directory; the oldest go when it is exceeded.
pub const DIRECTORY_BYTES: u64 = 512 << 20;

/// Age at which a segment goes.
pub const MAX_AGE: Duration = Duration::from_hours(7 * 24);

/// A file is kept for the next segment if so many bytes were written to it: there will be one soon.
const KEPT_FROM: usize = 64 << 10;

/// Files that are kept at a time.
const SPARE: usize = 4;

/// Segments, oldest first; the last one is the writer's, if there is a writer.
#[derive(Debug, Default)]
pub(super) struct Disk {
    segments: VecDeque<Segment>,
    writer: Option<SegmentWriter>,
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
        let has_room = |writer: &SegmentWriter| writer.has_room(len);
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

    /// Where the record stands that was written last: the segment, and the offsets of its begin and end.
    pub(super) fn last(&self) -> Option<(&Path, usize, usize)> {
        let writer = self.writer.as_ref()?;
        Some((writer.path(), writer.last(), writer.len()))
    }

    /// Adds a complete segment in front, of which all up to `end` is to be sent.
    pub(super) fn adopt(&mut self, path: PathBuf, end: usize, items: u64) {
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

    /// Notes that `path` is done with up to `end`; returns how many of `items` were still in it.
    ///
    /// A segment that is done with goes at once: one that is left is sent again by the next process.
    pub(super) fn acknowledge(&mut self, path: &Path, end: u64, items: u64) -> u64 {
        let end = usize::try_from(end).unwrap_or(usize::MAX);
        let mut segments = self.segments.iter_mut().enumerate();
        let found = segments.find(|(_, segment)| segment.path == path);
        let Some((index, segment)) = found.filter(|(_, segment)| segment.acked < end) else {
            return 0;
        };
        let items = items.min(segment.items);
        segment.acked = end;
        segment.items -= items;
        let written = self.writer.as_ref().map(SegmentWriter::len);
        let is_done = segment.items == 0 && segment.end.or(written).is_some_and(|len| end >= len);
        if is_done {
            if segment.end.is_none() {
                self.writer = None;
            }
            self.segments.remove(index);
            self.discard(path, end);
        }
        items
    }

    /// Removes the file of a segment of `len` bytes, or keeps it for the next one.
    fn discard(&mut self, path: &Path, len: usize) {
        if len >= KEPT_FROM
            && self.spare.len() < SPARE
            && let Ok(used) = Emptied::new(path)
        {
            self.spare.push(used);
        } else {
            let _ = fs::remove_file(path);
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
        let path = writer.seal();
        if is_empty {
            self.segments.pop_back();
            let _ = fs::remove_file(path);
        } else if let Some(last) = self.segments.back_mut() {
            last.end = Some(len);
        }
    }

    /// Makes what was appended survive a power cut.
    pub(super) fn sync(&mut self) -> io::Result<()> {
        self.remove_spare(self.unneeded);
        let result = self.writer.as_mut().map_or(Ok(()), SegmentWriter::sync);
        if result.is_err() {
            // A failed sync must not be repeated on the same file: go on in a new one.
            self.seal();
        }
        result
    }

    /// Removes the oldest segments of `directory` while it is over its size or they over their age.
    ///
    /// What another queue or process is writing stays: it would go on writing to
    /// a file that nobody finds. Returns how many files went and what items of
    /// this queue were in them.
    pub(super) fn make_room(&mut self, directory: &Directory) -> (usize, u64) {
        let found = directory.segments();
        let mut total: u64 = found.iter().map(|(_, bytes, _)| bytes).sum();
        let (mut files, mut items) = (0, 0);
        for (modified, bytes, path) in found {
            let is_old = modified.elapsed().is_ok_and(|age| age > MAX_AGE);
            if total <= DIRECTORY_BYTES && !is_old {
                break;
            }
            if is_guarded(&path) || fs::remove_file(&path).is_err() {
                continue;
            }
            total -= bytes;
            files += 1;
            let ours = self.segments.iter().position(|s| s.path == path);
            let segment = ours.and_then(|index| self.segments.remove(index));
            items += segment.map_or(0, |segment| segment.items);
        }
        (files, items)
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;
    use crate::segment::format::State;

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
        let long_ago = std::time::SystemTime::now() - MAX_AGE - Duration::from_mins(1);
        for (_, _, path) in directory.segments() {
            File::open(path).unwrap().set_modified(long_ago).unwrap();
        }
        assert_eq!(ours.make_room(&directory), (1, 1));
        assert!(ours.has_no_segments());
        assert_eq!(directory.segments().len(), 1);
    }
}
