#[agentops::agent(metrics(step = 3))]
fn run() {}

fn main() {}
