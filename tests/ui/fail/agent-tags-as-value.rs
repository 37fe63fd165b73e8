#[agentops::agent(tags = "beta")]
fn run() {}

fn main() {}
