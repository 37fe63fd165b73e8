#[agentops::session(fields(agentops.metadata.plan = 1))]
fn run() {}

fn main() {}
