//! The metrics of an agent's work, and the manager that owns their instruments.
//!
//! Calls of models, tools, agents, workflows and sessions are measured by their attributes
//! alone; `metrics = false` leaves one out. `metrics(key = expr)` adds dimensions, by which
//! a metric is told apart: string literals, `bool`s, and enums that implement [`Dimension`].
//! Metrics keep a time series for each value of a dimension, so dimensions must be bounded,
//! and what may have any value, such as a user's id, is refused when the program is compiled.
//!
//! ```
//! #[agentops::tool(metrics(index = "web", cached = is_cached))]
//! fn search(query: &str, is_cached: bool) -> usize {
//!     query.len()
//! }
//!
//! let run = agentops::testing::capture(|| search("rust", true));
//! assert_eq!(run.span("execute_tool search").str("cached"), Some("true"));
//! ```
//!
//! What cannot be annotated is measured by [`MetricsManager`], whose meter also makes
//! instruments of the program's own.

mod buckets;
pub(crate) mod call;
pub(crate) mod dimension;

use std::time::Duration;

use agentops_spool::fork::{self, PerProcess, Published};
use opentelemetry::metrics::{Counter, Histogram, Meter, MeterProvider, UpDownCounter};
use opentelemetry::{InstrumentationScope, KeyValue, global};
use opentelemetry_sdk::metrics::SdkMeterProvider;

use crate::metrics::call::Call;
pub use crate::metrics::dimension::Dimension;
use crate::semconv;

/// Name of the scope of all instruments.
pub(crate) const SCOPE: &str = "agentops.metrics";

/// Records what LLM calls take: time and tokens.
///
/// `#[agentops::llm_call]` feeds it by itself; this is for calls that cannot be annotated.
///
/// ```
/// let session = agentops::Session::start("import");
/// session.metrics().record_latency(312.5);
/// session.metrics().increment_tokens(1_840);
/// # drop(session);
/// ```
#[derive(Debug)]
pub struct MetricsManager {
    meter: Meter,
    latency: Histogram<f64>,
    tokens: Counter<u64>,
    duration: Histogram<f64>,
    usage: Histogram<u64>,
    first_chunk: Histogram<f64>,
    tools: Histogram<f64>,
    agents: Histogram<f64>,
    workflows: Histogram<f64>,
    sessions: Histogram<f64>,
    active_sessions: UpDownCounter<i64>,
    exports: Histogram<f64>,
}

/// What a [`MetricsManager`] measures the duration of, besides LLM calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    Tool,
    Agent,
    Workflow,
    Session,
}

/// The manager in use. A manager is leaked when `init` makes it, which happens a few times in a process at most.
static CURRENT: PerProcess<Published<MetricsManager>> = PerProcess::new(Published::empty);

/// Makes a manager on `provider` the one in use.
pub(crate) fn install(provider: &dyn MeterProvider) {
    CURRENT.set(Some(MetricsManager::new(provider)));
}

/// The manager in use; before `init` one whose instruments record nothing.
pub(crate) fn current() -> &'static MetricsManager {
    static IDLE: PerProcess<MetricsManager> = PerProcess::new(idle);
    CURRENT.get().unwrap_or_else(|| &IDLE)
}

/// A manager whose instruments record nothing.
fn idle() -> MetricsManager {
    match fork::process() {
        0 => MetricsManager::new(&*global::meter_provider()),
        // Locks of the global one may be held by threads that a forked child does not have.
        _ => MetricsManager::new(&SdkMeterProvider::default()),
    }
}

impl MetricsManager {
    fn new(provider: &dyn MeterProvider) -> Self {
        let scope = InstrumentationScope::builder(SCOPE)
            .with_version(env!("CARGO_PKG_VERSION"))
            .build();
        let meter = provider.meter_with_scope(scope);
        let seconds = |name, description, boundaries: &[f64]| {
            meter
                .f64_histogram(name)
                .with_unit("s")
                .with_description(description)
                .with_boundaries(boundaries.to_vec())
                .build()
        };
        Self {
            latency: meter
                .f64_histogram(semconv::LLM_REQUEST_LATENCY)
                .with_unit("ms")
                .with_description("Time taken for LLM requests")
                .with_boundaries(buckets::LATENCY_MILLIS.to_vec())
                .build(),
            tokens: meter
                .u64_counter(semconv::LLM_TOKENS_TOTAL)
                .with_unit("{token}")
                .with_description("Total tokens processed")
                .build(),
            duration: seconds(
                semconv::GEN_AI_CLIENT_OPERATION_DURATION,
                "Duration of GenAI operations",
                buckets::OPERATION_SECS,
            ),
            usage: meter
                .u64_histogram(semconv::GEN_AI_CLIENT_TOKEN_USAGE)
                .with_unit("{token}")
                .with_description("Tokens used by GenAI operations")
                .with_boundaries(buckets::TOKENS.to_vec())
                .build(),
            first_chunk: seconds(
                semconv::GEN_AI_CLIENT_OPERATION_TIME_TO_FIRST_CHUNK,
                "Time to the first chunk of streamed GenAI operations",
                buckets::OPERATION_SECS,
            ),
            tools: seconds(
                semconv::GEN_AI_EXECUTE_TOOL_DURATION,
                "Duration of tool calls",
                buckets::OPERATION_SECS,
            ),
            agents: seconds(
                semconv::GEN_AI_INVOKE_AGENT_DURATION,
                "Duration of agents' runs",
                buckets::AGENT_SECS,
            ),
            workflows: seconds(
                semconv::GEN_AI_INVOKE_WORKFLOW_DURATION,
                "Duration of workflows",
                buckets::WORKFLOW_SECS,
            ),
            sessions: seconds(
                semconv::AGENTOPS_SESSION_DURATION,
                "Duration of sessions",
                buckets::WORKFLOW_SECS,
            ),
            active_sessions: meter
                .i64_up_down_counter(semconv::AGENTOPS_SESSIONS_ACTIVE)
                .with_unit("{session}")
                .with_description("Recorded sessions that run now")
                .build(),
            exports: seconds(
                semconv::OTEL_SDK_EXPORTER_OPERATION_DURATION,
                "Duration of requests to the endpoint of spans",
                buckets::OPERATION_SECS,
            ),
            meter,
        }
    }

    /// The meter, for instruments of your own in the scope `agentops.metrics`.
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// Records the time that an LLM request took, in milliseconds, as `llm.request.latency`.
    pub fn record_latency(&self, millis: f64) {
        self.latency.record(millis, &[]);
    }

    /// Adds to the tokens processed, `llm.tokens.total`.
    pub fn increment_tokens(&self, count: u64) {
        self.tokens.add(count, &[]);
    }

    pub(crate) fn record_call(&self, call: &Call<'_>) {
        let attributes = call.attributes();
        let millis = call.duration.as_secs_f64() * 1_000.0;
        self.latency.record(millis, &attributes);
        self.duration
            .record(call.duration.as_secs_f64(), &attributes);
        if let Some(secs) = call.first_chunk_secs {
            self.first_chunk.record(secs, &attributes);
        }
        for (kind, count) in [("input", call.input_tokens), ("output", call.output_tokens)] {
            let Some(count) = count else {
                continue;
            };
            let mut attributes = attributes.clone();
            attributes.push(KeyValue::new(semconv::GEN_AI_TOKEN_TYPE, kind));
            self.tokens.add(count, &attributes);
            self.usage.record(count, &attributes);
        }
    }

    pub(crate) fn record_work(&self, work: Work, duration: Duration, attributes: &[KeyValue]) {
        let histogram = match work {
            Work::Tool => &self.tools,
            Work::Agent => &self.agents,
            Work::Workflow => &self.workflows,
            Work::Session => &self.sessions,
        };
        histogram.record(duration.as_secs_f64(), attributes);
    }

    /// Notes that a request to an endpoint took so long, and what it failed of.
    pub(crate) fn record_export(
        &self,
        duration: Duration,
        attributes: &[KeyValue],
        error: Option<&'static str>,
    ) {
        let mut attributes = attributes.to_vec();
        attributes.extend(error.map(|error| KeyValue::new(semconv::ERROR_TYPE, error)));
        self.exports.record(duration.as_secs_f64(), &attributes);
    }

    /// Notes that so many sessions more run now than before, or fewer.
    pub(crate) fn add_sessions(&self, change: i64) {
        if change != 0 {
            self.active_sessions.add(change, &[]);
        }
    }
}
