//! Record arena, span join, OTLP encoder, spool and sender of `agentops`.
//!
//! Implementation detail of the `agentops` crate and of its local backend: no
//! OpenTelemetry SDK in here, and no stability promise. Data flows downwards:
//!
//! ```text
//! site, record   what a thread writes           (call sites, start and end records)
//! arena, thread  where it writes it             (per-thread chunks in shared memory)
//! join           records become spans           (start + end + site + session)
//! mask           content loses its secrets      (known by shape or by key)
//! otlp           spans become request bodies    (protobuf)
//! segment, queue bodies become files            (append, acknowledge, delete)
//! send           files become HTTP requests     (retry, back-off, accounting)
//! adopt          what a dead process left behind takes the same road
//! ```

pub mod adopt;
pub mod arena;
pub mod aside;
pub mod carry;
pub mod clock;
pub mod definition;
pub mod delivery;
pub mod directory;
pub mod elsewhere;
#[cfg(test)]
mod faults;
mod file;
pub mod fork;
pub mod handover;
pub mod join;
pub mod journal;
pub mod ledger;
pub mod limits;
pub mod mapping;
pub mod mask;
pub mod notice;
mod number;
pub mod orphan;
pub mod otlp;
pub mod pool;
pub mod queue;
pub mod record;
pub mod registry;
mod scale;
pub mod segment;
pub mod send;
pub mod shared;
pub mod site;
pub mod span;
pub mod stack;
pub mod sweep;
mod sync;
pub mod thread;
