//! What is recorded arrives, whatever happens to the program or the endpoint.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

mod answers;
mod kill;
mod local;
mod outage;
mod signals;

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::time::Duration;

use agentops_tests::{Program, Span, Spans};

const TIMEOUT: Duration = Duration::from_mins(1);

/// The probe, ready to run with this home and this endpoint.
fn probe(arguments: &str, home: &Path, endpoint: &str) -> Program {
    let program = Program::new(env!("CARGO_BIN_EXE_probe"))
        .env("HOME", home)
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
    arguments.split(' ').fold(program, Program::arg)
}

/// The ids of these spans, each of which must be there once.
#[track_caller]
fn unique_ids(spans: &Spans) -> HashSet<String> {
    let ids: HashSet<_> = spans.iter().map(Span::span_id).collect();
    assert_eq!(ids.len(), spans.len(), "a span was delivered twice");
    ids
}

/// These spans by their ids. After a crash a span may be there twice, and both say the same.
#[track_caller]
fn distinct(spans: &Spans) -> HashMap<String, &Span> {
    let mut distinct = HashMap::new();
    for span in spans.iter() {
        let first: &Span = distinct.entry(span.span_id()).or_insert(span);
        assert_eq!(first.name(), span.name());
        assert_eq!(first.duration(), span.duration());
        for key in ["session.id", "agentops.span.kind"] {
            assert_eq!(first.str(key), span.str(key));
        }
        // Two processes may tell the time of day differently, by less than this.
        let starts = [first, span].map(|span| span.proto.start_time_unix_nano);
        assert!(starts[0].abs_diff(starts[1]) < 1_000_000, "{starts:?}");
    }
    distinct
}
