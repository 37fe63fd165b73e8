#[agentops::task(tag)]
fn run() {}

fn main() {}
