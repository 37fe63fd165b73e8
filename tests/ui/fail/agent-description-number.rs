#[agentops::agent(description = 3)]
fn run() {}

fn main() {}
