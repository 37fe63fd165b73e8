//! OTLP protobuf: request bodies from spans, and the little that is read back.

pub mod batch;
pub mod journaled;
pub mod response;
pub mod span;
pub mod wire;
