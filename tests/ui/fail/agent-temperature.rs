#[agentops::agent(temperature = 0.3)]
fn run() {}

fn main() {}
