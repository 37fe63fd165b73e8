#[agentops::agent(descripton)]
fn run() {}

fn main() {}
