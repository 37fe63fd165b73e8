//! The metrics of LLM calls, and the manager that owns their instruments.

use std::sync::{LazyLock, PoisonError, RwLock};
use std::time::Duration;

use opentelemetry::metrics::{Counter, Histogram, Meter, MeterProvider};
use opentelemetry::{InstrumentationScope, KeyValue, global};

use crate::semconv;

/// Name of the scope of all instruments.
const SCOPE: &str = "agentops.metrics";

/// Buckets of `llm.request.latency`, in milliseconds: from a cached answer to a long chain of thought.
const LATENCY_MILLIS: &[f64] = &[
    10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0, 20_000.0, 60_000.0,
    120_000.0,
];

/// Buckets of `gen_ai.client.operation.duration`, in seconds, as the `GenAI` conventions advise.
const DURATION_SECS: &[f64] = &[
    0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
];

/// Buckets of `gen_ai.client.token.usage`, as the `GenAI` conventions advise: powers of four.
const TOKENS: &[f64] = &[
    1.0,
    4.0,
    16.0,
    64.0,
    256.0,
    1_024.0,
    4_096.0,
    16_384.0,
    65_536.0,
    262_144.0,
    1_048_576.0,
    4_194_304.0,
    16_777_216.0,
    67_108_864.0,
];

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
}

/// The manager in use. A manager is leaked when `init` makes it, which happens a few times in a process at most.
static CURRENT: RwLock<Option<&'static MetricsManager>> = RwLock::new(None);

/// Makes a manager on `provider` the one in use.
pub(crate) fn install(provider: &dyn MeterProvider) {
    let manager = Box::leak(Box::new(MetricsManager::new(provider)));
    *CURRENT.write().unwrap_or_else(PoisonError::into_inner) = Some(manager);
}

/// The manager in use; before `init` one whose instruments record nothing.
pub(crate) fn current() -> &'static MetricsManager {
    static IDLE: LazyLock<MetricsManager> =
        LazyLock::new(|| MetricsManager::new(&*global::meter_provider()));
    let current = *CURRENT.read().unwrap_or_else(PoisonError::into_inner);
    current.unwrap_or(&IDLE)
}

/// What is counted of an LLM call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Call<'a> {
    pub(crate) duration: Duration,
    pub(crate) operation: Option<&'a str>,
    pub(crate) provider: Option<&'a str>,
    pub(crate) request_model: Option<&'a str>,
    pub(crate) response_model: Option<&'a str>,
    pub(crate) error_type: Option<&'a str>,
    pub(crate) input_tokens: Option<u64>,
    pub(crate) output_tokens: Option<u64>,
}

impl MetricsManager {
    fn new(provider: &dyn MeterProvider) -> Self {
        let scope = InstrumentationScope::builder(SCOPE)
            .with_version(env!("CARGO_PKG_VERSION"))
            .build();
        let meter = provider.meter_with_scope(scope);
        Self {
            latency: meter
                .f64_histogram(semconv::LLM_REQUEST_LATENCY)
                .with_unit("ms")
                .with_description("Time taken for LLM requests")
                .with_boundaries(LATENCY_MILLIS.to_vec())
                .build(),
            tokens: meter
                .u64_counter(semconv::LLM_TOKENS_TOTAL)
                .with_unit("{token}")
                .with_description("Total tokens processed")
                .build(),
            duration: meter
                .f64_histogram(semconv::GEN_AI_CLIENT_OPERATION_DURATION)
                .with_unit("s")
                .with_description("Duration of GenAI operations")
                .with_boundaries(DURATION_SECS.to_vec())
                .build(),
            usage: meter
                .u64_histogram(semconv::GEN_AI_CLIENT_TOKEN_USAGE)
                .with_unit("{token}")
                .with_description("Tokens used by GenAI operations")
                .with_boundaries(TOKENS.to_vec())
                .build(),
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
}

impl Call<'_> {
    /// Dimensions with few values each: never a session, a user or a text.
    fn attributes(&self) -> Vec<KeyValue> {
        let known = [
            (semconv::GEN_AI_OPERATION_NAME, self.operation),
            (semconv::GEN_AI_PROVIDER_NAME, self.provider),
            (semconv::GEN_AI_REQUEST_MODEL, self.request_model),
            (semconv::GEN_AI_RESPONSE_MODEL, self.response_model),
            (semconv::ERROR_TYPE, self.error_type),
        ];
        known
            .into_iter()
            .filter_map(|(key, value)| Some(KeyValue::new(key, value?.to_owned())))
            .collect()
    }
}
