//! Spans as a collector receives them.

#![allow(clippy::unwrap_used, reason = "helpers of tests unwrap like the tests")]

mod about;
mod attributes;
mod builders;
mod content;
mod foreign;
mod functions;
mod leaves;
mod outcomes;
mod propagation;
mod samplers;
mod sampling;
mod services;
mod sessions;
mod streams;
mod surroundings;
mod tasks;

use std::future::Future;

use agentops_tests::{Received, Telemetry};

/// Runs `f` with telemetry that records content though it leaves the machine.
#[track_caller]
fn record_content<R>(f: impl FnOnce() -> R) -> Received {
    let telemetry = Telemetry::start_with(|config, _| config.capture_content(true));
    drop(f());
    telemetry.stop()
}

/// Runs a future to its end on this thread.
fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(future)
}

/// Runs a future to its end on a runtime of one thread, with telemetry.
#[track_caller]
fn record_async(future: impl Future) -> Received {
    Telemetry::record(|| {
        block_on(future);
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
