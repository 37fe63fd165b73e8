//! Send queued bodies over HTTP, one thread a signal.

pub mod backoff;
pub mod endpoint;
pub mod sender;
