#[agentops::task(root = 3)]
fn run() {}

fn main() {}
