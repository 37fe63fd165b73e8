//! What is not recorded, and what is counted all the same.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use agentops::Session;
use agentops::otel::opentelemetry::trace::{
    Link, SpanContext, SpanKind, TraceContextExt as _, TraceId, Tracer as _,
};
use agentops::otel::opentelemetry::{Context, KeyValue, global};
use agentops::otel::opentelemetry_sdk::trace::{Sampler, SamplingResult, ShouldSample};
use agentops::testing::capture;
use agentops_tests::program::uninitialized;
use agentops_tests::{Program, Spans, Telemetry};

#[agentops::session]
fn run() -> bool {
    assert!(!Context::current().span().is_recording());
    ask();
    Context::current().span().span_context().is_valid()
}

#[agentops::llm_call(provider = "openai", model = "gpt-4o")]
fn ask() {
    agentops::record("note", "not kept");
    agentops::record_response(&serde_json::json!({
        "model": "gpt-4o-2024-08-06",
        "usage": {"prompt_tokens": 17, "completion_tokens": 5},
    }));
}

const ATTRIBUTES: &[(&str, &str)] = &[
    ("gen_ai.provider.name", "openai"),
    ("gen_ai.request.model", "gpt-4o"),
    ("gen_ai.response.model", "gpt-4o-2024-08-06"),
];

/// The context that a request with this header brings.
fn remote(traceparent: &str) -> Context {
    let headers = HashMap::from([("traceparent".to_owned(), traceparent.to_owned())]);
    global::get_text_map_propagator(|propagator| propagator.extract(&headers))
}

#[test]
fn unsampled_session_makes_metrics_and_no_spans() {
    let telemetry = Telemetry::start_with(|config, _| config.sampler(Sampler::AlwaysOff));
    assert!(run(), "what is not recorded is propagated all the same");
    let received = telemetry.stop();
    assert!(received.spans.is_empty());
    assert_eq!(received.report.traces.ended, 0);
    let latency = received.metrics.named("llm.request.latency");
    assert_eq!(latency.point(ATTRIBUTES).count(), 1);
    received
        .metrics
        .assert_total("llm.tokens.total", ATTRIBUTES, 22.0);
}

#[test]
fn unsampled_remote_parent_makes_metrics_and_no_spans() {
    let received = Telemetry::record(|| {
        let cx = remote("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");
        let _attached = cx.attach();
        assert!(run());
    });
    assert!(received.spans.is_empty());
    received
        .metrics
        .assert_total("llm.tokens.total", ATTRIBUTES, 22.0);
}

#[test]
fn sampled_remote_parent_is_continued() {
    #[agentops::session]
    fn serve() {}

    let spans = Telemetry::record(|| {
        let cx = remote("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        let _attached = cx.attach();
        serve();
    })
    .spans;
    let span = spans.named("serve");
    assert_eq!(span.trace_id(), "0af7651916cd43dd8448eb211c80319c");
    assert_eq!(span.parent_id().as_deref(), Some("b7ad6b7169203331"));
    // Sampled; and it is known that the parent is remote.
    assert_eq!(span.proto.flags, 0x301);
}

#[test]
fn sampler_is_asked_at_roots_and_the_trace_follows() {
    #[agentops::session]
    fn tree() {
        leaf();
        leaf();
    }

    #[agentops::session]
    fn leaf() {}

    let telemetry =
        Telemetry::start_with(|config, _| config.sampler(Sampler::TraceIdRatioBased(0.5)));
    for _ in 0..200 {
        tree();
    }
    let spans = telemetry.stop().spans;
    let roots = spans.all_named("tree");
    // 200 throws of a coin: outside of this once in 10^12.
    assert!((50..150).contains(&roots.len()), "{}", roots.len());
    assert_eq!(spans.len(), 3 * roots.len());
    for root in roots {
        assert_eq!(spans.children_of(root).len(), 2);
    }
}

#[test]
fn sampler_for_every_span_can_leave_out_children() {
    #[derive(Clone, Debug)]
    struct NoCalls;
    use agentops::otel::opentelemetry::KeyValue;
    use agentops::otel::opentelemetry::trace::{Link, SpanKind, TraceId, TraceState};
    use agentops::otel::opentelemetry_sdk::trace::{
        SamplingDecision, SamplingResult, ShouldSample,
    };
    impl ShouldSample for NoCalls {
        fn should_sample(
            &self,
            _: Option<&Context>,
            _: TraceId,
            _: &str,
            kind: &SpanKind,
            _: &[KeyValue],
            _: &[Link],
        ) -> SamplingResult {
            SamplingResult {
                decision: match kind {
                    SpanKind::Client => SamplingDecision::Drop,
                    _ => SamplingDecision::RecordAndSample,
                },
                attributes: Vec::new(),
                trace_state: TraceState::default(),
            }
        }
    }

    #[agentops::session]
    fn tree() {
        ask();
    }

    let telemetry = Telemetry::start_with(|config, _| config.sampler_for_every_span(NoCalls));
    tree();
    let received = telemetry.stop();
    assert_eq!(received.spans.names(), ["tree"]);
    received
        .metrics
        .assert_total("llm.tokens.total", ATTRIBUTES, 22.0);
}

#[test]
fn callees_of_what_is_not_recorded_learn_so_below_a_parent_that_is() {
    #[agentops::task]
    fn task() -> SpanContext {
        Context::current().span().span_context().clone()
    }

    #[agentops::task(baggage(tenant = "acme"))]
    async fn more() -> SpanContext {
        tokio::task::yield_now().await;
        task()
    }

    let telemetry =
        Telemetry::start_with(|config, _| config.sampler_for_every_span(Sampler::AlwaysOff));
    let cx = remote("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    let _attached = cx.attach();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    for span in [task(), runtime.block_on(more())] {
        assert_eq!(
            span.trace_id().to_string(),
            "0af7651916cd43dd8448eb211c80319c"
        );
        assert_ne!(span.span_id().to_string(), "b7ad6b7169203331");
        assert!(!span.is_sampled());
    }
    assert!(telemetry.stop().spans.is_empty());
}

#[test]
fn a_test_sees_what_it_captures_whatever_the_sampler_says() {
    #[agentops::session]
    fn tree() {
        look();
        inner();
    }

    #[agentops::task]
    fn inner() {
        look();
    }

    let seen = || capture(tree).tree();
    let tree = seen();
    for sampler in [Sampler::AlwaysOff, Sampler::TraceIdRatioBased(0.0)] {
        let at_roots = sampler.clone();
        let telemetry = Telemetry::start_with(|config, _| config.sampler(at_roots));
        assert_eq!(seen(), tree);
        assert!(telemetry.stop().spans.is_empty());
        let telemetry = Telemetry::start_with(|config, _| config.sampler_for_every_span(sampler));
        assert_eq!(seen(), tree);
        assert!(telemetry.stop().spans.is_empty());
    }
}

#[test]
fn nothing_is_recorded_where_telemetry_is_suppressed() {
    #[agentops::session]
    fn quiet() -> bool {
        Session::current().is_some()
    }

    let received = Telemetry::record(|| {
        let _suppressed = Context::enter_telemetry_suppressed_scope();
        assert!(!quiet());
        Session::start("quiet").end(agentops::EndState::Success);
    });
    assert!(received.spans.is_empty());
}

#[test]
fn nothing_is_recorded_without_init() {
    uninitialized(|| {
        #[agentops::session]
        fn idle() -> bool {
            ask();
            Session::current().is_some()
        }

        assert!(!idle());
        let session = Session::start("idle");
        assert_eq!(session.id(), "");
        session.record_llm_call(Duration::from_millis(5), 7);
        session.add_baggage("tenant", "acme").unwrap();
        let _entered = session.enter();
        assert!(!Context::current().has_active_span());
    });
}

#[test]
fn nothing_is_recorded_when_the_environment_says_so() {
    let home = tempfile::tempdir().unwrap();
    let exit = Program::new(env!("CARGO_BIN_EXE_probe"))
        .arg("run")
        .env("HOME", home.path())
        .env("OTEL_SDK_DISABLED", "true")
        .run(Duration::from_mins(1));
    exit.assert_success();
    assert_eq!(exit.stdout, "init: ok\nreport: no spans\nwarnings: []\n");
    assert_eq!(exit.stderr, "");
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}

/// A sampler of the program's own: it does something, which says what is recorded.
#[derive(Clone)]
struct Does(Arc<dyn Fn(&str) -> bool + Send + Sync>);

impl fmt::Debug for Does {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Does")
    }
}

impl ShouldSample for Does {
    fn should_sample(
        &self,
        parent: Option<&Context>,
        trace_id: TraceId,
        name: &str,
        kind: &SpanKind,
        attributes: &[KeyValue],
        links: &[Link],
    ) -> SamplingResult {
        let sampler = match (self.0)(name) {
            true => Sampler::AlwaysOn,
            false => Sampler::AlwaysOff,
        };
        sampler.should_sample(parent, trace_id, name, kind, attributes, links)
    }
}

#[agentops::session]
fn calm() {
    look();
}

#[agentops::tool]
fn look() {}

#[track_caller]
fn record_with(does: impl Fn(&str) + Send + Sync + 'static) -> Spans {
    let sampler = Does(Arc::new(move |name| {
        does(name);
        true
    }));
    let telemetry = Telemetry::start_with(|config, _| config.sampler_for_every_span(sampler));
    calm();
    telemetry.stop().spans
}

#[test]
fn sampler_that_panics_does_not_fail_the_function() {
    let spans = record_with(|_| panic!("no decision"));
    assert_eq!(spans.len(), 2);
}

#[test]
fn what_a_sampler_calls_is_not_recorded() {
    let spans = record_with(|_| look());
    assert_eq!(spans.len(), 2);
}

#[test]
fn sampler_may_call_functions_when_it_is_asked_about_a_span_of_other_code() {
    let sampler = Does(Arc::new(|_| {
        look();
        true
    }));
    let telemetry = Telemetry::start_with(|config, _| config.sampler_for_every_span(sampler));
    global::tracer("other").in_span("other", |_| calm());
    let spans = telemetry.stop().spans;
    assert!(spans.named("calm").is_child_of(spans.named("other")));
}

#[test]
fn sampler_that_waits_holds_up_nobody_else() {
    #[agentops::task]
    fn wait() -> bool {
        true
    }

    let (asked, is_asked) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let may_go_on = Mutex::new(may_go_on);
    let sampler = Does(Arc::new(move |name| {
        let is_waited_for = name == "wait";
        if is_waited_for {
            asked.send(()).unwrap();
            may_go_on.lock().unwrap().recv().unwrap();
        }
        // Else what is recorded after the program's end would be taken for the next one's.
        !is_waited_for
    }));
    let telemetry = Telemetry::start_with(|config, _| config.sampler_for_every_span(sampler));
    let waiting = thread::Builder::new().spawn(wait).unwrap();
    is_asked.recv().unwrap();
    calm();
    assert_eq!(telemetry.stop().spans.len(), 2);
    go_on.send(()).unwrap();
    assert!(waiting.join().unwrap());
}
