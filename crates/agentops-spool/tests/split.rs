//! Halves of a body hold its records, each once, with all that is around them.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

use agentops_spool::otlp::split::Part;
use agentops_spool::segment::format::Signal;
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, InstrumentationScope, KeyValue};
use opentelemetry_proto::tonic::logs::v1::{LogRecord, ResourceLogs, ScopeLogs};
use opentelemetry_proto::tonic::metrics::v1::metric::Data;
use opentelemetry_proto::tonic::metrics::v1::{
    ExponentialHistogram, ExponentialHistogramDataPoint, Gauge, Histogram, HistogramDataPoint,
    Metric, NumberDataPoint, ResourceMetrics, ScopeMetrics, Sum, Summary, SummaryDataPoint,
};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span};
use proptest::collection::vec;
use proptest::prelude::*;
use prost::Message;

/// How many records each of a body's resources has in each of its scopes and metrics.
type Shape = Vec<Vec<Vec<u8>>>;

fn shape() -> impl Strategy<Value = Shape> {
    vec(vec(vec(0..5u8, 0..4), 0..3), 0..3)
}

/// Texts that are not the same twice.
#[derive(Default)]
struct Names(usize);

impl Names {
    fn next(&mut self) -> String {
        self.0 += 1;
        // Some are too long for a length of one byte.
        format!("{}{}", self.0, "x".repeat(self.0 % 3 * 100))
    }

    fn resource(&mut self) -> Resource {
        let value = AnyValue {
            value: Some(Value::StringValue(self.next())),
        };
        let attributes = vec![KeyValue {
            key: "service.name".into(),
            value: Some(value),
            ..KeyValue::default()
        }];
        Resource {
            attributes,
            ..Resource::default()
        }
    }

    fn scope(&mut self) -> InstrumentationScope {
        InstrumentationScope {
            name: self.next(),
            ..InstrumentationScope::default()
        }
    }
}

fn traces(shape: &Shape) -> ExportTraceServiceRequest {
    let mut names = Names::default();
    let mut scope = |counts: &Vec<u8>| ScopeSpans {
        scope: Some(names.scope()),
        spans: (0..counts.iter().sum())
            .map(|_| Span {
                name: names.next(),
                ..Span::default()
            })
            .collect(),
        schema_url: names.next(),
    };
    let scopes: Vec<Vec<_>> = shape
        .iter()
        .map(|scopes| scopes.iter().map(&mut scope).collect())
        .collect();
    let resource_spans = scopes.into_iter().map(|scope_spans| ResourceSpans {
        resource: Some(names.resource()),
        scope_spans,
        schema_url: names.next(),
    });
    ExportTraceServiceRequest {
        resource_spans: resource_spans.collect(),
    }
}

fn logs(shape: &Shape) -> ExportLogsServiceRequest {
    let mut names = Names::default();
    let mut scope = |counts: &Vec<u8>| ScopeLogs {
        scope: Some(names.scope()),
        log_records: (0..counts.iter().sum())
            .map(|_| LogRecord {
                event_name: names.next(),
                ..LogRecord::default()
            })
            .collect(),
        schema_url: names.next(),
    };
    let scopes: Vec<Vec<_>> = shape
        .iter()
        .map(|scopes| scopes.iter().map(&mut scope).collect())
        .collect();
    let resource_logs = scopes.into_iter().map(|scope_logs| ResourceLogs {
        resource: Some(names.resource()),
        scope_logs,
        schema_url: names.next(),
    });
    ExportLogsServiceRequest {
        resource_logs: resource_logs.collect(),
    }
}

/// `count` data points of one of the five kinds.
fn data(count: u8, names: &mut Names) -> Data {
    let kind = names.0 % 5;
    let mut time = || u64::try_from(names.next().len() + names.0 * 1000).unwrap();
    macro_rules! points {
        ($point:ident) => {
            (0..count)
                .map(|_| $point {
                    time_unix_nano: time(),
                    ..$point::default()
                })
                .collect()
        };
    }
    match kind {
        0 => Data::Gauge(Gauge {
            data_points: points!(NumberDataPoint),
        }),
        1 => Data::Sum(Sum {
            data_points: points!(NumberDataPoint),
            aggregation_temporality: 2,
            is_monotonic: true,
        }),
        2 => Data::Histogram(Histogram {
            data_points: points!(HistogramDataPoint),
            aggregation_temporality: 1,
        }),
        3 => Data::ExponentialHistogram(ExponentialHistogram {
            data_points: points!(ExponentialHistogramDataPoint),
            aggregation_temporality: 1,
        }),
        _ => Data::Summary(Summary {
            data_points: points!(SummaryDataPoint),
        }),
    }
}

fn metrics(shape: &Shape) -> ExportMetricsServiceRequest {
    let mut names = Names::default();
    let mut scope = |counts: &Vec<u8>| ScopeMetrics {
        scope: Some(names.scope()),
        metrics: counts
            .iter()
            .map(|count| Metric {
                name: names.next(),
                unit: names.next(),
                data: Some(data(*count, &mut names)),
                ..Metric::default()
            })
            .collect(),
        schema_url: names.next(),
    };
    let scopes: Vec<Vec<_>> = shape
        .iter()
        .map(|scopes| scopes.iter().map(&mut scope).collect())
        .collect();
    let resource_metrics = scopes.into_iter().map(|scope_metrics| ResourceMetrics {
        resource: Some(names.resource()),
        scope_metrics,
        schema_url: names.next(),
    });
    ExportMetricsServiceRequest {
        resource_metrics: resource_metrics.collect(),
    }
}

/// A body as a list of its records, each alone with what is around it.
fn alone(signal: Signal, body: &[u8]) -> Vec<String> {
    /// The same for each record `one` of a body.
    macro_rules! alone {
        ($request:ident, $resources:ident, $scopes:ident, $records:ident, $one:expr) => {{
            let mut found = Vec::new();
            for resource in $request::decode(body).unwrap().$resources {
                for scope in &resource.$scopes {
                    let around = (&resource.resource, &resource.schema_url);
                    let around = format!("{around:?} {:?} {}", scope.scope, scope.schema_url);
                    let records = scope.$records.iter().flat_map($one);
                    found.extend(records.map(|one| format!("{around} {one}")));
                }
            }
            found
        }};
    }
    match signal {
        Signal::Traces => alone!(
            ExportTraceServiceRequest,
            resource_spans,
            scope_spans,
            spans,
            |span| [format!("{span:?}")]
        ),
        Signal::Metrics => alone!(
            ExportMetricsServiceRequest,
            resource_metrics,
            scope_metrics,
            metrics,
            |metric| {
                let (name, unit) = (&metric.name, &metric.unit);
                let points = points(metric.data.as_ref().unwrap()).into_iter();
                points.map(move |point| format!("{name} {unit} {point}"))
            }
        ),
        Signal::Logs => alone!(
            ExportLogsServiceRequest,
            resource_logs,
            scope_logs,
            log_records,
            |record| [format!("{record:?}")]
        ),
    }
}

/// Each data point with what its kind of data says of all.
fn points(data: &Data) -> Vec<String> {
    fn all<T: std::fmt::Debug>(what: &str, points: &[T]) -> Vec<String> {
        points.iter().map(|one| format!("{what} {one:?}")).collect()
    }
    match data {
        Data::Gauge(it) => all("gauge", &it.data_points),
        Data::Sum(it) => {
            let about = (it.aggregation_temporality, it.is_monotonic);
            all(&format!("sum {about:?}"), &it.data_points)
        }
        Data::Histogram(it) => all(
            &format!("histogram {}", it.aggregation_temporality),
            &it.data_points,
        ),
        Data::ExponentialHistogram(it) => all(
            &format!("exponential {}", it.aggregation_temporality),
            &it.data_points,
        ),
        Data::Summary(it) => all("summary", &it.data_points),
    }
}

fn body(signal: Signal, shape: &Shape) -> Vec<u8> {
    match signal {
        Signal::Traces => traces(shape).encode_to_vec(),
        Signal::Metrics => metrics(shape).encode_to_vec(),
        Signal::Logs => logs(shape).encode_to_vec(),
    }
}

/// Halves a part down to single records; returns those in order and counts the cuts.
fn singles(part: &Part<'_>, depth: u32) -> (Vec<Vec<u8>>, u32) {
    match part.halves() {
        None => (vec![part.as_bytes().to_vec()], depth),
        Some((first, rest)) => {
            assert_eq!(first.records() + rest.records(), part.records());
            let (mut found, deep) = singles(&first, depth + 1);
            let (others, deeper) = singles(&rest, depth + 1);
            found.extend(others);
            (found, deep.max(deeper))
        }
    }
}

proptest! {
    #[test]
    fn halves_of_a_body_hold_each_record_once(shape in shape()) {
        for signal in Signal::ALL {
            let body = body(signal, &shape);
            let whole = Part::whole(signal, &body).unwrap();
            let expected = alone(signal, &body);
            prop_assert_eq!(whole.records(), expected.len());
            if let Some((first, rest)) = whole.halves() {
                let both = [first.as_bytes(), rest.as_bytes()].concat();
                prop_assert_eq!(&alone(signal, &both), &expected);
                prop_assert!(first.records().abs_diff(rest.records()) <= 1);
            }
        }
    }

    #[test]
    fn a_body_is_halved_down_to_single_records(shape in shape()) {
        for signal in Signal::ALL {
            let body = body(signal, &shape);
            let expected = alone(signal, &body);
            let (parts, depth) = singles(&Part::whole(signal, &body).unwrap(), 0);
            let parts: Vec<_> = parts.iter().flat_map(|part| {
                let found = alone(signal, part);
                assert!(found.len() <= 1, "{found:?}");
                found
            }).collect();
            prop_assert!(depth <= expected.len().max(1).next_power_of_two().ilog2());
            prop_assert_eq!(parts, expected);
        }
    }

    #[test]
    fn garbage_is_cut_nowhere_or_to_less(bytes in vec(any::<u8>(), 0..200)) {
        for signal in Signal::ALL {
            if let Some(whole) = Part::whole(signal, &bytes) {
                singles(&whole, 0);
            }
        }
    }

    #[test]
    fn a_damaged_body_is_cut_nowhere_or_keeps_its_records(
        shape in shape(), at in any::<usize>(), byte in any::<u8>(), cut in any::<bool>(),
    ) {
        for signal in Signal::ALL {
            let mut bytes = body(signal, &shape);
            if bytes.is_empty() {
                continue;
            }
            let at = at % bytes.len();
            match cut {
                true => bytes.truncate(at),
                false => bytes[at] = byte,
            }
            let Some(whole) = Part::whole(signal, &bytes) else {
                continue;
            };
            let records = whole.records();
            let (parts, _) = singles(&whole, 0);
            let again = parts.iter().map(|part| Part::whole(signal, part).unwrap().records());
            prop_assert_eq!(again.sum::<usize>(), records);
        }
    }
}

#[test]
fn fields_that_are_not_known_stay_with_both_halves() {
    let mut body = traces(&vec![vec![vec![2]]]).encode_to_vec();
    // Field 99 of the request, a text.
    body.extend([0x9a, 0x06, 3, b'n', b'e', b'w']);
    let (first, rest) = Part::whole(Signal::Traces, &body)
        .unwrap()
        .halves()
        .unwrap();
    for half in [first, rest] {
        assert!(half.as_bytes().ends_with(b"\x9a\x06\x03new"));
        assert_eq!(alone(Signal::Traces, half.as_bytes()).len(), 1);
    }
}

#[test]
fn a_body_that_ends_in_the_middle_is_not_cut() {
    let body = traces(&vec![vec![vec![2]]]).encode_to_vec();
    for len in 1..body.len() {
        assert!(Part::whole(Signal::Traces, &body[..len]).is_none(), "{len}");
    }
}
