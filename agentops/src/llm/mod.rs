//! What a language model's response says about the call.

mod response;
pub(crate) mod sniff;
mod usage;

pub use response::{record_response, tap};
