#[agentops::agent(id)]
fn run() {}

fn main() {}
