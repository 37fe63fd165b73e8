//! Boundaries of the histograms' buckets.

/// Buckets of `llm.request.latency`, in milliseconds: from a cached answer to a long chain of thought.
pub(super) const LATENCY_MILLIS: &[f64] = &[
    10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0, 20_000.0, 60_000.0,
    120_000.0,
];

/// Buckets of what an operation or a tool takes, in seconds, as the `GenAI` conventions advise.
pub(super) const OPERATION_SECS: &[f64] = &[
    0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
];

/// Buckets of `gen_ai.client.token.usage`, as the `GenAI` conventions advise: powers of four.
pub(super) const TOKENS: &[f64] = &[
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

/// Buckets of `gen_ai.invoke_agent.duration`, in seconds, as the `GenAI` conventions advise.
pub(super) const AGENT_SECS: &[f64] = &[
    0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 204.8, 409.6,
];

/// Buckets of `gen_ai.invoke_workflow.duration`, in seconds, as the `GenAI` conventions advise; also of sessions.
pub(super) const WORKFLOW_SECS: &[f64] = &[
    1.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1_800.0, 3_600.0, 7_200.0,
];
