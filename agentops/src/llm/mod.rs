//! What a language model's response says about the call.

mod response;
mod sniff;
mod usage;

pub use response::record_response;
