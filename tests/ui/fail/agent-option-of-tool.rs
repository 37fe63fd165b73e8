#[agentops::agent(description = "Plans.")]
fn run() {}

fn main() {}
