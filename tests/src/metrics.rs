//! Received metrics, as a test wants to ask about them.

use std::ops::Deref;
use std::sync::Arc;
use std::vec;

use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{InstrumentationScope, KeyValue};
use opentelemetry_proto::tonic::metrics::v1::metric::Data;
use opentelemetry_proto::tonic::metrics::v1::{
    AggregationTemporality, HistogramDataPoint, Metric as ProtoMetric, NumberDataPoint,
    ResourceMetrics, ScopeMetrics, number_data_point,
};
use opentelemetry_proto::tonic::resource::v1::Resource;

use crate::attributes::Attributes;

/// Metrics in the order of their arrival: each export adds every metric again.
#[derive(Clone, Debug, Default)]
pub struct Metrics(Vec<Metric>);

/// One metric of one export, with the resource and the scope it came under.
#[derive(Clone, Debug)]
pub struct Metric {
    /// The metric as it was sent.
    pub proto: ProtoMetric,
    resource: Arc<Resource>,
    scope: Arc<InstrumentationScope>,
}

/// A data point of a metric.
#[derive(Clone, Copy, Debug)]
pub enum Point<'a> {
    /// Of a counter or a gauge.
    Number(&'a NumberDataPoint),
    /// Of a histogram.
    Histogram(&'a HistogramDataPoint),
}

impl Metrics {
    /// The metrics of these requests.
    pub fn of<'a>(requests: impl IntoIterator<Item = &'a ExportMetricsServiceRequest>) -> Self {
        let resources = requests
            .into_iter()
            .flat_map(|request| &request.resource_metrics);
        Self(resources.flat_map(metrics_of_resource).collect())
    }

    /// The metric of this name, as last exported.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    pub fn named(&self, name: &str) -> &Metric {
        match self.all_named(name).last() {
            Some(metric) => metric,
            None => panic!("no metric is named `{name}`, of {:?}", self.names()),
        }
    }

    /// Every export of the metric of this name.
    pub fn all_named(&self, name: &str) -> Vec<&Metric> {
        self.iter().filter(|metric| metric.name() == name).collect()
    }

    /// The different names, sorted.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.iter().map(Metric::name).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// What a counter or a histogram has added up to, over the points with these attributes.
    ///
    /// Exports of differences are added; of exports of totals the last counts.
    ///
    /// # Panics
    /// When there is no such metric, or it does not add up.
    #[track_caller]
    pub fn total(&self, name: &str, attributes: &[(&str, &str)]) -> f64 {
        let last = self.named(name);
        let exports = match last.temporality() {
            Some(AggregationTemporality::Delta) => self.all_named(name),
            Some(AggregationTemporality::Cumulative) => vec![last],
            other => panic!("metric `{name}` does not add up: its temporality is {other:?}"),
        };
        let points = exports.into_iter().flat_map(Metric::points);
        points
            .filter(|point| point.matches(attributes))
            .map(Point::sum)
            .sum()
    }

    /// Compares a [`total`](Self::total), to within a millionth.
    ///
    /// # Panics
    /// When they differ, or there is no such total.
    #[track_caller]
    pub fn assert_total(&self, name: &str, attributes: &[(&str, &str)], expected: f64) {
        let found = self.total(name, attributes);
        assert!(
            (found - expected).abs() <= 1e-6 * expected.abs(),
            "the total of `{name}` with {attributes:?} is {found} and not {expected}"
        );
    }
}

impl Deref for Metrics {
    type Target = [Metric];

    fn deref(&self) -> &[Metric] {
        &self.0
    }
}

impl IntoIterator for Metrics {
    type Item = Metric;
    type IntoIter = vec::IntoIter<Metric>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Metric {
    /// The name.
    pub fn name(&self) -> &str {
        &self.proto.name
    }

    /// The unit, such as `ms` or `{token}`.
    pub fn unit(&self) -> &str {
        &self.proto.unit
    }

    /// The description.
    pub fn description(&self) -> &str {
        &self.proto.description
    }

    /// Whether exports carry differences or totals; `None` for a gauge.
    pub fn temporality(&self) -> Option<AggregationTemporality> {
        match self.proto.data.as_ref()? {
            Data::Sum(sum) => Some(sum.aggregation_temporality()),
            Data::Histogram(histogram) => Some(histogram.aggregation_temporality()),
            Data::ExponentialHistogram(histogram) => Some(histogram.aggregation_temporality()),
            Data::Gauge(_) | Data::Summary(_) => None,
        }
    }

    /// Whether this is a sum that never falls, as a counter's is.
    pub fn is_monotonic(&self) -> bool {
        matches!(&self.proto.data, Some(Data::Sum(sum)) if sum.is_monotonic)
    }

    /// The data points.
    ///
    /// # Panics
    /// When the metric is a summary, an exponential histogram, or without data.
    #[track_caller]
    pub fn points(&self) -> Vec<Point<'_>> {
        match &self.proto.data {
            Some(Data::Sum(sum)) => sum.data_points.iter().map(Point::Number).collect(),
            Some(Data::Gauge(gauge)) => gauge.data_points.iter().map(Point::Number).collect(),
            Some(Data::Histogram(histogram)) => {
                histogram.data_points.iter().map(Point::Histogram).collect()
            }
            other => panic!("metric `{}` has no plain points but {other:?}", self.name()),
        }
    }

    /// The only data point with these string attributes, among others.
    ///
    /// # Panics
    /// When there is none, or more than one.
    #[track_caller]
    pub fn point(&self, attributes: &[(&str, &str)]) -> Point<'_> {
        let mut points = self.points();
        points.retain(|point| point.matches(attributes));
        match points[..] {
            [point] => point,
            _ => panic!(
                "{} points of `{}` have {attributes:?}, of {:?}",
                points.len(),
                self.name(),
                self.points()
            ),
        }
    }

    /// The attributes of the resource.
    pub fn resource(&self) -> Attributes<'_> {
        Attributes(&self.resource.attributes)
    }

    /// Name of the instrumentation scope.
    pub fn scope_name(&self) -> &str {
        &self.scope.name
    }

    pub(crate) fn has_data(&self) -> bool {
        !self.proto.name.is_empty() && self.proto.data.is_some()
    }
}

impl<'a> Point<'a> {
    /// The attributes.
    pub fn attributes(self) -> Attributes<'a> {
        Attributes(self.proto_attributes())
    }

    /// The value of a number, or the sum of a histogram.
    pub fn sum(self) -> f64 {
        match self {
            Self::Histogram(point) => point.sum.unwrap_or_default(),
            Self::Number(point) => match point.value {
                Some(number_data_point::Value::AsDouble(value)) => value,
                #[allow(clippy::cast_precision_loss, reason = "tests count to less than 2^52")]
                Some(number_data_point::Value::AsInt(value)) => value as f64,
                None => 0.0,
            },
        }
    }

    /// How many measurements a histogram holds.
    ///
    /// # Panics
    /// When the point is not of a histogram.
    #[track_caller]
    pub fn count(self) -> u64 {
        self.histogram().count
    }

    /// The upper bounds of a histogram's buckets, but for the last bucket, which has none.
    ///
    /// # Panics
    /// When the point is not of a histogram.
    #[track_caller]
    pub fn bounds(self) -> &'a [f64] {
        &self.histogram().explicit_bounds
    }

    /// How many measurements are in each of a histogram's buckets.
    ///
    /// # Panics
    /// When the point is not of a histogram.
    #[track_caller]
    pub fn bucket_counts(self) -> &'a [u64] {
        &self.histogram().bucket_counts
    }

    /// Whether the point has all these string attributes; it may have more.
    pub fn matches(self, attributes: &[(&str, &str)]) -> bool {
        let has = |&(key, value): &(&str, &str)| {
            let value = Value::StringValue(value.to_owned());
            let found = self.attributes().get(key);
            found.and_then(|found| found.value.as_ref()) == Some(&value)
        };
        attributes.iter().all(has)
    }

    fn proto_attributes(self) -> &'a [KeyValue] {
        match self {
            Self::Number(point) => &point.attributes,
            Self::Histogram(point) => &point.attributes,
        }
    }

    #[track_caller]
    fn histogram(self) -> &'a HistogramDataPoint {
        match self {
            Self::Histogram(point) => point,
            Self::Number(point) => panic!("not a point of a histogram: {point:?}"),
        }
    }
}

fn metrics_of_resource(metrics: &ResourceMetrics) -> impl Iterator<Item = Metric> {
    let resource = Arc::new(metrics.resource.clone().unwrap_or_default());
    let scopes = metrics.scope_metrics.iter();
    scopes.flat_map(move |scope| metrics_of_scope(scope, Arc::clone(&resource)))
}

fn metrics_of_scope(
    metrics: &ScopeMetrics,
    resource: Arc<Resource>,
) -> impl Iterator<Item = Metric> {
    let scope = Arc::new(metrics.scope.clone().unwrap_or_default());
    metrics.metrics.iter().map(move |metric| Metric {
        proto: metric.clone(),
        resource: Arc::clone(&resource),
        scope: Arc::clone(&scope),
    })
}

#[cfg(test)]
mod tests {
    use opentelemetry_proto::tonic::metrics::v1::{Histogram, Sum};

    use super::*;
    use crate::fixtures::{metrics, text};

    #[test]
    fn differences_add_up_and_of_totals_the_last_counts() {
        for (temporality, total) in [(1, 12.0), (2, 7.0)] {
            let exports = [counter(5, temporality), counter(7, temporality)];
            let requests = exports.map(|metric| metrics(vec![metric]));
            let received = Metrics::of(&requests);
            received.assert_total("tokens", &[("type", "in")], total);
            assert!(received.named("tokens").is_monotonic());
        }
    }

    #[test]
    fn histogram_tells_count_sum_and_bounds() {
        let point = HistogramDataPoint {
            count: 2,
            sum: Some(3.0),
            bucket_counts: vec![2, 0],
            explicit_bounds: vec![10.0],
            ..HistogramDataPoint::default()
        };
        let histogram = ProtoMetric {
            name: "latency".to_owned(),
            unit: "ms".to_owned(),
            data: Some(Data::Histogram(Histogram {
                data_points: vec![point],
                aggregation_temporality: 2,
            })),
            ..ProtoMetric::default()
        };
        let received = Metrics::of([&metrics(vec![histogram])]);
        let latency = received.named("latency");
        let point = latency.point(&[]);
        assert_eq!((latency.unit(), point.count()), ("ms", 2));
        assert_eq!(
            (point.bounds(), point.bucket_counts()),
            (&[10.0][..], &[2, 0][..])
        );
        received.assert_total("latency", &[], 3.0);
        assert_eq!(
            latency.temporality(),
            Some(AggregationTemporality::Cumulative)
        );
    }

    fn counter(value: i64, aggregation_temporality: i32) -> ProtoMetric {
        let point = |kind, value| NumberDataPoint {
            attributes: vec![text("type", kind)],
            value: Some(number_data_point::Value::AsInt(value)),
            ..NumberDataPoint::default()
        };
        ProtoMetric {
            name: "tokens".to_owned(),
            data: Some(Data::Sum(Sum {
                data_points: vec![point("in", value), point("out", 100)],
                aggregation_temporality,
                is_monotonic: true,
            })),
            ..ProtoMetric::default()
        }
    }
}
