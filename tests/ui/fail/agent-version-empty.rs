#[agentops::agent(version = "")]
fn run() {}

fn main() {}
