#[agentops::agent(id = %7)]
fn run() {}

fn main() {}
