//! Send queued bodies over HTTP, one thread a signal.

pub mod answer;
pub mod backoff;
pub mod certificates;
pub mod client;
pub mod endpoint;
mod redirect;
mod resolve;
mod search;
pub mod sender;
mod size;
