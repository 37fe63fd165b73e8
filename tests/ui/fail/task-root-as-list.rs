#[agentops::task(root(true))]
fn run() {}

fn main() {}
