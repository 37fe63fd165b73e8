//! Spans that began and did not end yet.

use crate::record::HEADER_LEN;
use crate::record::field::Fields;
use crate::record::reader::{Record, Records};
use crate::record::write::Start;
use crate::site::Kind;

/// A span that the journal of a dead process kept.
#[derive(Clone, Debug)]
pub struct Journaled {
    /// Its ids; the tick is 0, because that clock is gone.
    pub start: Start,
    /// What it is to the agent.
    pub kind: Kind,
    /// When it began, in nanoseconds since the Unix epoch.
    pub start_unix_nanos: u64,
    /// What was known at its start, as protobuf fields of a span.
    pub fields: Vec<u8>,
}

/// A start whose end did not come yet.
#[derive(Debug)]
pub(super) enum Open {
    /// The record as its thread wrote it.
    Record { bytes: Box<[u8]>, journaled: bool },
    /// A span that the journal of a dead process kept.
    Encoded(Journaled),
}

impl Open {
    pub(super) fn new(record: &Record<'_>) -> Self {
        Self::Record {
            bytes: record_bytes(record).into_boxed_slice(),
            journaled: false,
        }
    }

    pub(super) fn record(&self) -> Option<Record<'_>> {
        match self {
            Self::Record { bytes, .. } => Records::new(bytes).next(),
            Self::Encoded(_) => None,
        }
    }

    pub(super) fn read<'a>(
        &self,
        record: Option<&Record<'a>>,
    ) -> Option<(Start, Option<Fields<'a>>)> {
        match (self, record) {
            (Self::Encoded(span), _) => Some((span.start, None)),
            (Self::Record { .. }, Some(record)) => {
                Start::read(record).map(|(start, fields)| (start, Some(fields)))
            }
            (Self::Record { .. }, None) => None,
        }
    }

    pub(super) fn start(&self) -> Option<Start> {
        self.read(self.record().as_ref()).map(|(start, _)| start)
    }

    pub(super) fn encoded(&self) -> Option<&Journaled> {
        match self {
            Self::Record { .. } => None,
            Self::Encoded(span) => Some(span),
        }
    }

    /// Notes that the journal of this process holds it; `false` if it did before.
    pub(super) fn set_journaled(&mut self) -> bool {
        match self {
            Self::Record { journaled, .. } => !std::mem::replace(journaled, true),
            Self::Encoded(_) => false,
        }
    }

    pub(super) fn is_journaled(&self) -> bool {
        matches!(
            self,
            Self::Record {
                journaled: true,
                ..
            }
        )
    }
}

/// A span whose end found no room, and whose start did not come yet.
#[derive(Debug)]
pub(super) struct Abandoned {
    pub(super) span_id: [u8; 8],
    pub(super) tick: u64,
    pub(super) age: u8,
}

/// A copy of a record with its header.
pub(super) fn record_bytes(record: &Record<'_>) -> Vec<u8> {
    let len = HEADER_LEN + record.body.len();
    let mut bytes = Vec::with_capacity(len);
    bytes.extend_from_slice(&u32::try_from(len).unwrap_or(u32::MAX).to_le_bytes());
    bytes.push(record.kind as u8);
    bytes.extend_from_slice(&record.flags);
    bytes.extend_from_slice(record.body);
    bytes
}
