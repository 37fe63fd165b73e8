#[agentops::agent(version = 1.2)]
fn run() {}

fn main() {}
