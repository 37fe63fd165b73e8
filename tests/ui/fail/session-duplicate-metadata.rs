#[agentops::session(metadata(plan = 1, plan = 2))]
fn run() {}

fn main() {}
