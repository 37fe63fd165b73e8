#[agentops::task(crate = 3)]
fn run() {}

fn main() {}
