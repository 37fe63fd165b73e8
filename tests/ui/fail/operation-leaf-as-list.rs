#[agentops::operation(leaf(true))]
fn run() {}

fn main() {}
