//! Attributes of spans: their types, and who sets them when.

use std::time::{Duration, SystemTime};

use agentops_tests::{Span, Telemetry};
use opentelemetry_proto::tonic::common::v1::any_value::Value;

use agentops::otel::opentelemetry::trace::TraceContextExt as _;
use agentops::otel::opentelemetry::{Context, KeyValue};

#[track_caller]
fn value<'a>(span: &'a Span, key: &str) -> Option<&'a Value> {
    span.attr(key).and_then(|value| value.value.as_ref())
}

#[track_caller]
fn items(span: &Span, key: &str) -> Vec<Value> {
    let Some(Value::ArrayValue(array)) = value(span, key) else {
        panic!("`{key}` is no array");
    };
    let items = array.values.iter();
    items.map(|item| item.value.clone().unwrap()).collect()
}

#[test]
fn fields_keep_their_types() {
    #[agentops::session(fields(
        text = "é\"\n",
        string = owned,
        truth = true,
        small = 7_u8,
        negative = -5_i64,
        huge = u64::MAX,
        float = 0.5,
        letter = 'x',
    ))]
    fn run(owned: String) -> usize {
        owned.len()
    }

    let spans = Telemetry::record(|| run("given".to_owned())).spans;
    let span = spans.named("run");
    assert_eq!(span.str("text"), Some("é\"\n"));
    assert_eq!(span.str("string"), Some("given"));
    assert_eq!(span.bool("truth"), Some(true));
    assert_eq!(span.int("small"), Some(7));
    assert_eq!(span.int("negative"), Some(-5));
    assert_eq!(span.str("huge"), Some("18446744073709551615"));
    assert_eq!(span.f64("float"), Some(0.5));
    assert_eq!(span.str("letter"), Some("x"));
}

#[test]
fn arrays_keep_the_types_of_their_items() {
    #[agentops::session(fields(
        words = ["a", "b"],
        numbers = vec![1_i64, -2],
        floats = [0.5_f64, 1.5].as_slice(),
        truths = [true, false],
        none = Vec::<String>::new(),
    ))]
    fn run() {}

    let spans = Telemetry::record(run).spans;
    let span = spans.named("run");
    assert_eq!(span.attributes().strs("words"), Some(vec!["a", "b"]));
    assert_eq!(
        items(span, "numbers"),
        [Value::IntValue(1), Value::IntValue(-2)]
    );
    assert_eq!(
        items(span, "floats"),
        [Value::DoubleValue(0.5), Value::DoubleValue(1.5)]
    );
    assert_eq!(
        items(span, "truths"),
        [Value::BoolValue(true), Value::BoolValue(false)]
    );
    assert_eq!(items(span, "none"), []);
}

#[test]
fn options_record_their_value_or_nothing() {
    #[agentops::session(fields(some = Some("x"), none = user, list = [Some(1), None]))]
    fn run(user: Option<&str>) -> bool {
        user.is_some()
    }

    let spans = Telemetry::record(|| run(None)).spans;
    let span = spans.named("run");
    assert_eq!(span.str("some"), Some("x"));
    assert_eq!(value(span, "none"), None);
    assert!(!span.attributes().keys().contains(&"none"));
    assert_eq!(items(span, "list"), [Value::IntValue(1)]);
}

#[test]
fn fields_take_debug_and_display_forms() {
    #[derive(Debug)]
    struct Order {
        id: u32,
    }

    #[agentops::session(fields(
        debug = ?order,
        display = %order.id,
        queue = queue,
        "dotted.key" = order.id + 1,
    ))]
    fn run(order: Order, queue: &str) -> usize {
        queue.len() + order.id as usize
    }

    let spans = Telemetry::record(|| run(Order { id: 3 }, "slow")).spans;
    let span = spans.named("run");
    assert_eq!(span.str("debug"), Some("Order { id: 3 }"));
    assert_eq!(span.str("display"), Some("3"));
    assert_eq!(span.str("queue"), Some("slow"));
    assert_eq!(span.int("dotted.key"), Some(4));
}

#[test]
fn long_values_arrive_whole() {
    #[agentops::session(fields(long = text))]
    fn run(text: &str) -> usize {
        text.len()
    }

    let text = "ü".repeat(40_000);
    let spans = Telemetry::record(|| run(&text)).spans;
    assert_eq!(spans.named("run").str("long"), Some(&*text));
}

#[test]
fn recorded_values_replace_earlier_ones_declared_or_not() {
    #[agentops::session(fields(steps = 0, verdict, never))]
    fn run() {
        agentops::record("steps", 1);
        agentops::record("steps", 2);
        agentops::record("verdict", "maybe");
        agentops::record("verdict", "yes");
        agentops::record("changes.type", 1);
        agentops::record("changes.type", "one");
        inner();
        agentops::record("share", 0.25);
        agentops::record("done", true);
    }

    #[agentops::llm_call(model = "gpt-4o")]
    fn inner() {
        agentops::record("temperature", 0.5);
        agentops::record("gen_ai.request.model", "gpt-4o-mini");
    }

    let spans = Telemetry::record(run).spans;
    let (run, call) = (spans.named("run"), spans.named("chat gpt-4o-mini"));
    assert_eq!(run.int("steps"), Some(2));
    assert_eq!(run.str("verdict"), Some("yes"));
    assert_eq!(run.str("changes.type"), Some("one"));
    assert_eq!(run.f64("share"), Some(0.25));
    assert_eq!(run.bool("done"), Some(true));
    assert_eq!(run.f64("temperature"), None);
    assert!(!run.attributes().keys().contains(&"never"));
    assert_eq!(call.f64("temperature"), Some(0.5));
}

#[test]
fn recording_outside_any_span_does_nothing() {
    let received = Telemetry::record(|| {
        agentops::record("nowhere", 1);
        agentops::record_response(&serde_json::json!({"model": "gpt-4o"}));
    });
    assert!(received.spans.is_empty());
}

#[test]
fn attributes_set_through_the_context_reach_the_span() {
    #[agentops::session]
    fn run() {
        let cx = Context::current();
        cx.span().set_attribute(KeyValue::new("retries", 3));
        cx.span()
            .add_event("retried", vec![KeyValue::new("after", "503")]);
        assert!(cx.span().is_recording());
        assert!(cx.span().span_context().is_valid());
    }

    let spans = Telemetry::record(run).spans;
    let span = spans.named("run");
    assert_eq!(span.int("retries"), Some(3));
    let [event] = span.events()[..] else {
        panic!("one event was added");
    };
    assert_eq!(event.name(), "retried");
    assert_eq!(event.attributes().str("after"), Some("503"));
}

#[test]
fn span_cannot_be_changed_once_it_has_ended() {
    #[agentops::session]
    fn run() -> Context {
        Context::current()
    }

    let spans = Telemetry::record(|| {
        let cx = run();
        assert!(!cx.span().is_recording());
        cx.span().set_attribute(KeyValue::new("late", true));
        run();
    })
    .spans;
    assert_eq!(spans.len(), 2);
    for span in spans.iter() {
        assert_eq!(span.bool("late"), None);
    }
}

#[test]
fn span_that_is_ended_through_the_context_ends_when_it_is_told_and_once() {
    const HOUR: Duration = Duration::from_hours(1);

    #[agentops::session]
    fn run(end: SystemTime) {
        let cx = Context::current();
        cx.span().end_with_timestamp(end);
        assert!(!cx.span().is_recording());
        cx.span().set_attribute(KeyValue::new("late", true));
        cx.span().end_with_timestamp(end + HOUR);
    }

    #[agentops::session]
    fn of_two_passes(telemetry: &Telemetry) {
        assert!(telemetry.guard().flush().balances());
        let cx = Context::current();
        cx.span().end_with_timestamp(SystemTime::UNIX_EPOCH);
    }

    let duration = |end| {
        let spans = Telemetry::record(|| run(end)).spans;
        let span = spans.named("run");
        assert_eq!((spans.len(), span.bool("late")), (1, None));
        span.duration()
    };
    let ahead = duration(SystemTime::now() + HOUR);
    assert!(ahead.abs_diff(HOUR) < Duration::from_mins(1), "{ahead:?}");
    // No span ends before it begins.
    assert_eq!(duration(SystemTime::now() - HOUR), Duration::ZERO);

    let telemetry = Telemetry::start();
    of_two_passes(&telemetry);
    let spans = telemetry.stop().spans;
    assert_eq!(spans.named("of_two_passes").duration(), Duration::ZERO);
}

#[test]
fn response_tells_model_tokens_id_and_finish_reasons() {
    #[agentops::llm_call(provider = "openai", model = "gpt-4o-mini")]
    fn chat() {
        agentops::record_response(&serde_json::json!({
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "model": "gpt-4o-mini-2024-07-18",
            "choices": [
                {"message": {"role": "assistant", "content": "42"}, "finish_reason": "stop"},
                {"message": {"role": "assistant", "content": "4"}, "finish_reason": "length"},
            ],
            "usage": {
                "prompt_tokens": 17,
                "completion_tokens": 5,
                "total_tokens": 22,
                "prompt_tokens_details": {"cached_tokens": 8},
                "completion_tokens_details": {"reasoning_tokens": 3},
            },
        }));
    }

    let spans = Telemetry::record(chat).spans;
    let span = spans.named("chat gpt-4o-mini");
    assert_eq!(span.str("gen_ai.provider.name"), Some("openai"));
    assert_eq!(span.str("gen_ai.request.model"), Some("gpt-4o-mini"));
    assert_eq!(
        span.str("gen_ai.response.model"),
        Some("gpt-4o-mini-2024-07-18")
    );
    assert_eq!(span.str("gen_ai.response.id"), Some("chatcmpl-1"));
    assert_eq!(
        span.attributes().strs("gen_ai.response.finish_reasons"),
        Some(vec!["stop", "length"])
    );
    assert_eq!(span.int("gen_ai.usage.input_tokens"), Some(17));
    assert_eq!(span.int("gen_ai.usage.output_tokens"), Some(5));
    assert_eq!(span.int("gen_ai.usage.cache_read.input_tokens"), Some(8));
    assert_eq!(span.int("gen_ai.usage.reasoning.output_tokens"), Some(3));
    let content = format!("{:?}", span.proto);
    assert!(!content.contains("\"42\""), "{content}");
}

#[test]
fn response_may_be_a_struct_of_the_clients_own() {
    #[derive(serde::Serialize)]
    struct Completion {
        model: &'static str,
        usage: Option<Usage>,
    }
    #[derive(serde::Serialize)]
    struct Usage {
        prompt_tokens: u32,
        completion_tokens: u32,
    }

    #[agentops::llm_call]
    fn chat() {
        agentops::record_response(&Completion {
            model: "llama3",
            usage: Some(Usage {
                prompt_tokens: 3,
                completion_tokens: 4,
            }),
        });
    }

    let spans = Telemetry::record(chat).spans;
    let span = spans.named("chat llama3");
    assert_eq!(span.int("gen_ai.usage.input_tokens"), Some(3));
    assert_eq!(span.int("gen_ai.usage.output_tokens"), Some(4));
}
