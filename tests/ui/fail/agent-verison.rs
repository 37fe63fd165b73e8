#[agentops::agent(verison = "1")]
fn run() {}

fn main() {}
