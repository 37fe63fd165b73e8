#[agentops::session]
pub use std::fmt;

fn main() {}
