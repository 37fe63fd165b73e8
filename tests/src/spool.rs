//! What lies in a home directory, decoded by other code than the product's.

use std::fs;
use std::path::{Path, PathBuf};

use agentops_spool::segment::format::{Signal as SpoolSignal, State};
use agentops_spool::segment::reader::SegmentReader;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use prost::Message as _;

use crate::metrics::Metrics;
use crate::spans::Spans;

/// All files below a directory, sorted.
///
/// # Panics
/// When a directory cannot be read.
#[track_caller]
pub fn files_below(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![directory.to_owned()];
    while let Some(directory) = open.pop() {
        let entries = fs::read_dir(&directory).expect("the directory can be read");
        for entry in entries {
            let path = entry.expect("the directory can be read").path();
            match path.is_dir() {
                true => open.push(path),
                false => files.push(path),
            }
        }
    }
    files.sort();
    files
}

/// The spans and metrics in the segments of a spool directory.
///
/// # Panics
/// When a segment is damaged, or a body of it is no OTLP.
#[track_caller]
pub fn read(directory: &Path) -> (Spans, Metrics) {
    let (mut traces, mut metrics) = (Vec::new(), Vec::new());
    for path in files_below(directory) {
        let is_segment = SpoolSignal::ALL.iter().any(|signal| {
            path.extension()
                .is_some_and(|ending| ending == signal.as_str())
        });
        if !is_segment {
            continue;
        }
        let bytes = fs::read(&path).expect("a segment can be read");
        let mut segment = SegmentReader::new(&bytes).expect("a segment has a header");
        let signal = segment.header().signal;
        for record in segment.by_ref() {
            assert_eq!(record.header.state, State::Ready, "{}", path.display());
            match signal {
                SpoolSignal::Traces => {
                    let body = ExportTraceServiceRequest::decode(record.body);
                    traces.push(body.expect("a body of traces is OTLP"));
                }
                SpoolSignal::Metrics => {
                    let body = ExportMetricsServiceRequest::decode(record.body);
                    metrics.push(body.expect("a body of metrics is OTLP"));
                }
                SpoolSignal::Logs => {}
            }
        }
        assert_eq!(segment.damaged(), 0, "{} is damaged", path.display());
    }
    (Spans::of(&traces), Metrics::of(&metrics))
}
