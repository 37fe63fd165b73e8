#[agentops::task(kind = clinet)]
fn run() {}

fn main() {}
