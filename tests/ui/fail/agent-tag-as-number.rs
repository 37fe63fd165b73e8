#[agentops::agent(tags(1))]
fn run() {}

fn main() {}
