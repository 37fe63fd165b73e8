//! `metrics`: what is counted, and by what it is told apart.

use agentops::metrics::Dimension;
use agentops::otel::opentelemetry_sdk::trace::Sampler;
use agentops_tests::{Metrics, Telemetry};

use crate::block_on;

#[derive(Clone, Copy)]
enum Tier {
    Free,
    Paid,
}

impl Dimension for Tier {
    fn name(&self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Paid => "paid",
        }
    }
}

/// The histogram of each family that has one.
pub(crate) const DURATIONS: [&str; 5] = [
    "llm.request.latency",
    "gen_ai.execute_tool.duration",
    "gen_ai.invoke_agent.duration",
    "gen_ai.invoke_workflow.duration",
    "agentops.session.duration",
];

#[agentops::session(metrics(tier = tier, ok = ok, place = "x"))]
async fn session(tier: Tier, ok: bool) {
    agent(tier, ok);
}

#[agentops::agent(metrics(tier = tier, ok = ok, place = "x"))]
fn agent(tier: Tier, ok: bool) {
    block_on_thread(tier, ok);
}

fn block_on_thread(tier: Tier, ok: bool) {
    let cx = agentops::otel::opentelemetry::Context::current();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let _attached = cx.attach();
            block_on(workflow(tier, ok));
        });
    });
}

#[agentops::workflow(metrics(tier = tier, ok = ok, place = "x"))]
async fn workflow(tier: Tier, ok: bool) {
    tool(tier, ok);
    call(tier, ok).await;
}

#[agentops::tool(metrics(tier = tier, ok = ok, place = "x"))]
fn tool(tier: Tier, ok: bool) {}

#[agentops::llm_call(
    model = "m",
    usage = |usage| *usage,
    metrics(tier = tier, ok = ok, place = "x")
)]
async fn call(tier: Tier, ok: bool) -> (u64, u64) {
    tokio::task::yield_now().await;
    (17, 5)
}

#[track_caller]
fn assert_dimensions(metrics: &Metrics) {
    for name in DURATIONS {
        for (tier, ok, count) in [("paid", "true", 2), ("free", "false", 1)] {
            let dimensions = [("tier", tier), ("ok", ok), ("place", "x")];
            let point = metrics.named(name).point(&dimensions);
            assert_eq!(point.count(), count, "{name} {tier}");
        }
        assert_eq!(metrics.named(name).points().len(), 2, "{name}");
    }
    let paid = [("tier", "paid"), ("ok", "true"), ("place", "x")];
    metrics.assert_total("llm.tokens.total", &paid, 44.0);
}

fn calls() {
    block_on(session(Tier::Paid, true));
    block_on(session(Tier::Paid, true));
    block_on(session(Tier::Free, false));
}

#[test]
fn dimensions_tell_points_apart() {
    let received = Telemetry::record(calls);
    assert_dimensions(&received.metrics);
    for span in received.spans.all_named("chat m") {
        assert!(span.str("tier").is_some(), "they are on the span as well");
    }
}

#[test]
fn dimensions_tell_points_apart_where_no_span_is_recorded() {
    let telemetry = Telemetry::start_with(|config, _| config.sampler(Sampler::AlwaysOff));
    calls();
    let received = telemetry.stop();
    assert!(received.spans.is_empty());
    assert_dimensions(&received.metrics);
}

#[agentops::session(metrics = false)]
async fn silent_session() {
    silent_agent();
}

#[agentops::agent(metrics = false)]
fn silent_agent() {
    silent_workflow();
}

#[agentops::workflow(metrics = false)]
fn silent_workflow() {
    silent_tool();
    silent_call();
}

#[agentops::tool(metrics = false)]
fn silent_tool() {}

#[agentops::llm_call(metrics = false, model = "m", usage = |usage| *usage)]
fn silent_call() -> (u64, u64) {
    (17, 5)
}

#[track_caller]
fn assert_none(metrics: &Metrics) {
    let more = ["llm.tokens.total", "gen_ai.client.operation.duration"];
    for name in DURATIONS.into_iter().chain(more) {
        assert!(metrics.all_named(name).is_empty(), "{name}");
    }
}

#[test]
fn what_is_not_to_be_counted_is_recorded_and_not_counted() {
    let received = Telemetry::record(|| block_on(silent_session()));
    assert_eq!(received.spans.len(), 5);
    let call = received.spans.named("chat m");
    assert_eq!(call.int("gen_ai.usage.input_tokens"), Some(17));
    assert_none(&received.metrics);
}

#[test]
fn what_is_not_to_be_counted_is_not_counted_unsampled_either() {
    let telemetry = Telemetry::start_with(|config, _| config.sampler(Sampler::AlwaysOff));
    block_on(silent_session());
    assert_none(&telemetry.stop().metrics);
}

#[test]
fn metrics_that_are_turned_on_are_those_there_are_anyway() {
    #[agentops::tool(metrics = true)]
    fn loud() {}

    let metrics = Telemetry::record(loud).metrics;
    let duration = metrics.named("gen_ai.execute_tool.duration");
    let keys = duration.point(&[]).attributes().keys();
    assert_eq!(keys, ["gen_ai.tool.name"]);
}

#[test]
fn verdicts_count_in_metrics_sampled_or_not() {
    #[agentops::tool(err_if = |hits| *hits == 0)]
    fn search(hits: u8) -> u8 {
        hits
    }

    #[agentops::tool(err(type = |_| "Fails"))]
    fn fails() -> Result<u8, std::fmt::Error> {
        Err(std::fmt::Error)
    }

    for sampler in [Sampler::AlwaysOn, Sampler::AlwaysOff] {
        let telemetry = Telemetry::start_with(|config, _| config.sampler(sampler));
        search(0);
        search(1);
        fails().unwrap_err();
        let metrics = telemetry.stop().metrics;
        let duration = metrics.named("gen_ai.execute_tool.duration");
        let count = |attributes: &[(&str, &str)]| {
            let points = duration.points();
            let matching = points.iter().filter(|point| point.matches(attributes));
            let counts: Vec<u64> = matching.map(|point| point.count()).collect();
            counts
        };
        assert_eq!(count(&[("gen_ai.tool.name", "search")]), [1, 1]);
        assert_eq!(
            count(&[("gen_ai.tool.name", "search"), ("error.type", "_OTHER")]),
            [1]
        );
        assert_eq!(count(&[("error.type", "Fails")]), [1]);
    }
}

#[test]
fn dimensions_stand_once_whatever_they_are_called() {
    const MODEL: &str = "gen_ai.request.model";
    const ERROR: &str = "error.type";

    #[agentops::llm_call(model = "m", metrics({MODEL} = "mine", {ERROR} = "mine"))]
    fn call() {}

    let metrics = Telemetry::record(call).metrics;
    let points = metrics.named("llm.request.latency").points();
    assert_eq!(points.len(), 1);
    // Neither stands there twice, which looking for it would find.
    let attributes = points[0].attributes();
    assert!(attributes.str(ERROR).is_some() && attributes.str(MODEL).is_some());
}
