#[agentops::task(err(Debug))]
fn run() {}

fn main() {}
