//! Readers of outside bytes, each fed with any bytes: what `cargo xtask fuzz` runs.
//!
//! `tests/tests/fuzzed.rs` runs the same functions on a few thousand inputs.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use agentops::otel::opentelemetry::Context;
use agentops::otel::opentelemetry::baggage::BaggageExt as _;
use agentops_spool::arena::{TABLE_OFFSET, UNIT, UNITS_OFFSET};
use agentops_spool::clock::Anchor;
use agentops_spool::join::{Join, Measurement, Sink};
use agentops_spool::orphan::Orphan;
use agentops_spool::otlp::journaled;
use agentops_spool::otlp::response::partial_success;
use agentops_spool::registry::Sites;
use agentops_spool::segment::format::{Header, Signal};
use agentops_spool::segment::reader::SegmentReader;
use agentops_spool::send::backoff::{Backoff, retry_after};
use agentops_spool::span::Span;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceResponse;
use prost::Message as _;

use crate::spool::files_below;

/// Reads bytes; panics where something is not as it must be.
type Target = fn(&[u8]);

/// All targets by their names, which are those in `tests/fuzz/fuzz_targets`.
pub const TARGETS: [(&str, Target); 7] = [
    ("arena", arena),
    ("segment", segment),
    ("journal", journal),
    ("context", context),
    ("response", response),
    ("pause", pause),
    ("sniffer", sniffer),
];

/// A few inputs that make sense, to begin with.
///
/// # Panics
/// When they cannot be read.
pub fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(name);
    let files = files_below(&folder).into_iter();
    files
        .map(|path| fs::read(path).expect("a seed can be read"))
        .collect()
}

/// The arena of a process that is gone: a header, definitions and records, each any bytes.
pub fn arena(data: &[u8]) {
    let Some((lens, rest)) = data.split_first_chunk::<2>() else {
        return;
    };
    let (header, rest) = rest.split_at(rest.len().min(usize::from(lens[0])));
    let (table, units) = rest.split_at(rest.len().min(usize::from(lens[1]) * 8));
    let mut bytes = vec![0; UNITS_OFFSET + 2 * UNIT];
    bytes[..8].copy_from_slice(b"AGARENA\0");
    bytes[8..12].copy_from_slice(&3_u32.to_le_bytes());
    bytes[64..72].copy_from_slice(&(table.len() as u64).to_le_bytes());
    bytes[72..80].copy_from_slice(&2_u64.to_le_bytes());
    bytes[16..16 + header.len()].copy_from_slice(header);
    bytes[TABLE_OFFSET..TABLE_OFFSET + table.len()].copy_from_slice(table);
    // A chunk with all of it committed, unless the bytes say something else.
    let units = &units[..units.len().min(UNIT)];
    bytes[UNITS_OFFSET..UNITS_OFFSET + 4].copy_from_slice(b"chnk");
    bytes[UNITS_OFFSET + 4..UNITS_OFFSET + 8].copy_from_slice(&1_u32.to_le_bytes());
    bytes[UNITS_OFFSET + 8..UNITS_OFFSET + 12].copy_from_slice(&1_u32.to_le_bytes());
    let committed = (64 + units.len()) as u64;
    bytes[UNITS_OFFSET + 16..UNITS_OFFSET + 24].copy_from_slice(&committed.to_le_bytes());
    bytes[UNITS_OFFSET + 24..UNITS_OFFSET + 32].copy_from_slice(&64_u64.to_le_bytes());
    let place = UNITS_OFFSET + 64;
    let len = units.len().min(UNIT - 64);
    bytes[place..place + len].copy_from_slice(&units[..len]);

    let Ok(orphan) = Orphan::read(&bytes) else {
        return;
    };
    let chunks: Vec<&[u8]> = orphan
        .unread
        .iter()
        .map(|range| &bytes[range.clone()])
        .collect();
    let mut join = Join::new(orphan.sites);
    let mut sink = Looked;
    join.pass(&chunks, orphan.anchor, &mut sink);
    for _ in 0..3 {
        join.pass(&[], orphan.anchor, &mut sink);
    }
    join.give_up(None, orphan.anchor.tick, orphan.anchor, &mut sink);
}

/// A segment behind a header that is sound.
pub fn segment(data: &[u8]) {
    let _ = SegmentReader::new(data).map(Iterator::count);
    let header = Header {
        id: [7; 16],
        instance: [8; 16],
        destination: 9,
        signal: Signal::Traces,
    };
    let bytes = [&header.encode()[..], data].concat();
    let reader = SegmentReader::new(&bytes).expect("the header is sound");
    let mut end = header.encode().len();
    for record in reader {
        assert!(record.end > end && record.end <= bytes.len() + 7);
        assert!(record.body.len() < record.end - end);
        end = record.end;
    }
}

/// The body of a journal's record, and what its open spans become.
pub fn journal(data: &[u8]) {
    let (spans, resource) = journaled::read(data);
    assert!(resource.len() <= data.len());
    let mut join = Join::new(Sites::default());
    for (index, span) in (1..).zip(spans) {
        join.adopt_open(span.to_open(index), span.session(index));
    }
    let anchor = Anchor {
        tick: 1,
        unix_nanos: 1_700_000_000_000_000_000,
    };
    join.give_up(None, 1, anchor, &mut Looked);
}

/// Headers of a request, a line each: what is handed on is no longer, and of the grammar.
pub fn context(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let lines = text.lines().filter_map(|line| line.split_once(':'));
    let headers: Vec<(String, String)> = lines
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect();
    let cx = agentops::propagation::extract(&headers);
    let members = cx.baggage().len();
    assert!(members <= 64, "{members} members");
    let out = handed_on(cx);
    for (name, value) in &out {
        let is_plain = value.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        assert!(is_plain, "{name}: {value:?}");
    }
    let baggage = out.get("baggage").map_or("", String::as_str);
    assert!(baggage.len() <= 8192, "{} bytes of baggage", baggage.len());
    // The next service reads what this one read: nothing new, and nothing in parts.
    let again = agentops::propagation::extract(&out.iter().collect::<Vec<_>>());
    assert!(again.baggage().len() <= members);
    assert_eq!(handed_on(again), out);
}

fn handed_on(cx: Context) -> BTreeMap<String, String> {
    let _attached = cx.attach();
    let mut out = std::collections::HashMap::new();
    agentops::propagation::inject(&mut out);
    out.into_iter().collect()
}

/// What a collector answers: read as OpenTelemetry's own types read it.
pub fn response(data: &[u8]) {
    let found = partial_success(data);
    assert!(found.message.chars().count() <= 200);
    assert!(!found.message.contains(char::is_control));
    let Ok(decoded) = ExportTraceServiceResponse::decode(data) else {
        return;
    };
    // A message that comes in parts is put together by one and replaced by the other.
    let partial = decoded.partial_success.unwrap_or_default();
    let rejected = u64::try_from(partial.rejected_spans).ok();
    if rejected.is_some_and(|rejected| rejected > 0) && found.rejected > 0 {
        assert_eq!(Some(found.rejected), rejected);
    }
}

/// `Retry-After`, and the pause that comes of it.
pub fn pause(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let asked = retry_after(&text);
    let mut backoff = Backoff::default();
    for _ in 0..3 {
        let pause = backoff.next(asked);
        assert!(pause >= Duration::from_millis(100) && pause <= Duration::from_mins(10));
    }
}

/// Any JSON as the response of a model.
pub fn sniffer(data: &[u8]) {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(data) else {
        return;
    };
    let captured = agentops::testing::capture(|| {
        agentops::llm_call("openai", "m").in_scope(|| agentops::record_response(&value));
    });
    assert_eq!(captured.spans.len(), 1);
}

/// Looks at all of a span, as an encoder does.
struct Looked;

impl Sink for Looked {
    fn span(&mut self, span: &Span<'_>) {
        assert!(format!("{span:?}").len() > 2);
    }

    fn measure(&mut self, _: &Measurement<'_>) {}
}
