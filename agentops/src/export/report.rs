//! What became of the telemetry, as `flush` and `shutdown` report it.

use std::fmt;
use std::path::PathBuf;

pub use agentops_spool::ledger::{Ledger, LossReason};

/// What became of everything recorded so far.
///
/// Its [`Display`](fmt::Display) form is one line for a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FlushReport {
    /// Spans, once for each destination they go to.
    pub traces: Ledger,
    /// OTLP bodies of metrics.
    pub metrics: Ledger,
    /// OTLP bodies of logs.
    pub logs: Ledger,
    /// Where the spool lies; empty if nothing can be written.
    pub spool: Vec<PathBuf>,
    /// Base URLs of the endpoints that data is sent to; empty if it stays on this machine.
    pub endpoints: Vec<String>,
    /// Whether data survives the end of the process: all of it is delivered, lost for good, or on a disk.
    pub durable: bool,
    /// Whether the deadline passed before everything was done.
    pub timed_out: bool,
    /// Those of `spool` that spans lie in.
    pub(crate) span_spool: Vec<PathBuf>,
    /// Those of `endpoints` that spans are sent to.
    pub(crate) span_endpoints: Vec<String>,
}

impl FlushReport {
    /// Whether every span and body is accounted for.
    pub fn balances(&self) -> bool {
        [&self.traces, &self.metrics, &self.logs]
            .into_iter()
            .all(Ledger::balances)
    }

    /// Spans and bodies that are gone; [`Ledger::losses`] says why.
    pub fn lost(&self) -> u64 {
        self.traces.lost + self.metrics.lost + self.logs.lost
    }

    fn places(&self) -> String {
        let spool = self
            .span_spool
            .iter()
            .map(|path| path.display().to_string());
        spool.collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for FlushReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spans = |count: u64| match count {
            1 => "1 span".to_owned(),
            count => format!("{count} spans"),
        };
        let traces = &self.traces;
        let mut parts = Vec::new();
        if traces.delivered > 0 {
            let to = self.span_endpoints.join(", ");
            parts.push(format!("{} delivered to {to}", spans(traces.delivered)));
        }
        if traces.spooled > 0 {
            parts.push(format!("{} in {}", spans(traces.spooled), self.places()));
        }
        if traces.buffered > 0 {
            parts.push(format!("{} in memory", spans(traces.buffered)));
        }
        let gone = traces.lost + traces.expired;
        if gone > 0 {
            let why = traces.losses();
            let why: Vec<_> = why.map(|(why, count)| format!("{count} {why}")).collect();
            parts.push(format!("{} lost ({})", spans(gone), why.join(", ")));
        }
        if traces.quarantined > 0 {
            let refused = spans(traces.quarantined);
            parts.push(format!("{refused} refused and kept in {}", self.places()));
        }
        match parts.is_empty() {
            true => f.write_str("no spans"),
            false => f.write_str(&parts.join("; ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_why_spans_are_lost() {
        let mut report = FlushReport::default();
        report.traces.ended = 4;
        report.traces.delivered = 1;
        report.traces.lose(LossReason::Rejected, 2);
        report.traces.lose(LossReason::TooOld, 1);
        report.span_endpoints.push("http://a".to_owned());
        assert!(report.balances());
        assert_eq!(
            report.to_string(),
            "1 span delivered to http://a; 3 spans lost (2 rejected by the destination, 1 too old)"
        );
    }
}
