//! What a language model's response says about the call.

mod response;
pub(crate) mod sniff;
pub(crate) mod usage;

pub use response::{record_response, tap};
pub use usage::{IntoUsage, Usage};
