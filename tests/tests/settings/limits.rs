//! What a span holds at most, ours and those of other code alike.

use agentops_tests::{Collector, Span, Spans};
use opentelemetry_proto::tonic::common::v1::KeyValue;
use opentelemetry_proto::tonic::common::v1::any_value::Value;

use crate::{TIMEOUT, probe};

/// What the span of ours and the span of other code have in each run, but for what is ours.
const NAMES: [&str; 2] = ["chat gpt-4o", "other"];

/// What the program records on each: the span of ours has two fields more.
const ATTRIBUTES: [usize; 2] = [202, 200];

/// The spans of a program that records more than it may, and what it says of its settings.
#[track_caller]
fn flooded(variables: &[(&str, &str)]) -> (Spans, String) {
    let collector = Collector::start();
    let home = tempfile::tempdir().unwrap();
    let program = probe("limits", home.path())
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint())
        .env("OTEL_METRICS_EXPORTER", "none");
    let set =
        |program: agentops_tests::Program, (name, value): &(&str, &str)| program.env(name, value);
    let exit = variables.iter().fold(program, set).run(TIMEOUT);
    exit.assert_success();
    (collector.spans(), exit.stderr)
}

/// The keys that the program recorded.
fn own(attributes: &[KeyValue]) -> Vec<&str> {
    let keys = attributes.iter().map(|attribute| &attribute.key[..]);
    let is_own = |key: &&str| key.starts_with('n') || key.starts_with("text");
    keys.filter(is_own).collect()
}

fn texts(attributes: &[KeyValue], key: &str) -> Vec<String> {
    let text = |value: Value| match value {
        Value::StringValue(text) => text,
        other => panic!("{other:?} is no text"),
    };
    let found = attributes.iter().find(|attribute| attribute.key == key);
    let value = found.and_then(|found| found.value.clone()?.value);
    match value {
        Some(Value::ArrayValue(array)) => {
            let values = array.values.into_iter().filter_map(|value| value.value);
            values.map(text).collect()
        }
        Some(value) => vec![text(value)],
        None => Vec::new(),
    }
}

/// Each of the two spans, and how many attributes the program recorded on it.
fn both(spans: &Spans) -> impl Iterator<Item = (&Span, usize)> {
    let spans = NAMES.into_iter().map(|name| spans.named(name));
    spans.zip(ATTRIBUTES)
}

fn dropped(count: usize) -> u32 {
    u32::try_from(count).unwrap()
}

#[test]
fn spans_keep_what_the_specification_says_where_nothing_is_set() {
    let (spans, stderr) = flooded(&[]);
    assert_eq!(stderr, "");
    for (span, recorded) in both(&spans) {
        let span = &span.proto;
        assert_eq!(own(&span.attributes).len(), 128, "{}", span.name);
        assert_eq!(span.dropped_attributes_count, dropped(recorded - 128));
        assert_eq!((span.events.len(), span.dropped_events_count), (128, 72));
        assert_eq!((span.links.len(), span.dropped_links_count), (128, 72));
        for event in &span.events {
            assert_eq!(
                (event.attributes.len(), event.dropped_attributes_count),
                (128, 22)
            );
        }
        for link in &span.links {
            assert_eq!(
                (link.attributes.len(), link.dropped_attributes_count),
                (128, 22)
            );
        }
        assert_eq!(texts(&span.attributes, "n000"), ["größer"]);
    }
}

#[test]
fn limits_of_spans_win_over_general_ones_and_our_own_attributes_stay() {
    let (spans, stderr) = flooded(&[
        ("OTEL_ATTRIBUTE_COUNT_LIMIT", "100"),
        ("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "2"),
        ("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "4"),
        ("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "4"),
        ("OTEL_SPAN_EVENT_COUNT_LIMIT", "3"),
        ("OTEL_SPAN_LINK_COUNT_LIMIT", "0"),
        ("OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "1"),
    ]);
    assert_eq!(stderr, "");
    for (span, recorded) in both(&spans) {
        assert!(span.str("session.id").is_some_and(|id| id.len() == 36));
        assert_eq!(span.str("user.id"), Some("somebody"));
        let span = &span.proto;
        let first = match recorded {
            202 => ["text", "texts", "n000", "n001"],
            _ => ["n000", "n001", "n002", "n003"],
        };
        assert_eq!(own(&span.attributes), first);
        assert_eq!(span.dropped_attributes_count, dropped(recorded - 4));
        assert_eq!((span.events.len(), span.dropped_events_count), (3, 197));
        assert_eq!((span.links.len(), span.dropped_links_count), (0, 200));
        let event = &span.events[0];
        assert_eq!(
            (event.attributes.len(), event.dropped_attributes_count),
            (1, 149)
        );
        for attributes in [&span.attributes, &event.attributes] {
            assert_eq!(texts(attributes, "n000"), ["größ"], "cut by characters");
        }
    }
    let ours = spans.named(NAMES[0]);
    assert_eq!(ours.str("agentops.span.kind"), Some("llm_call"));
    assert_eq!(ours.int("gen_ai.usage.input_tokens"), Some(17));
    assert_eq!(texts(&ours.proto.attributes, "text"), ["größ"]);
    assert_eq!(texts(&ours.proto.attributes, "texts"), ["größ", "so"]);
}

#[test]
fn general_limits_hold_where_no_other_does_and_for_links() {
    let (spans, _) = flooded(&[
        ("OTEL_ATTRIBUTE_COUNT_LIMIT", "7"),
        ("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "2"),
        ("OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "2"),
    ]);
    for (span, recorded) in both(&spans) {
        let span = &span.proto;
        assert_eq!(own(&span.attributes).len(), 7);
        assert_eq!(span.dropped_attributes_count, dropped(recorded - 7));
        let (event, link) = (&span.events[0], &span.links[0]);
        assert_eq!(
            (event.attributes.len(), event.dropped_attributes_count),
            (7, 143)
        );
        assert_eq!(
            (link.attributes.len(), link.dropped_attributes_count),
            (2, 148)
        );
        for attributes in [&span.attributes, &event.attributes, &link.attributes] {
            assert_eq!(texts(attributes, "n000"), ["gr"]);
        }
    }
}

#[test]
fn limits_can_be_higher_than_the_default() {
    let (spans, _) = flooded(&[
        ("OTEL_ATTRIBUTE_COUNT_LIMIT", "202"),
        ("OTEL_SPAN_EVENT_COUNT_LIMIT", "199"),
        ("OTEL_SPAN_LINK_COUNT_LIMIT", "1000"),
    ]);
    for (span, recorded) in both(&spans) {
        let span = &span.proto;
        assert_eq!(own(&span.attributes).len(), recorded);
        assert_eq!(span.dropped_attributes_count, 0);
        assert_eq!((span.events.len(), span.dropped_events_count), (199, 1));
        assert_eq!((span.links.len(), span.dropped_links_count), (200, 0));
        assert_eq!(span.events[0].attributes.len(), 150);
    }
}

#[test]
fn a_bad_limit_is_as_good_as_unset() {
    let (spans, stderr) = flooded(&[
        ("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "-4"),
        ("OTEL_ATTRIBUTE_COUNT_LIMIT", "5"),
        ("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "long"),
    ]);
    let warning = |name: &str, value: &str| {
        let problem = format!("`{value}` is not a whole number from 0 on");
        crate::notice(&format!("ignoring invalid `{name}`: {problem}"))
    };
    let warnings = [
        warning("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "-4"),
        warning("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "long"),
    ];
    assert_eq!(stderr, warnings.concat());
    for (span, _) in both(&spans) {
        assert_eq!(own(&span.proto.attributes).len(), 5);
        assert_eq!(texts(&span.proto.attributes, "n000"), ["größer"]);
    }
}
