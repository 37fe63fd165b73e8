//! [session]: macro@session
//! [agent]: macro@agent
//! [workflow]: macro@workflow
//! [task]: macro@task
//! [operation]: macro@operation
//! [tool]: macro@tool
//! [guardrail]: macro@guardrail
//! [llm_call]: macro@llm_call
//! [common]: macro@task#options-of-every-attribute
// Of two definitions of a link the first counts: pages here, files where the README stands alone.
#![doc = include_str!("../README.md")]

mod attached;
#[cfg(doctest)]
mod attributes;
pub mod baggage;
mod buffer;
pub mod builder;
mod carrier;
mod client;
mod closing;
pub mod config;
mod content;
mod convert;
pub mod deployment;
mod described;
mod description;
mod draft;
mod ending;
mod error;
mod export;
mod fallback;
mod field;
mod flushing;
mod future;
mod handle;
mod host;
mod ids;
mod leaf;
mod left;
mod live;
pub mod llm;
pub mod metrics;
pub mod otel;
mod outcome;
mod parent;
pub mod propagation;
mod providers;
mod record;
mod relation;
mod run;
mod sampling;
mod scope;
mod seen;
pub mod semconv;
mod session;
mod slot;
mod span;
mod stream;
mod task;
pub mod testing;
mod told;
mod updates;
mod values;

/// What became of the telemetry, as `Guard::flush` and `Guard::shutdown` report it.
pub mod report {
    pub use crate::export::report::{FlushReport, Ledger, LossReason};
}

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use agentops_macros::{agent, guardrail, llm_call, operation, session, task, tool, workflow};
pub use agentops_spool::site::Kind;

pub use crate::builder::{llm_call, span};
pub use crate::client::{Guard, init};
pub use crate::config::Config;
pub use crate::error::Error;
pub use crate::export::exporter::SessionExporter;
pub use crate::export::report::FlushReport;
pub use crate::field::Field;
pub use crate::llm::{record_response, tap};
pub use crate::metrics::MetricsManager;
pub use crate::record::record;
pub use crate::session::{EndState, Session};
pub use crate::task::{in_context, suppressed};
#[cfg(feature = "tokio")]
pub use crate::task::{spawn, spawn_blocking};
