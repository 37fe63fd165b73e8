//! Collect encoded spans into a body of `ExportTraceServiceRequest`.
//!
//! Spans are encoded where they stand in the body:
//!
//! ```text
//! | room | resource and scope | our spans | other scopes and their spans |
//!        ^-- the body ----------------------------------------------------
//! ```
//!
//! What stands in front of the spans has their lengths in it, so it is written
//! last, into the room that was left for it.

use crate::otlp::plain;
use crate::otlp::span::encode;
use crate::otlp::wire::{Writer, varint_len};
use crate::queue::recent::SharedBody;
use crate::span::{Parts, Span};

/// The instrumentation scope of our own spans.
const SCOPE: (&str, &str) = ("agentops", env!("CARGO_PKG_VERSION"));

/// The field of a resource's scopes.
const SCOPES: u32 = 2;

/// The field of a scope's spans.
const SPANS: u32 = 2;

/// Bytes in front of the spans; a resource that needs more moves them.
const ROOM: usize = 1024;

/// A batch keeps no more memory than this for the next spans.
const KEPT: usize = 2 << 20;

/// Spans of one session, by scope.
#[derive(Debug, Default)]
pub struct Batch {
    /// Room and our spans; the rest is written when the body is asked for.
    out: Writer,
    /// Bytes of the room.
    room: usize,
    /// Where our spans end.
    own_end: usize,
    others: Vec<Scope>,
    count: u32,
    len: usize,
}

#[derive(Debug)]
struct Scope {
    name: String,
    version: String,
    /// Fields `spans` of `ScopeSpans`.
    spans: Writer,
}

impl Batch {
    /// Adds a span.
    pub fn push(&mut self, span: &Span<'_>) {
        let write = |out: &mut Writer| {
            let before = out.len();
            out.message_of::<2, _>(SPANS, |out| encode(span, out));
            out.len() - before
        };
        self.len += match span.scope {
            ("", _) => self.push_own(write),
            (name, version) => write(self.other(name, version)),
        };
        self.count += 1;
    }

    /// Adds a span if it can be encoded as its records are; `false` if it must be put together first.
    pub fn push_plain(&mut self, parts: &Parts<'_>) -> bool {
        let len = self.push_own(|out| {
            let before = out.len();
            let written = out.message_of::<2, _>(SPANS, |out| plain::encode(parts, out));
            if written.is_none() {
                out.truncate(before);
            }
            out.len() - before
        });
        self.len += len;
        self.count += u32::from(len > 0);
        len > 0
    }

    /// Adds the mark of a span that ended: its ids and nothing else.
    pub fn push_closed(&mut self, trace_id: [u8; 16], span_id: [u8; 8]) {
        self.push_own(|out| {
            out.message(SPANS, |out| {
                out.bytes(1, &trace_id);
                out.bytes(2, &span_id);
            });
        });
        self.count += 1;
    }

    fn push_own<R>(&mut self, write: impl FnOnce(&mut Writer) -> R) -> R {
        self.make_room(ROOM);
        self.out.truncate(self.own_end);
        let written = write(&mut self.out);
        self.own_end = self.out.len();
        written
    }

    fn make_room(&mut self, room: usize) {
        if self.room < room {
            self.out.shift(self.room, room);
            self.own_end += room - self.room;
            self.room = room;
        }
    }

    fn other(&mut self, name: &str, version: &str) -> &mut Writer {
        let is_it = |scope: &Scope| scope.name == name && scope.version == version;
        let known = self.others.iter().position(is_it);
        let index = known.unwrap_or_else(|| {
            self.others.push(Scope {
                name: name.to_owned(),
                version: version.to_owned(),
                spans: Writer::default(),
            });
            self.others.len() - 1
        });
        &mut self.others[index].spans
    }

    /// Spans in it.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Bytes of the spans in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The request body; `resource` is an encoded `Resource`.
    pub fn body(&mut self, resource: &[u8]) -> &[u8] {
        self.make_room(ROOM);
        self.out.truncate(self.own_end);
        for scope in &self.others {
            self.out.message_of::<3, _>(SCOPES, |out| {
                put_scope(&scope.name, &scope.version, out);
                out.raw(scope.spans.as_bytes());
            });
        }
        let head = self.head(resource);
        self.make_room(head.len());
        let begin = self.room - head.len();
        self.out.as_mut_bytes()[begin..self.room].copy_from_slice(&head);
        &self.out.as_bytes()[begin..]
    }

    /// What stands in front of the spans.
    fn head(&self, resource: &[u8]) -> Vec<u8> {
        let (own_len, all_len) = (self.own_end - self.room, self.out.len() - self.room);
        let mut own = Writer::default();
        if own_len > 0 {
            let mut scope = Writer::default();
            put_scope(SCOPE.0, SCOPE.1, &mut scope);
            own.tag(SCOPES, 2);
            own.varint((scope.len() + own_len) as u64);
            own.raw(scope.as_bytes());
        }
        let resource_len = 1 + varint_len(resource.len() as u64) + resource.len();
        let mut head = Writer::default();
        head.tag(1, 2);
        head.varint((resource_len + own.len() + all_len) as u64);
        head.bytes(1, resource);
        head.raw(own.as_bytes());
        head.into_bytes()
    }

    /// The request body, to be shared; the batch is empty then and has no memory.
    pub fn share(&mut self, resource: &[u8]) -> SharedBody {
        let len = self.body(resource).len();
        let bytes = std::mem::take(self).out.into_bytes();
        let begin = bytes.len() - len;
        SharedBody::new(bytes, begin)
    }

    /// Gives memory to an empty batch.
    pub fn reuse(&mut self, mut memory: Vec<u8>) {
        memory.clear();
        self.out = Writer::from(memory);
    }

    /// Makes it empty, and keeps its memory for other spans unless that is much.
    pub fn clear(&mut self) {
        let mut out = std::mem::take(&mut self.out);
        *self = Self::default();
        if out.capacity() <= KEPT {
            out.truncate(0);
            self.out = out;
        }
    }
}

fn put_scope(name: &str, version: &str, out: &mut Writer) {
    out.message(1, |out| {
        out.text(1, name);
        out.text(2, version);
    });
}
