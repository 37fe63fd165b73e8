#[agentops::task(root, root)]
fn run() {}

fn main() {}
