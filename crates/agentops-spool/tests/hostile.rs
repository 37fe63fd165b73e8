//! Damaged and made-up bytes: no panic, no boundless memory, no wrong value.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::ops::Range;

use agentops_spool::arena::UNITS_OFFSET;
use agentops_spool::definition::SiteDef;
use agentops_spool::join::Join;
use agentops_spool::orphan::Orphan;
use agentops_spool::otlp::journaled;
use agentops_spool::otlp::response::partial_success;
use agentops_spool::otlp::wire::MessageFields;
use agentops_spool::record::reader::{Reader, Records};
use agentops_spool::record::write::{End, Measure, Release, SessionStart, Start, Whole};
use agentops_spool::registry::Sites;
use agentops_spool::segment::format::{HEADER_LEN, Header, RecordHeader, Signal, State};
use agentops_spool::segment::reader::SegmentReader;
use agentops_spool::send::backoff::{Backoff, retry_after};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use support::golden;
use support::records::{ANCHOR, Seen, end, session, start};

/// Reads everything that records can hold.
fn read_records(bytes: &[u8]) -> usize {
    let mut records = Records::new(bytes);
    let mut fields = 0;
    for record in records.by_ref() {
        let found = [
            Start::read(&record).map(|(_, fields)| fields),
            End::read(&record).map(|(_, fields)| fields),
            Whole::read(&record).map(|(_, fields)| fields),
            SessionStart::read(&record).map(|(_, fields)| fields),
            Measure::read(&record).map(|(_, fields)| fields),
        ];
        let _ = Release::read(&record);
        fields += found
            .into_iter()
            .flatten()
            .map(Iterator::count)
            .sum::<usize>();
    }
    assert!(records.unread() <= bytes.len());
    fields
}

fn join(bytes: &[u8]) {
    let mut join = Join::new(Sites::default());
    let mut seen = Seen::default();
    join.pass(&[bytes], ANCHOR, &mut seen);
    for _ in 0..3 {
        join.pass(&[], ANCHOR, &mut seen);
    }
    join.journal(ANCHOR, &mut seen);
    join.give_up(None, 9_000, ANCHOR, &mut seen);
}

fn all_records() -> Vec<u8> {
    let kinds = [
        "pad",
        "start",
        "end",
        "leaf",
        "whole",
        "session",
        "session-again",
        "release",
        "measure",
    ];
    let bytes = kinds.map(|kind| golden::bytes(&format!("record-{kind}")));
    [bytes.concat(), session(1, 0, "chat"), start(1, 1), end(1)].concat()
}

/// What is done to sound bytes.
#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    Truncate(Index),
    Overwrite(Index, Vec<u8>),
}

impl Damage {
    /// Damages `bytes` and returns which of them may differ.
    fn apply(&self, bytes: &mut Vec<u8>) -> Range<usize> {
        match self {
            Self::Flip(at, bit) => {
                let at = at.index(bytes.len());
                bytes[at] ^= 1 << bit;
                at..at + 1
            }
            Self::Truncate(at) => {
                let (at, end) = (at.index(bytes.len()), bytes.len());
                bytes.truncate(at);
                at..end
            }
            Self::Overwrite(at, new) => {
                let at = at.index(bytes.len());
                let end = bytes.len().min(at + new.len());
                bytes[at..end].copy_from_slice(&new[..end - at]);
                at..end
            }
        }
    }
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        3 => (any::<Index>(), 0..8u8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        1 => any::<Index>().prop_map(Damage::Truncate),
        1 => (any::<Index>(), vec(any::<u8>(), 1..40))
            .prop_map(|(at, new)| Damage::Overwrite(at, new)),
    ]
}

/// A segment with bodies of these lengths, and where its records lie.
fn segment(lens: &[usize]) -> (Vec<u8>, Vec<Range<usize>>) {
    let head = Header {
        id: [3; 16],
        instance: [4; 16],
        destination: 5,
        signal: Signal::Traces,
    };
    let mut bytes = head.encode().to_vec();
    let mut places = Vec::new();
    for (seq, &len) in (0..).zip(lens) {
        let body = body(seq, len);
        let header = RecordHeader {
            len: u32::try_from(len).unwrap_or(0),
            count: 1,
            seq,
            session_hash: 0,
            unix_millis: 0,
            session_index: 0,
            signal: Signal::Traces,
            state: State::Ready,
        };
        let from = bytes.len();
        bytes.extend_from_slice(&header.encode(&head.id, &body));
        bytes.extend_from_slice(&body);
        bytes.resize(bytes.len().next_multiple_of(8), 0);
        places.push(from..bytes.len());
    }
    (bytes, places)
}

fn body(seq: u64, len: usize) -> Vec<u8> {
    vec![seq.to_le_bytes()[0]; len]
}

proptest! {
    #[test]
    fn any_bytes_are_read_as_records(bytes in vec(any::<u8>(), 0..300)) {
        read_records(&bytes);
        join(&bytes);
        let _ = Reader::new(&bytes).value();
    }

    #[test]
    fn damaged_records_are_read(damages in vec(damage(), 1..4)) {
        let mut bytes = all_records();
        for damage in damages {
            if !bytes.is_empty() {
                damage.apply(&mut bytes);
            }
        }
        read_records(&bytes);
        join(&bytes);
    }

    #[test]
    fn any_bytes_are_read_as_a_site(bytes in vec(any::<u8>(), 0..200)) {
        let _ = SiteDef::read(&bytes);
    }

    #[test]
    fn a_damaged_site_is_read(damage in damage()) {
        let arena = golden::bytes("arena");
        // The site stands behind the resource in the definitions; see the golden file.
        let mut entry = arena[0x1020..0x10e0].to_vec();
        prop_assert!(SiteDef::read(&entry).is_some());
        damage.apply(&mut entry);
        let _ = SiteDef::read(&entry);
    }

    #[test]
    fn a_damaged_segment_loses_only_the_records_that_were_touched(
        lens in vec(0..200_usize, 1..8),
        damage in damage(),
    ) {
        let (mut bytes, places) = segment(&lens);
        let touched = damage.apply(&mut bytes);
        let Ok(reader) = SegmentReader::new(&bytes) else {
            // Nothing in it can be trusted then.
            prop_assert!(touched.start < HEADER_LEN);
            return Ok(());
        };
        let found: Vec<u64> = reader
            .map(|record| {
                let (seq, len) = (record.header.seq, record.header.len as usize);
                assert_eq!(record.body, body(seq, len), "a wrong body");
                assert_eq!(len, lens[usize::try_from(seq).unwrap_or(0)]);
                seq
            })
            .collect();
        for (seq, place) in (0..).zip(places) {
            let is_whole = place.end <= touched.start || place.start >= touched.end;
            prop_assert!(!is_whole || found.contains(&seq), "record {seq} is lost");
        }
        prop_assert!(found.is_sorted_by(|a, b| a < b), "{found:?}");
    }

    #[test]
    fn any_bytes_behind_a_header_hold_no_record(bytes in vec(any::<u8>(), 0..300)) {
        let (head, _) = segment(&[]);
        let bytes = [head, bytes].concat();
        let reader = SegmentReader::new(&bytes);
        prop_assert_eq!(reader.map(Iterator::count), Ok(0));
        let _ = SegmentReader::new(&bytes[HEADER_LEN..]);
        let _ = RecordHeader::decode(&bytes[HEADER_LEN..]);
    }

    #[test]
    fn any_bytes_are_read_as_protobuf(bytes in vec(any::<u8>(), 0..300)) {
        prop_assert!(MessageFields::new(&bytes).count() <= bytes.len());
        let (spans, _) = journaled::read(&bytes);
        prop_assert!(spans.len() <= bytes.len());
        for span in spans {
            prop_assert!(span.session(1).attributes().count() <= bytes.len());
        }
        let partial = partial_success(&bytes);
        prop_assert!(partial.message.len() <= 3 * bytes.len());
    }

    #[test]
    fn a_message_in_a_message_in_a_message_is_read(
        bytes in vec(any::<u8>(), 0..100),
        numbers in vec(1..4_u32, 0..6),
    ) {
        let nested = numbers.iter().fold(bytes, |inner, number| {
            let mut out = agentops_spool::otlp::wire::Writer::default();
            out.bytes(*number, &inner);
            out.into_bytes()
        });
        let (spans, _) = journaled::read(&nested);
        for span in spans {
            drop(span.session(1));
        }
        let _ = partial_success(&nested);
    }

    #[test]
    fn any_header_asks_for_a_bounded_pause(header in ".{0,30}") {
        let pause = Backoff::default().next(retry_after(&header));
        prop_assert!(pause.as_secs() <= 600, "{pause:?}");
        prop_assert!(pause.as_millis() >= 100, "{pause:?}");
    }
}

proptest! {
    // An arena is big: fewer cases.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_damaged_arena_is_read(
        damages in vec((0..0xc8_usize, 0..4_usize, any::<u64>()), 1..6),
    ) {
        let mut bytes = golden::bytes("arena");
        for (at, place, word) in damages {
            let from = [0, 64, 0x1000, UNITS_OFFSET][place] + at;
            bytes[from..from + 8].copy_from_slice(&word.to_le_bytes());
        }
        check_orphan(&bytes);
    }

    #[test]
    fn a_truncated_arena_is_read(len in any::<Index>()) {
        let bytes = golden::bytes("arena");
        check_orphan(&bytes[..len.index(bytes.len())]);
    }
}

#[track_caller]
fn check_orphan(bytes: &[u8]) {
    if let Ok(orphan) = Orphan::read(bytes) {
        for range in orphan.unread {
            read_records(&bytes[range]);
        }
    }
}

#[test]
fn the_longest_header_of_a_server_is_bounded() {
    for header in ["18446744073709551615", "99999999999999999999999", "600"] {
        let pause = Backoff::default().next(retry_after(header));
        assert!(pause.as_secs() <= 600, "{header}: {pause:?}");
    }
}

#[test]
fn an_array_that_claims_many_values_takes_no_memory() {
    let mut value = vec![6];
    value.extend_from_slice(&u32::MAX.to_le_bytes());
    value.extend_from_slice(&[1, 1, 1, 1]);
    assert_eq!(Reader::new(&value).value(), None);
}

#[test]
fn arrays_in_arrays_without_end_are_refused() {
    let mut value = Vec::new();
    for _ in 0..100_000 {
        value.extend_from_slice(&[6, 1, 0, 0, 0]);
    }
    assert_eq!(Reader::new(&value).value(), None);
}
