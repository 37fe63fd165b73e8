//! Keep open spans on disk, so that a kill does not lose their start.
//!
//! A span that is still open at the end of a pass is appended as an OTLP body
//! of state `open`; when it ends, its ids follow with state `closed`. Once the
//! file is mostly closed spans, a new one with the open ones replaces it.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::directory::{Directory, JOURNAL};
use crate::otlp::batch::Batch;
use crate::segment::format::{Signal, State};
use crate::segment::unsynced::Unsynced;
use crate::segment::writer::{Body, SegmentWriter};

/// A journal is replaced once it is longer than this.
const REPLACE_AT: usize = 1 << 20;

/// The journal of one process.
#[derive(Debug)]
pub struct Journal {
    directory: Arc<Directory>,
    /// Hash of all that spans go to.
    destination: u64,
    resource: Vec<u8>,
    current: Option<SegmentWriter>,
    /// Files before the current one, until that holds all that is open.
    replaced: Vec<PathBuf>,
    /// Those of them that were not synced to their end.
    unsynced: Vec<Unsynced>,
    /// Bytes of the current file that were open spans when it began.
    kept: usize,
    /// An append failed: a new file with all open spans must replace this one.
    broken: bool,
}

impl Journal {
    /// A journal in `directory`; its file is made when the first span stays open.
    ///
    /// `destination` is a hash of all that spans go to: who adopts them must have the same.
    #[must_use]
    pub fn new(directory: Arc<Directory>, destination: u64, resource: Vec<u8>) -> Self {
        Self {
            directory,
            destination,
            resource,
            current: None,
            replaced: Vec::new(),
            unsynced: Vec::new(),
            kept: 0,
            broken: false,
        }
    }

    /// Appends open spans of one session.
    ///
    /// # Errors
    /// Any error of the file system.
    pub fn open(
        &mut self,
        session_index: u32,
        session_hash: u64,
        spans: &mut Batch,
    ) -> io::Result<()> {
        self.append(State::Open, session_index, session_hash, spans)
    }

    /// Notes spans that ended.
    ///
    /// # Errors
    /// Any error of the file system.
    pub fn closed(&mut self, ids: &[([u8; 16], [u8; 8])]) -> io::Result<()> {
        let mut batch = Batch::default();
        for (trace_id, span_id) in ids {
            batch.push_closed(*trace_id, *span_id);
        }
        self.append(State::Closed, 0, 0, &mut batch)
    }

    fn append(
        &mut self,
        state: State,
        session_index: u32,
        session_hash: u64,
        spans: &mut Batch,
    ) -> io::Result<()> {
        if spans.is_empty() {
            return Ok(());
        }
        let result = self.try_append(state, session_index, session_hash, spans);
        self.broken |= result.is_err();
        result
    }

    fn try_append(
        &mut self,
        state: State,
        session_index: u32,
        session_hash: u64,
        spans: &mut Batch,
    ) -> io::Result<()> {
        let count = spans.count();
        let bytes = spans.body(&self.resource);
        let full = |current: &SegmentWriter| !current.has_room(bytes.len());
        if self.current.as_ref().is_none_or(full) {
            self.start_new(bytes.len())?;
        }
        if let Some(current) = &mut self.current {
            current.append(Body {
                bytes,
                count,
                session_hash,
                session_index,
                state,
            })?;
        }
        Ok(())
    }

    fn start_new(&mut self, room: usize) -> io::Result<()> {
        let (path, mut header) = self.directory.next_file(Signal::Traces, JOURNAL);
        header.destination = self.destination;
        let next = SegmentWriter::create(&path, header, room)?;
        // The old file stays until the new one holds all that is open.
        if let Some(old) = self.current.replace(next) {
            let (path, unsynced) = old.seal_unsynced();
            self.replaced.push(path);
            self.unsynced.extend(unsynced);
        }
        Ok(())
    }

    /// Whether to write all open spans again after [`Journal::replace`]: it is long, or the disk failed.
    #[must_use]
    pub fn is_long(&self) -> bool {
        let longest = REPLACE_AT.max(2 * self.kept);
        let is_long = |current: &SegmentWriter| current.len() > longest;
        self.broken || self.has_failed() || self.current.as_ref().is_some_and(is_long)
    }

    /// Whether a sync failed of a file that is needed. It must not be repeated.
    fn has_failed(&self) -> bool {
        let current = self.current.as_ref();
        current.is_some_and(SegmentWriter::has_failed)
            || self.unsynced.iter().any(Unsynced::has_failed)
    }

    /// Starts a new file; the caller appends every open span, then calls [`Journal::replaced`].
    ///
    /// # Errors
    /// Any error of the file system; the old file then stays in use.
    pub fn replace(&mut self) -> io::Result<()> {
        let result = self.start_new(0);
        self.broken = result.is_err();
        result
    }

    /// Removes the files before, because the current one holds all that is open.
    pub fn replaced(&mut self) {
        if self.broken || self.current.as_ref().is_some_and(SegmentWriter::has_failed) {
            return;
        }
        self.unsynced.clear();
        self.kept = self.current.as_ref().map_or(0, SegmentWriter::len);
        for old in self.replaced.drain(..) {
            let _ = fs::remove_file(old);
        }
    }

    /// What is to be synced so that all that was appended survives a power cut. That may take
    /// long, and is done while the journal goes on; where it fails, the journal is written again.
    #[must_use]
    pub fn unsynced(&mut self) -> Vec<Unsynced> {
        self.unsynced.retain(|file| !file.is_synced());
        let current = self.current.as_ref().and_then(SegmentWriter::unsynced);
        self.unsynced.iter().cloned().chain(current).collect()
    }

    /// Removes the journal, because no span is open any more.
    pub fn remove(&mut self) {
        if let Some(current) = self.current.take() {
            let _ = fs::remove_file(current.seal());
        }
        self.broken = false;
        self.replaced();
    }
}
