#[agentops::agent(description = " ")]
fn run() {}

fn main() {}
