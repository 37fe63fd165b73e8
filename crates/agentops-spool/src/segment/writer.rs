//! Append records to a segment file.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::clock::unix_nanos;
use crate::file;
use crate::mapping;
use crate::segment::format::{HEADER_LEN, Header, RECORD_HEADER_LEN, RecordHeader, Signal, State};
use crate::segment::unsynced::{SegmentFile, Unsynced};

/// Bytes that a segment is preallocated with.
pub const CAPACITY: usize = 4 << 20;

/// What is to be appended.
#[derive(Clone, Copy, Debug)]
pub struct Body<'a> {
    /// The OTLP body.
    pub bytes: &'a [u8],
    /// Spans in it; 1 for metrics and logs.
    pub count: u32,
    /// Hash of the session id, 0 for none.
    pub session_hash: u64,
    /// What records of the process call the session.
    pub session_index: u32,
    /// What is to become of it.
    pub state: State,
}

/// Allocates the room of a segment, where the file system can do that.
fn allocate(file: &File, capacity: usize) -> io::Result<()> {
    match mapping::allocate(file, 0, capacity) {
        Err(error) if error.kind() == io::ErrorKind::Unsupported => file.set_len(capacity as u64),
        result => result,
    }
}

/// A segment that is being written.
#[derive(Debug)]
pub struct SegmentWriter {
    /// Whoever syncs it has it, too.
    file: Arc<SegmentFile>,
    header: Header,
    len: usize,
    /// Where the last record begins.
    last: usize,
    capacity: usize,
    seq: u64,
}

impl SegmentWriter {
    /// Creates `path` (which must not exist, mode 0600) with room for a record of `body_len` bytes at least.
    ///
    /// # Errors
    /// Any error of the file system, a full one among them; nothing is left behind then.
    pub fn create(path: &Path, header: Header, body_len: usize) -> io::Result<Self> {
        // Trap, shared files: that appends of two processes do not mix holds on some file systems
        // only. Each writes files of its own. Whoever makes room leaves a guarded file alone.
        let file = file::create_guarded(path)?;
        Self::begin(file, path, header, body_len).inspect_err(|_| {
            let _ = std::fs::remove_file(path);
        })
    }

    /// The same, in the file of a segment that was done with: its memory and its place on the disk are there already.
    ///
    /// # Errors
    /// Any error of the file system; nothing is left behind then.
    pub fn create_over(
        used: Emptied,
        path: &Path,
        header: Header,
        body_len: usize,
    ) -> io::Result<Self> {
        let taken = std::fs::rename(&used.path, path)
            .and_then(|()| Self::begin(used.file, path, header, body_len));
        taken.inspect_err(|_| {
            for path in [&used.path, path] {
                let _ = std::fs::remove_file(path);
            }
        })
    }

    fn begin(file: File, path: &Path, header: Header, body_len: usize) -> io::Result<Self> {
        let needed = HEADER_LEN + RECORD_HEADER_LEN + body_len + 8;
        let capacity = CAPACITY.max(needed);
        // Trap, sparse files: on a disk that fills up later, only what is allocated can be written.
        allocate(&file, capacity)?;
        file::write_at(&file, 0, &header.encode())?;
        Ok(Self {
            file: Arc::new(SegmentFile::new(Some(file), path)),
            header,
            len: HEADER_LEN,
            last: HEADER_LEN,
            capacity,
            seq: 0,
        })
    }

    /// Whether a body of `len` bytes still fits.
    #[must_use]
    pub fn has_room(&self, len: usize) -> bool {
        self.len + (RECORD_HEADER_LEN + len).next_multiple_of(8) <= self.capacity
    }

    /// Appends a record and returns where it ends.
    ///
    /// # Errors
    /// Any error of the file system; what was written so far stays readable.
    pub fn append(&mut self, body: Body<'_>) -> io::Result<usize> {
        let header = RecordHeader {
            len: u32::try_from(body.bytes.len()).map_err(io::Error::other)?,
            count: body.count,
            seq: self.seq,
            session_hash: body.session_hash,
            unix_millis: unix_nanos() / 1_000_000,
            session_index: body.session_index,
            signal: self.header.signal,
            state: body.state,
        };
        let head = header.encode(&self.header.id, body.bytes);
        // Trap, torn records: the header goes last, so that what is found behind one is complete. What pads the body
        // to a multiple of 8 are the zeros that the file was allocated with.
        let file = self.file.file()?;
        file::write_at(file, self.len + head.len(), body.bytes)?;
        file::write_at(file, self.len, &head)?;
        self.last = self.len;
        self.len += header.stride();
        self.seq += 1;
        Ok(self.len)
    }

    /// Makes what was appended survive a power cut.
    ///
    /// # Errors
    /// When the disk fails; the segment must then not be appended to.
    pub fn sync(&mut self) -> io::Result<()> {
        self.unsynced().map_or(Ok(()), |unsynced| unsynced.sync())
    }

    /// What was appended so far, if it may not survive a power cut: to be synced at leisure.
    #[must_use]
    pub fn unsynced(&self) -> Option<Unsynced> {
        (!self.is_synced()).then(|| Unsynced::new(&self.file, self.len))
    }

    /// Whether all that was appended survives a power cut.
    #[must_use]
    pub fn is_synced(&self) -> bool {
        self.is_empty() || self.file.is_synced(self.len)
    }

    /// Whether a sync failed: it must not be appended to any more.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.file.has_failed()
    }

    /// Cuts off the space that was not used and gives the path.
    #[must_use]
    pub fn seal(self) -> PathBuf {
        self.complete();
        self.path().to_owned()
    }

    /// The same, and what is to be synced yet.
    #[must_use]
    pub fn seal_unsynced(self) -> (PathBuf, Option<Unsynced>) {
        self.complete();
        (self.path().to_owned(), self.unsynced())
    }

    fn complete(&self) {
        // A reader copes with the zeros, so a failure costs space only.
        let _ = self
            .file
            .file()
            .and_then(|file| file.set_len(self.len as u64));
    }

    /// Bytes written, the header included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Where the record begins that was appended last.
    #[must_use]
    pub fn last(&self) -> usize {
        self.last
    }

    /// Whether no record was appended.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.seq == 0
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// What it holds.
    #[must_use]
    pub fn signal(&self) -> Signal {
        self.header.signal
    }

    /// Its header.
    #[must_use]
    pub fn header(&self) -> Header {
        self.header
    }
}

impl Drop for SegmentWriter {
    fn drop(&mut self) {
        // Nothing more is written: others may remove it. Whoever syncs it may have it open longer.
        let _ = self.file.file().and_then(File::unlock);
    }
}

/// The file of a segment that was done with. It is none any more: whoever finds it removes it.
///
/// What lies behind its header is ignored by readers of the segment that is written over it: the
/// sum of a record holds for one segment only.
#[derive(Debug)]
pub struct Emptied {
    file: File,
    path: PathBuf,
}

impl Emptied {
    /// Makes the segment at `path` none.
    ///
    /// # Errors
    /// Any error of the file system; always where a guarded file cannot be renamed.
    pub fn new(path: &Path) -> io::Result<Self> {
        let file = file::open_guarded(path)?;
        file::write_at(&file, 0, &[0; HEADER_LEN])?;
        Ok(Self {
            file,
            path: path.to_owned(),
        })
    }

    /// Removes the file.
    pub fn remove(self) {
        let _ = std::fs::remove_file(self.path);
    }
}
