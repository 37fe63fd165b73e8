#[agentops::agent(verion)]
fn run() {}

fn main() {}
