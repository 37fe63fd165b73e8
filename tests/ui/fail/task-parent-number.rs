#[agentops::task(parent = 3)]
fn run() {}

fn main() {}
