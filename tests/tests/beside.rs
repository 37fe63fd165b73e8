//! A program with OpenTelemetry of its own, to which agentops is added.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use agentops::otel::opentelemetry::trace::{TraceContextExt as _, Tracer as _};
use agentops::otel::opentelemetry::{Context, global};
use agentops::otel::opentelemetry_sdk::error::OTelSdkResult;
use agentops::otel::opentelemetry_sdk::metrics::data::ResourceMetrics;
use agentops::otel::opentelemetry_sdk::metrics::exporter::PushMetricExporter;
use agentops::otel::opentelemetry_sdk::metrics::{PeriodicReader, SdkMeterProvider, Temporality};
use agentops::otel::opentelemetry_sdk::propagation::TraceContextPropagator;
use agentops::otel::opentelemetry_sdk::trace::{
    Sampler, SdkTracerProvider, SpanData, SpanExporter,
};
use agentops_tests::{Telemetry, Tree};

/// What the program's own exporters were given.
#[derive(Clone, Debug, Default)]
struct Memory {
    spans: Arc<Mutex<Vec<SpanData>>>,
    metrics: Arc<Mutex<Vec<String>>>,
}

impl SpanExporter for Memory {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        self.spans.lock().unwrap().extend(batch);
        Ok(())
    }
}

impl PushMetricExporter for Memory {
    async fn export(&self, metrics: &ResourceMetrics) -> OTelSdkResult {
        let scopes = metrics.scope_metrics();
        let names = scopes.flat_map(|scope| scope.metrics().map(|m| m.name().to_owned()));
        self.metrics.lock().unwrap().extend(names);
        Ok(())
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: std::time::Duration) -> OTelSdkResult {
        Ok(())
    }

    fn temporality(&self) -> Temporality {
        Temporality::Cumulative
    }
}

/// The program's own providers, set up once and before agentops, as in its `main`.
struct Own {
    memory: Memory,
    tracers: SdkTracerProvider,
    meters: SdkMeterProvider,
}

fn own() -> &'static Own {
    static OWN: OnceLock<Own> = OnceLock::new();
    OWN.get_or_init(|| {
        let memory = Memory::default();
        let tracers = SdkTracerProvider::builder()
            // It records whatever its parent was: a probe would be recorded too.
            .with_sampler(Sampler::AlwaysOn)
            .with_simple_exporter(memory.clone())
            .build();
        let meters = SdkMeterProvider::builder()
            .with_reader(PeriodicReader::builder(memory.clone()).build())
            .build();
        global::set_tracer_provider(tracers.clone());
        global::set_meter_provider(meters.clone());
        global::set_text_map_propagator(TraceContextPropagator::new());
        Own {
            memory,
            tracers,
            meters,
        }
    })
}

impl Own {
    /// The spans of one trace that its exporter was given.
    fn spans(&self, trace_id: &str) -> Vec<SpanData> {
        self.tracers.force_flush().unwrap();
        let spans = self.memory.spans.lock().unwrap();
        let of_trace = |span: &&SpanData| span.span_context.trace_id().to_string() == trace_id;
        spans.iter().filter(of_trace).cloned().collect()
    }
}

#[agentops::session(id = "s-1", user = "u-7", tags("nightly"))]
fn run() -> HashMap<String, String> {
    global::tracer("program").in_span("load", |_| {
        search();
        global::meter("program")
            .u64_counter("loads")
            .build()
            .add(1, &[]);
    });
    let mut headers = HashMap::new();
    global::get_text_map_propagator(|propagator| {
        propagator.inject_context(&Context::current(), &mut headers);
    });
    headers
}

#[agentops::tool]
fn search() {
    let span = Context::current();
    span.span().add_event("searched", Vec::new());
}

#[test]
fn each_exporter_holds_exactly_its_own_spans() {
    let own = own();
    let telemetry = Telemetry::start();
    let handler = global::tracer("program").in_span("POST /run", |cx| {
        run();
        cx.span().span_context().trace_id().to_string()
    });
    let received = telemetry.stop();

    let theirs = own.spans(&handler);
    let names: Vec<&str> = theirs.iter().map(|span| &*span.name).collect();
    assert_eq!(names, ["load", "POST /run"]);
    Tree::of(&received.spans).assert_eq(
        "
        ^ session run: unset
        ^ tool execute_tool search: unset
        ",
    );
    let session = received.spans.named("run");
    let tool = received.spans.named("execute_tool search");
    assert_eq!(
        (session.trace_id(), tool.trace_id()),
        (handler.clone(), handler)
    );
    // One tree over both exporters.
    let [load, root] = [&theirs[0], &theirs[1]].map(|span| span.span_context.span_id().to_string());
    assert_eq!(session.parent_id(), Some(root));
    assert_eq!(tool.parent_id(), Some(load));
    assert_eq!(theirs[0].parent_span_id.to_string(), session.span_id());
    assert_eq!(tool.events()[0].name(), "searched");
}

#[test]
fn no_probe_reaches_an_exporter_or_a_reader() {
    let own = own();
    drop(Telemetry::record(|| ()));
    Telemetry::record(run);
    own.tracers.force_flush().unwrap();
    own.meters.force_flush().unwrap();
    let spans = own.memory.spans.lock().unwrap();
    assert!(!spans.is_empty());
    for span in spans.iter() {
        assert_eq!(
            span.instrumentation_scope.name(),
            "program",
            "{}",
            span.name
        );
    }
    let metrics = own.memory.metrics.lock().unwrap();
    assert!(!metrics.is_empty());
    assert!(metrics.iter().all(|name| name == "loads"), "{metrics:?}");
}

#[test]
fn propagator_of_the_program_stays() {
    own();
    let mut headers = HashMap::new();
    Telemetry::record(|| headers = run());
    assert!(headers.contains_key("traceparent"));
    assert!(!headers.contains_key("baggage"), "{headers:?}");
}
