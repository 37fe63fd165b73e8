//! Spans of functions that return a stream: open until the stream ends.

pub(crate) mod tap;
pub(crate) mod traced;
pub(crate) mod way;
