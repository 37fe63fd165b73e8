//! Leaves: cheap spans that are never the current one.

use std::pin::Pin;

use agentops::otel::opentelemetry::trace::{TraceContextExt as _, Tracer as _};
use agentops::otel::opentelemetry::{Context, global};
use agentops::otel::opentelemetry_sdk::trace::Sampler;
use agentops_tests::program::uninitialized;
use agentops_tests::{Spans, Telemetry, Tree};
use futures_core::Stream;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;

use crate::record_content;

const INPUT: &str = "agentops.entity.input";
const OUTPUT: &str = "agentops.entity.output";

#[agentops::operation(leaf, fields(len = text.len(), kind = "plain", "max.tries" = 3), tags("fast"))]
fn count(text: String) -> usize {
    let count = text.split(' ').count();
    drop(text);
    count
}

#[agentops::operation(leaf)]
fn parse(text: &str) -> Result<u8, std::num::ParseIntError> {
    text.parse()
}

#[agentops::operation(leaf)]
fn calls() -> bool {
    step();
    agentops::record("note", "to the parent");
    global::tracer("other").in_span("foreign", |_| {});
    Context::current().span().span_context().is_valid()
}

#[agentops::task]
fn step() {}

#[agentops::session]
fn within<R>(work: impl FnOnce() -> R) -> R {
    work()
}

#[test]
fn leaf_is_one_span_with_fields_arguments_and_result() {
    let received = record_content(|| within(|| count("a b".to_owned())));
    let (session, span) = (
        received.spans.named("within"),
        received.spans.named("count"),
    );
    assert!(span.is_child_of(session));
    assert_eq!(span.str("agentops.span.kind"), Some("operation"));
    assert_eq!(span.int("len"), Some(3));
    assert_eq!(span.str("kind"), Some("plain"));
    assert_eq!(span.int("max.tries"), Some(3));
    assert_eq!(span.str(INPUT), Some(r#"{"text":"a b"}"#));
    assert_eq!(span.str(OUTPUT), Some("2"));
    assert_eq!(span.str("session.id"), session.str("session.id"));
    assert_eq!(span.attributes().strs("agentops.tags"), Some(vec!["fast"]));
    assert_eq!(span.status(), StatusCode::Unset);
    assert!(span.str("code.function.name").unwrap().ends_with("count"));
    assert_eq!(span.proto.flags, 0x101);
    assert!(span.proto.start_time_unix_nano >= session.proto.start_time_unix_nano);
    assert!(span.proto.end_time_unix_nano <= session.proto.end_time_unix_nano);
    span.duration();
}

#[test]
fn long_values_of_leaves_are_cut_and_long_fields_whole() {
    #[agentops::operation(leaf, fields(text = text))]
    fn long_field(text: &str, long: &str) -> usize {
        text.len() + long.len()
    }

    let text = "x".repeat(100_000);
    let long = "y ".repeat(1 << 20);

    let received = record_content(|| long_field(&text, &long));
    let span = received.spans.named("long_field");
    assert_eq!(span.str("text"), Some(&*text));
    let input = span.str(INPUT).unwrap();
    assert!(input.ends_with(" bytes]\"}") && input.starts_with(r#"{"text":"xxx"#));
    assert_eq!(span.str(OUTPUT), Some("2197152"));
}

#[test]
fn leaf_tells_success_error_and_panic_apart() {
    #[agentops::operation(leaf)]
    fn fails(text: &str) -> usize {
        assert!(!text.is_empty(), "no text");
        text.len()
    }

    let spans = Telemetry::record(|| {
        assert!(parse("7").is_ok());
        assert!(within(|| parse("x")).is_err());
        let panic = std::panic::catch_unwind(|| fails("")).unwrap_err();
        assert_eq!(panic.downcast_ref(), Some(&"no text"));
    })
    .spans;
    let parsed = spans.all_named("parse");
    assert_eq!(parsed.len(), 2);
    for span in parsed {
        if span.parent_id().is_none() {
            assert_eq!(span.status(), StatusCode::Ok);
            assert!(span.events().is_empty());
        } else {
            assert_eq!(span.status(), StatusCode::Error);
            assert_eq!(span.status_message(), "invalid digit found in string");
            assert_eq!(span.events().len(), 1);
        }
    }
    let span = spans.named("fails");
    assert_eq!(span.status(), StatusCode::Error);
    assert_eq!(span.status_message(), "panicked");
    assert_eq!(span.str("error.type"), Some("panic"));
}

#[test]
fn what_a_leaf_calls_hangs_below_the_leafs_parent() {
    let spans = Telemetry::record(|| assert!(within(calls))).spans;
    Tree::of(&spans).assert_eq(
        "
        session within: unset
          operation calls: unset
          task step: unset
          internal foreign: unset
        ",
    );
}

#[test]
fn what_is_recorded_in_a_leaf_goes_to_the_leafs_parent() {
    let spans = Telemetry::record(|| within(calls)).spans;
    assert_eq!(spans.named("within").str("note"), Some("to the parent"));
    assert_eq!(spans.named("calls").str("note"), None);
}

#[test]
fn leaf_without_a_parent_is_a_root_alone() {
    let spans = Telemetry::record(|| assert!(!calls(), "nothing is current in it")).spans;
    assert_eq!(spans.len(), 3);
    let mut traces: Vec<_> = spans.iter().map(agentops_tests::Span::trace_id).collect();
    traces.sort();
    traces.dedup();
    assert_eq!(traces.len(), 3);
    for span in spans.iter() {
        assert_eq!(span.parent_id(), None);
        assert_eq!(span.str("note"), None);
    }
}

#[test]
fn recursive_leaf_makes_one_span_a_call_side_by_side() {
    #[agentops::operation(leaf)]
    fn descend(depth: u32) -> u32 {
        match depth {
            0 => 0,
            _ => 1 + descend(depth - 1),
        }
    }

    let received = record_content(|| within(|| assert_eq!(descend(2), 2)));
    let spans: &Spans = &received.spans;
    Tree::of(spans).assert_eq(
        "
        session within: unset
          operation descend: unset
          operation descend: unset
          operation descend: unset
        ",
    );
    for span in spans.all_named("descend") {
        let depth = span.str(OUTPUT).unwrap();
        assert_eq!(span.str(INPUT), Some(&*format!(r#"{{"depth":{depth}}}"#)));
    }
}

#[test]
fn leaf_that_is_not_sampled_makes_no_span() {
    let telemetry = Telemetry::start_with(|config, _| config.sampler(Sampler::AlwaysOff));
    count("a".to_owned());
    within(|| count("a".to_owned()));
    let received = telemetry.stop();
    assert!(received.spans.is_empty());
    assert_eq!(received.report.traces.ended, 0);
}

#[test]
fn leaf_records_nothing_without_init_or_where_telemetry_is_suppressed() {
    uninitialized(|| assert_eq!(count("a b".to_owned()), 2));
    let received = Telemetry::record(|| {
        let _suppressed = Context::enter_telemetry_suppressed_scope();
        assert_eq!(count("a b".to_owned()), 2);
    });
    assert!(received.spans.is_empty());
}

#[test]
fn leaves_may_be_methods_and_give_anything() {
    struct Counter(usize);

    impl Counter {
        #[agentops::operation(leaf)]
        fn add(&mut self, count: usize) {
            self.0 += count;
        }

        #[agentops::operation(leaf)]
        fn get(&self) -> &usize {
            &self.0
        }

        #[agentops::operation(leaf)]
        fn opaque(&self) -> impl Iterator<Item = usize> {
            0..self.0
        }
    }

    let received = record_content(|| {
        within(|| {
            let mut counter = Counter(1);
            counter.add(2);
            assert_eq!(*counter.get(), 3);
            assert_eq!(counter.opaque().count(), 3);
        });
    });
    let spans = &received.spans;
    assert_eq!(spans.named("add").str(INPUT), Some(r#"{"count":2}"#));
    assert_eq!(spans.named("add").str(OUTPUT), None);
    assert_eq!(spans.named("get").str(OUTPUT), Some("3"));
    assert_eq!(spans.children_of(spans.named("within")).len(), 3);
}

#[test]
fn leaf_that_gives_a_stream_lasts_as_long() {
    use std::task::{Context, Poll, Waker};

    struct Ones(u8);

    impl Stream for Ones {
        type Item = u8;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u8>> {
            let left = self.0.checked_sub(1);
            self.0 = left.unwrap_or_default();
            Poll::Ready(left.map(|_| 1))
        }
    }

    #[agentops::operation(leaf)]
    fn ones(count: u8) -> Pin<Box<dyn Stream<Item = u8>>> {
        Box::pin(Ones(count))
    }

    let received = record_content(|| {
        let mut stream = ones(2);
        let mut cx = Context::from_waker(Waker::noop());
        step();
        while stream.as_mut().poll_next(&mut cx) != Poll::Ready(None) {}
    });
    let (span, step) = (received.spans.named("ones"), received.spans.named("step"));
    assert_eq!(span.status(), StatusCode::Ok);
    assert_eq!(span.str(OUTPUT), Some("[1,1]"));
    assert!(span.proto.end_time_unix_nano >= step.proto.end_time_unix_nano);
}

#[test]
fn leaf_keeps_its_parent_when_another_span_begins_meanwhile() {
    #[agentops::operation(leaf)]
    fn holds(then: impl FnOnce() -> usize) -> usize {
        then()
    }

    let spans = Telemetry::record(|| within(|| holds(|| within(|| count("a".to_owned()))))).spans;
    let (holds, count) = (spans.named("holds"), spans.named("count"));
    let sessions = spans.all_named("within");
    let outer = sessions.iter().find(|span| span.parent_id().is_none());
    let inner = sessions.iter().find(|span| span.parent_id().is_some());
    assert!(holds.is_child_of(outer.unwrap()));
    assert!(inner.unwrap().is_child_of(outer.unwrap()));
    assert!(count.is_child_of(inner.unwrap()));
}
