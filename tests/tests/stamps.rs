//! A program whose own tracer provider has a processor of ours.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use agentops::otel::SessionProcessor;
use agentops::otel::opentelemetry::trace::Tracer as _;
use agentops::otel::opentelemetry::{Context, global};
use agentops::otel::opentelemetry_sdk::error::OTelSdkResult;
use agentops::otel::opentelemetry_sdk::trace::{
    SdkTracerProvider, Span, SpanData, SpanExporter, SpanProcessor,
};
use agentops_tests::Telemetry;

/// What the program's own exporter was given.
#[derive(Clone, Debug, Default)]
struct Memory(Arc<Mutex<Vec<SpanData>>>);

impl SpanExporter for Memory {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        self.0.lock().unwrap().extend(batch);
        Ok(())
    }
}

/// A processor that uses annotated functions, from within OpenTelemetry's own use of the `Context`.
#[derive(Debug)]
struct Notices;

impl SpanProcessor for Notices {
    fn on_start(&self, span: &mut Span, _: &Context) {
        notice(span.exported_data());
    }

    fn on_end(&self, span: SpanData) {
        notice(Some(span));
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}

fn notice(span: Option<SpanData>) {
    if span.is_some_and(|span| span.name == "noticed") {
        look();
    }
}

#[agentops::tool]
fn look() {
    agentops::record("looked", true);
    Context::map_current(|_| deeper());
}

#[agentops::task]
fn deeper() {}

/// The program's own provider, set up once, and what its exporter was given.
fn own() -> &'static Memory {
    static OWN: OnceLock<Memory> = OnceLock::new();
    OWN.get_or_init(|| {
        let memory = Memory::default();
        let tracers = SdkTracerProvider::builder()
            .with_span_processor(SessionProcessor::new())
            .with_span_processor(Notices)
            .with_simple_exporter(memory.clone())
            .build();
        global::set_tracer_provider(tracers);
        memory
    })
}

#[agentops::session(id = "s-1", user = "u-7", tags("nightly"))]
fn run() {
    global::tracer("program").in_span("load", |_| ());
}

#[test]
fn spans_of_the_program_are_stamped_and_stay_its_own() {
    let memory = own();
    let received = Telemetry::record(run);
    assert_eq!(received.spans.names(), ["run"]);
    let theirs = memory.0.lock().unwrap();
    let load: Vec<_> = theirs.iter().filter(|span| span.name == "load").collect();
    let [load] = load[..] else {
        panic!("{theirs:?}");
    };
    let text = |key: &str| {
        let found = load.attributes.iter().find(|a| a.key.as_str() == key);
        found.map(|attribute| attribute.value.to_string())
    };
    assert_eq!(text("session.id").as_deref(), Some("s-1"));
    assert_eq!(text("user.id").as_deref(), Some("u-7"));
    assert_eq!(text("agentops.tags").as_deref(), Some("[\"nightly\"]"));
}

#[test]
fn processor_of_the_program_may_call_annotated_functions() {
    #[agentops::session]
    fn run() {
        global::tracer("own").in_span("noticed", |_| ());
    }

    own();
    let spans = Telemetry::record(run).spans;
    let session = spans.named("run");
    for look in spans.all_named("execute_tool look") {
        assert_eq!(look.str("session.id"), session.str("session.id"));
    }
    assert_eq!(spans.all_named("execute_tool look").len(), 2);
    assert_eq!(spans.all_named("deeper").len(), 2);
}
