#[agentops::session(crate = super::agentops)]
fn run() {}

fn main() {}
