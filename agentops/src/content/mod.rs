//! Arguments and results as JSON, recorded under the content policy.
//!
//! Nothing is asked of the program's types: a value that serializes is recorded
//! as its JSON, one with `Debug` as that text, any other by the name of its type.
//! The program's code runs once for each value, outside of any lock of ours, and
//! may panic.

pub(crate) mod arguments;
pub(crate) mod json;
pub(crate) mod policy;
pub(crate) mod probe;
mod shares;
