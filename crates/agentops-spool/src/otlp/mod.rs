//! OTLP protobuf: request bodies from spans, and the little that is read back.

mod attribute;
pub mod batch;
pub(crate) mod common;
pub(crate) mod field;
pub mod journaled;
mod plain;
pub mod response;
pub mod span;
pub mod split;
pub mod wire;
