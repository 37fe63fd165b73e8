//! What the tests share: a collector, views of what it received, child programs.
//!
//! ```text
//! Child (a program of its own) --\
//!                                 > OTLP/HTTP > Collector > Store > Spans, Tree, Metrics
//! the test itself ---------------/
//! ```
//!
//! The collector decodes with the types generated from OpenTelemetry's own `.proto` files, never
//! with an encoder of ours, so an encoder's mistake cannot hide behind the same mistake here.
//! Waiting is always for an event, under a deadline; nothing sleeps.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "support code of tests: what is not as expected ends the test"
)]

mod answer;
pub mod attributes;
pub mod child;
pub mod collector;
mod connection;
pub mod drills;
mod example;
#[cfg(test)]
mod fixtures;
pub mod fuzzed;
mod http;
pub mod logs;
pub mod metrics;
pub mod program;
pub mod spans;
pub mod spool;
pub mod store;
pub mod terminal;
pub mod tree;
mod watched;

pub use answer::Answer;
pub use child::{Child, Exit, Program};
pub use collector::Collector;
pub use example::example;
pub use logs::Logs;
pub use metrics::Metrics;
pub use program::{Received, Telemetry};
pub use spans::{Span, Spans};
pub use store::{Payload, Request, Signal, Store};
pub use tree::Tree;
