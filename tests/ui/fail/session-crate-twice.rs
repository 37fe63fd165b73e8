#[agentops::session(crate = ::agentops, crate = ::agentops)]
fn run() {}

fn main() {}
