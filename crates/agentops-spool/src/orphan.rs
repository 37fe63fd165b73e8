//! Read the arena file of a process that is gone.
//!
//! The bytes are untrusted: the file may be torn, old, or somebody else's.

use std::ops::Range;

use crate::arena::{Header, MAGIC, TABLE_OFFSET, UNIT, UNITS_OFFSET, VERSION, at};
use crate::clock::Anchor;
use crate::definition::{self, SiteDef};
use crate::handover::{CHUNK_HEADER, CHUNK_MAGIC, FREE, chunk_at};
use crate::record::reader::Reader;
use crate::registry::Sites;

/// No process makes so many spans: a count that says so is damaged, and tells nothing.
const BEYOND_COUNTING: u64 = 1 << 48;

/// What an arena file holds.
#[derive(Debug)]
pub struct Orphan {
    /// What its header says.
    pub header: Header,
    /// The last reading of both clocks.
    pub anchor: Anchor,
    /// Chunks that were ever taken outside the file.
    pub overflowed: u64,
    /// Spans that had begun in such a chunk and were not read yet: they are gone.
    pub outside: u64,
    /// Spans that found no room at all.
    pub lost: u64,
    /// The call sites that records refer to.
    pub sites: Sites,
    /// The resource as protobuf, empty if none was noted.
    pub resource: Vec<u8>,
    /// Where committed records that were not consumed lie in the file.
    pub unread: Vec<Range<usize>>,
}

/// Why an arena file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OrphanError {
    /// It is no arena, or was never completed.
    #[error("not an arena file")]
    NotAnArena,
    /// A newer version of this library wrote it; it is left alone.
    #[error("written by a newer version ({0})")]
    Newer(u32),
}

impl Orphan {
    /// Reads the whole file `bytes`.
    ///
    /// # Errors
    /// [`OrphanError`] when nothing can be read; damage within is skipped.
    pub fn read(bytes: &[u8]) -> Result<Self, OrphanError> {
        if bytes.get(..8) != Some(&MAGIC[..]) || bytes.len() < UNITS_OFFSET {
            return Err(OrphanError::NotAnArena);
        }
        let header = |at: usize| Reader::new(&bytes[at..TABLE_OFFSET]);
        let missing = OrphanError::NotAnArena;
        let version = header(at::VERSION).u32().ok_or(missing)?;
        if version > VERSION {
            return Err(OrphanError::Newer(version));
        }
        let word = |at: usize| header(at).u64().unwrap_or(0);
        let count = |at: usize| Some(word(at)).filter(|count| *count < BEYOND_COUNTING);
        let home_len = header(at::HOME_LEN).u32().unwrap_or(0) as usize;
        let (sites, resource) = definitions(bytes, word(at::TABLE_LEN));
        Ok(Self {
            header: Header {
                id: header(at::ID).array().ok_or(missing)?,
                boot_id: header(at::BOOT_ID).array().ok_or(missing)?,
                destination: word(at::DESTINATION),
                flags: header(at::FLAGS).u32().ok_or(missing)?,
            },
            anchor: Anchor {
                tick: word(at::ANCHOR_TICK),
                unix_nanos: word(at::ANCHOR_UNIX),
            },
            overflowed: word(at::OVERFLOWED),
            outside: count(at::OUTSIDE).unwrap_or(0),
            // A version before may have noted a path that reaches so far.
            lost: count(at::LOST)
                .filter(|_| home_len <= at::LOST - at::HOME)
                .unwrap_or(0),
            sites,
            resource,
            unread: unread(bytes, word(at::UNITS)),
        })
    }
}

fn definitions(bytes: &[u8], len: u64) -> (Sites, Vec<u8>) {
    let mut sites = Sites::default();
    let mut resource = Vec::new();
    let end = usize::try_from(len)
        .unwrap_or(usize::MAX)
        .saturating_add(TABLE_OFFSET)
        .min(UNITS_OFFSET);
    let mut rest = &bytes[TABLE_OFFSET..end];
    while let Some((entry, behind)) = next_definition(rest) {
        match entry[4] {
            definition::SITE => {
                if let Some((id, def)) = SiteDef::read(&entry[8..]) {
                    sites.insert(id, def);
                }
            }
            definition::RESOURCE => {
                let mut from = Reader::new(&entry[8..]);
                let body = from.u32().and_then(|len| from.bytes(len as usize));
                resource = body.unwrap_or_default().to_vec();
            }
            _ => {}
        }
        rest = behind;
    }
    (sites, resource)
}

fn next_definition(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let len = Reader::new(rest).u32()? as usize;
    if len < 8 {
        return None;
    }
    rest.split_at_checked(len)
}

fn unread(bytes: &[u8], units: u64) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let most = (bytes.len() - UNITS_OFFSET) / UNIT;
    let units = usize::try_from(units).unwrap_or(0).min(most);
    let mut unit = 0;
    while unit < units {
        let start = UNITS_OFFSET + unit * UNIT;
        let chunk = DeadChunk::read(&bytes[start..start + CHUNK_HEADER]);
        let len = match chunk {
            Some(chunk) if chunk.state != FREE => {
                let held = (chunk.units as usize).clamp(1, units - unit);
                if let Some(range) = chunk.range(held * UNIT) {
                    ranges.push(start + range.start..start + range.end);
                }
                held
            }
            _ => 1,
        };
        unit += len;
    }
    ranges
}

struct DeadChunk {
    state: u32,
    units: u32,
    committed: u64,
    consumed: u64,
}

impl DeadChunk {
    fn read(bytes: &[u8]) -> Option<Self> {
        let half = |at: usize| Reader::new(&bytes[at..]).u32();
        let word = |at: usize| Reader::new(&bytes[at..]).u64();
        if half(chunk_at::MAGIC)? != CHUNK_MAGIC {
            return None;
        }
        Some(Self {
            state: half(chunk_at::STATE)?,
            units: half(chunk_at::UNITS)?,
            committed: word(chunk_at::COMMITTED)?,
            consumed: word(chunk_at::CONSUMED)?,
        })
    }

    fn range(&self, len: usize) -> Option<Range<usize>> {
        let from = usize::try_from(self.consumed).ok()?;
        let to = usize::try_from(self.committed).ok()?;
        (CHUNK_HEADER <= from && from < to && to <= len).then_some(from..to)
    }
}
