#![doc = include_str!("../README.md")]

mod client;
pub mod config;
mod draft;
mod error;
mod export;
mod field;
mod future;
mod host;
mod ids;
mod llm;
mod metrics;
pub mod otel;
mod outcome;
mod propagation;
mod providers;
mod record;
mod run;
mod sampling;
mod scope;
pub mod semconv;
mod session;
mod slot;
mod span;
pub mod testing;
mod update;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use agentops_macros::{llm_call, session};

pub use crate::client::{Guard, init};
pub use crate::config::Config;
pub use crate::error::Error;
pub use crate::export::exporter::SessionExporter;
pub use crate::export::report::{FlushReport, Ledger};
pub use crate::field::Field;
pub use crate::llm::record_response;
pub use crate::metrics::MetricsManager;
pub use crate::record::record;
pub use crate::session::{EndState, Session};
