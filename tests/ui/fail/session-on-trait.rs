#[agentops::session]
pub trait Agent {}

fn main() {}
