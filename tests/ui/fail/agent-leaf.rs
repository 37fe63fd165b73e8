#[agentops::agent(leaf)]
fn run() {}

fn main() {}
