#[agentops::task(follows_from = 3)]
fn run() {}

fn main() {}
