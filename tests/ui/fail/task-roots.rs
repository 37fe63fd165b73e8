#[agentops::task(roots)]
fn run() {}

fn main() {}
