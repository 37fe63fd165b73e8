#[agentops::task(crate)]
fn run() {}

fn main() {}
