//! Spans as a collector receives them.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

mod attributes;
mod foreign;
mod functions;
mod outcomes;
mod propagation;
mod sampling;
mod sessions;
mod surroundings;

use std::future::Future;

use agentops_tests::{Received, Telemetry};

/// Runs a future to its end on a runtime of one thread, with telemetry.
#[track_caller]
fn record_async(future: impl Future) -> Received {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    Telemetry::record(|| {
        runtime.block_on(future);
    })
}

/// Runs a future to its end on a runtime of two threads, with telemetry.
#[track_caller]
fn record_on_workers(future: impl Future) -> Received {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .unwrap();
    Telemetry::record(|| {
        runtime.block_on(future);
    })
}
