//! What a collector has received: every request, decoded by its signal.

use std::fmt;

use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use prost::Message;

use crate::http;
use crate::metrics::Metrics;
use crate::spans::Spans;

/// The three kinds of telemetry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Spans.
    Traces,
    /// Numbers.
    Metrics,
    /// Log records.
    Logs,
}

/// One request and how it was answered.
#[derive(Clone, Debug)]
pub struct Request {
    /// The method, such as `POST`.
    pub method: String,
    /// The path as it was asked for, with its query.
    pub path: String,
    /// The headers in their order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, unpacked if it came gzipped.
    pub body: Vec<u8>,
    /// What the body says.
    pub payload: Payload,
    /// The status it was answered with; `None` where the connection was closed instead.
    pub answered: Option<u16>,
}

/// The body of a request, decoded.
#[derive(Clone, Debug)]
pub enum Payload {
    /// Spans.
    Traces(ExportTraceServiceRequest),
    /// Numbers.
    Metrics(ExportMetricsServiceRequest),
    /// Log records.
    Logs(ExportLogsServiceRequest),
    /// A body that is not OTLP, on a path where none is expected.
    Other,
}

/// All requests of a collector, in the order of their arrival.
#[derive(Clone, Debug, Default)]
pub struct Store {
    requests: Vec<Request>,
    /// What went wrong with requests that could not be read.
    failures: Vec<String>,
}

impl Request {
    /// The value of a header, its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        http::header(&self.headers, name)
    }

    /// The signal of the payload, if it has one.
    pub fn signal(&self) -> Option<Signal> {
        match self.payload {
            Payload::Traces(_) => Some(Signal::Traces),
            Payload::Metrics(_) => Some(Signal::Metrics),
            Payload::Logs(_) => Some(Signal::Logs),
            Payload::Other => None,
        }
    }

    /// Whether the collector took the data: it answered 2xx.
    pub fn accepted(&self) -> bool {
        self.answered
            .is_some_and(|status| (200..300).contains(&status))
    }
}

impl Payload {
    /// Decodes a body of a known signal.
    pub(crate) fn decode(signal: Signal, body: &[u8]) -> Result<Self, prost::DecodeError> {
        match signal {
            Signal::Traces => Message::decode(body).map(Self::Traces),
            Signal::Metrics => Message::decode(body).map(Self::Metrics),
            Signal::Logs => Message::decode(body).map(Self::Logs),
        }
    }

    /// Decodes a body as the one signal it makes sense as.
    ///
    /// The three messages share their outer fields, so decoding alone does not tell them apart:
    /// what is inside must look like spans, metrics or log records too.
    pub(crate) fn guess(body: &[u8]) -> Self {
        [Signal::Traces, Signal::Metrics, Signal::Logs]
            .into_iter()
            .filter_map(|signal| Self::decode(signal, body).ok())
            .find(Self::makes_sense)
            .unwrap_or(Self::Other)
    }

    /// Checks what the `.proto` files cannot say: the lengths of ids.
    pub(crate) fn check(&self) -> Result<(), String> {
        let Self::Traces(request) = self else {
            return Ok(());
        };
        match Spans::of([request])
            .iter()
            .find(|span| !span.has_valid_ids())
        {
            Some(span) => Err(format!("span `{}` has invalid ids", span.name())),
            None => Ok(()),
        }
    }

    fn makes_sense(&self) -> bool {
        match self {
            Self::Traces(request) => {
                let mut spans = Spans::of([request]).into_iter().peekable();
                spans.peek().is_some() && spans.all(|span| span.has_valid_ids())
            }
            Self::Metrics(request) => {
                let mut metrics = Metrics::of([request]).into_iter().peekable();
                metrics.peek().is_some() && metrics.all(|metric| metric.has_data())
            }
            Self::Logs(request) => {
                let scopes = request
                    .resource_logs
                    .iter()
                    .flat_map(|logs| &logs.scope_logs);
                scopes.flat_map(|logs| &logs.log_records).next().is_some()
            }
            Self::Other => false,
        }
    }
}

impl Store {
    pub(crate) fn push(&mut self, request: Request) {
        self.requests.push(request);
    }

    pub(crate) fn fail(&mut self, reason: String) {
        self.failures.push(reason);
    }

    /// Every request, also those answered with an error.
    ///
    /// # Panics
    /// When a request could not be read or decoded.
    #[track_caller]
    pub fn requests(&self) -> &[Request] {
        assert!(
            self.failures.is_empty(),
            "the collector was sent what it cannot read:\n{}",
            self.failures.join("\n")
        );
        &self.requests
    }

    /// The spans of all accepted requests.
    #[track_caller]
    pub fn spans(&self) -> Spans {
        Spans::of(
            self.accepted()
                .filter_map(|request| match &request.payload {
                    Payload::Traces(traces) => Some(traces),
                    _ => None,
                }),
        )
    }

    /// The metrics of all accepted requests.
    #[track_caller]
    pub fn metrics(&self) -> Metrics {
        Metrics::of(
            self.accepted()
                .filter_map(|request| match &request.payload {
                    Payload::Metrics(metrics) => Some(metrics),
                    _ => None,
                }),
        )
    }

    #[track_caller]
    fn accepted(&self) -> impl Iterator<Item = &Request> {
        self.requests().iter().filter(|request| request.accepted())
    }
}

impl fmt::Display for Store {
    /// A line for each request and each failure, then the spans as a list of names.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Request {
            method,
            path,
            body,
            payload,
            answered,
            ..
        } in &self.requests
        {
            let size = body.len();
            let answer = answered.map_or("closed".to_owned(), |status| status.to_string());
            write!(f, "{method} {path} -> {answer}, {size} bytes")?;
            match payload {
                Payload::Traces(request) => {
                    writeln!(f, ", spans {:?}", Spans::of([request]).names())?;
                }
                Payload::Metrics(request) => {
                    writeln!(f, ", metrics {:?}", Metrics::of([request]).names())?;
                }
                Payload::Logs(_) => writeln!(f, ", logs")?,
                Payload::Other => writeln!(f)?,
            }
        }
        for failure in &self.failures {
            writeln!(f, "unreadable: {failure}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use opentelemetry_proto::tonic::logs::v1::{LogRecord, ResourceLogs, ScopeLogs};
    use opentelemetry_proto::tonic::metrics::v1::metric::Data;
    use opentelemetry_proto::tonic::metrics::v1::{Gauge, Metric};

    use super::*;
    use crate::fixtures::{metrics, span, traces};

    #[test]
    fn signal_is_guessed_from_the_content() {
        let metric = Metric {
            name: "depth".to_owned(),
            data: Some(Data::Gauge(Gauge::default())),
            ..Metric::default()
        };
        let record = LogRecord {
            time_unix_nano: 1,
            ..LogRecord::default()
        };
        let scope_logs = vec![ScopeLogs {
            log_records: vec![record],
            ..ScopeLogs::default()
        }];
        let resource_logs = vec![ResourceLogs {
            scope_logs,
            ..ResourceLogs::default()
        }];
        let logs = ExportLogsServiceRequest { resource_logs }.encode_to_vec();

        let body = traces(vec![span(1, 0, "root")]).encode_to_vec();
        assert!(matches!(Payload::guess(&body), Payload::Traces(_)));
        let body = metrics(vec![metric]).encode_to_vec();
        assert!(matches!(Payload::guess(&body), Payload::Metrics(_)));
        assert!(matches!(Payload::guess(&logs), Payload::Logs(_)));
        assert!(matches!(Payload::guess(b"hello"), Payload::Other));
        assert!(matches!(Payload::guess(b""), Payload::Other));
    }
}
