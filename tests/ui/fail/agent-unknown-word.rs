#[agentops::agent(frobnicate)]
fn run() {}

fn main() {}
