#[agentops::operation(leaf, leaf = true)]
fn run() {}

fn main() {}
